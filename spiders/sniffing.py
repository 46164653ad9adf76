"""SniffSpider: a few pages of one site, asked with a crawl's manners, and what they tell of it. Nothing goes into an archive."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from archive.ledger import Announcement
from archive.records import Page
from pipelines.addresses import host_of
from pipelines.markup import decode
from pipelines.pool import PressPool
from pipelines.rules import Rules
from pipelines.stages import STOPPING
from spiders import marks, proposals
from spiders.announcements import own_addresses
from spiders.base import PortalSpider
from spiders.families import families
from spiders.families.blogger import Blogger
from spiders.families.wordpress import WordPress
from spiders.findings import Sniffed, Tasted
from spiders.front_page import front_page
from spiders.headers import all_headers_of, headers_of
from spiders.listings import Document, Reading, Way
from spiders.lists import A_STORY, NO_STORY
from spiders.marks import Mark, Seen, Verdict
from spiders.robots import UNCHECKED, Robots, robots_of
from spiders.site import Site, origin_of
from spiders.soundings import Sounding, beyond, spread
from spiders.trouble import reason_of
from spiders.ways import OPEN

TELLING = (WordPress, Blogger)
"""Families whose first way no other CMS answers: a site whose front page bears no mark is asked for it."""
ARTICLES = 3
"""Articles that are read."""
TRIED = 8
"""Addresses that are asked for until so many articles were read: a sitemap may name what is gone, or no article."""
JAKARTA = "31"
"""The region whose zone holds as long as none is known."""
ENOUGH_SAID = "the site wants no more requests now"
PLAIN_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")
"""An origin that may stand in a portal's file."""


class Answer(NamedTuple):
    """What came of one request: a response, or the reason why there is none."""

    response: Response | None
    reason: str = ""


class Listed(NamedTuple):
    """What came of asking for a listing: the document and its reading, or the reason why there is none."""

    document: Document | None
    reading: Reading | None
    reason: str = ""


class SniffSpider(Spider):
    """Asks one site for its front page, the ways to its stories and three of them, one after the other."""

    name = "sniff"
    # Scrapy declares it so; nothing is kept and nothing is noted of the crawl.
    custom_settings: dict[Any, Any] | None = {"ITEM_PIPELINES": {}, "EXTENSIONS": {"spiders.report.CrawlReport": None}}  # noqa: RUF012

    def __init__(
        self, home: str, pool: PressPool, *, mirror: str | None = None, region: str | None = None, portal: type[PortalSpider] | None = None
    ) -> None:
        super().__init__()
        self.site = Site(home, mirror)
        self.sniffed = Sniffed(home=self.site.home, mirror=self.site.mirror, trouble="the look at it was broken off")
        self.troubles: list[str] = []
        """What the manners say when they end it."""
        self.robots: Robots | None = None
        self.asking = ""
        """The address that was asked last."""
        self._pool = pool
        self._region = region
        self._portal = portal
        self._zone = ZoneInfo(portal.rules.zone if portal else "Asia/Jakarta")
        self._front: Answer | None = None
        self._soundings: dict[tuple[str, str], Sounding] = {}
        self._pages: dict[str, Page | str] = {}
        self._marks: dict[Mark, str] = {}

    async def start(self) -> AsyncIterator[Request]:
        self.sniffed.trouble = await self._sniff()
        if self.troubles:
            self.sniffed.trouble = "; ".join(self.troubles)
        left: tuple[Request, ...] = ()  # every answer was awaited above; the engine has no request to make
        for request in left:
            yield request

    async def _sniff(self) -> str | None:
        """Why the site cannot be looked at; None when all was asked."""
        front = await self._ask(f"{self.site.home}/")
        if front.response is None:
            return front.reason
        self._look_around(front.response)
        self._front = front
        robots = await robots_of(self.crawler, self.site.home)
        if self._portal:
            self.sniffed.articles = await self._try(self._portal, robots)
            return None
        if not self.sniffed.verdict.evidence:
            await self._ask_what_tells(robots)
        tasted: dict[str, list[Tasted]] = {}
        # The articles may bear the marks of a family that the front page does not.
        while (family := self.sniffed.verdict.family) not in tasted:
            tasted[family] = await self._try(self._trial(family), robots)
        self.sniffed.articles = tasted[family]
        self.sniffed.ways.sort(key=lambda way: way.family != family)
        return None

    def _look_around(self, response: Response) -> None:
        """Take in what the front page says of the site."""
        seen = self._take_in(response)
        told = front_page(seen.markup, seen.url, host_of(self.site.home))
        self.sniffed.title = told.title
        for url in (self.site.official(response.url) if self.site.mirror else response.url, told.canonical or ""):
            try:
                origin = origin_of(url)
            except ValueError:
                continue
            if not self.site.includes(url):
                self.sniffed.elsewhere = origin
            elif host_of(origin) == host_of(self.site.home) and PLAIN_ORIGIN.fullmatch(origin):
                # With https and www as the site itself has them.
                self.sniffed.home, self.site = origin, Site(origin, self.site.mirror)
        self._recognise()

    async def _ask_what_tells(self, robots: Robots | None) -> None:
        for family in TELLING:
            portal = self._trial(family.family)
            way = next(iter(self._spider(portal, robots).ways()))
            sounding = await self._sounded(way, portal.family)
            if sounding.state == OPEN and self._recognise().family == family.family:
                return

    async def _try(self, portal: type[PortalSpider], robots: Robots | None) -> list[Tasted]:
        """The articles that the ways of a portal announce, by its rules; ways and marks are noted."""
        spider = self._spider(portal, robots)
        self._zone = ZoneInfo(portal.rules.zone)
        self.sniffed.ways += [await self._sounded(way, portal.family) for way in spider.ways()]
        tasted = await self._taste(portal)
        self._recognise()
        return tasted

    def _trial(self, family: str) -> type[PortalSpider]:
        """A portal of a family for this site, with the facts that are known of it so far."""
        title = self.sniffed.title
        region = self._region or proposals.region_from(title, self.site.home) or JAKARTA
        facts = {"__doc__": title, "name": proposals.name_from(host_of(self.site.home)), "home": self.site.home, "region": region}
        return type("Trial", (families()[family],), facts | {"__module__": __name__})

    def _spider(self, portal: type[PortalSpider], robots: Robots | None) -> PortalSpider:
        """A spider of the portal that says its ways; it crawls nothing."""
        spider = portal(**({"home": self.site.mirror} if self.site.mirror else {}))
        spider.named_sitemaps = robots.sitemaps if robots else ()
        return spider

    def _recognise(self) -> Verdict:
        answered = [f"{family}/{way}" for (family, way), sounding in self._soundings.items() if sounding.state == OPEN]
        self.sniffed.verdict = marks.judged(self._marks | marks.found_among(answered))
        return self.sniffed.verdict

    async def _sounded(self, way: Way, family: str) -> Sounding:
        key = (family, way.name)
        if key not in self._soundings:
            self._soundings[key] = await self._sound(way, family)
        return self._soundings[key]

    async def _sound(self, way: Way, family: str) -> Sounding:
        """What a way says at the first of its addresses that answers, and how far back it reaches."""
        told = Sounding(way=way.name, family=family, url=way.url)
        for told.url in (way.url, *way.elsewhere):
            document, reading, told.reason = await self._listing(told.url, way)
            if document and reading:
                break
        else:
            return told
        told.reason = None
        told.add(self._own(reading.announcements))
        rest = beyond(way, document, reading)
        whole = rest.whole
        for url in rest.further:
            part = await self._listing(url, way)
            if part.reading is None:
                told.reason = f"{url}: {part.reason}"
            else:
                told.add(self._own(part.reading.announcements))
            whole = whole and part.reading is not None and not part.reading.listings
        told.total = told.named if whole else rest.total
        if not told.named and (reading.announcements or reading.listings) and not told.reason:
            told.reason = "names no address of this site"
        return told

    async def _listing(self, url: str, way: Way) -> Listed:
        answer = await self._ask(url)
        if answer.response is None:
            return Listed(None, None, answer.reason)
        headers = headers_of(answer.response)
        document = Document(url=url, body=answer.response.body, headers=headers, zone=self._zone, at=datetime.now(UTC))
        try:
            return Listed(document, way.read(document))
        except ValueError as error:
            return Listed(None, None, f"gave {error}")

    def _own(self, announcements: Iterable[Announcement]) -> list[Announcement]:
        return own_addresses(announcements, self.site, known=lambda _: ())

    async def _taste(self, portal: type[PortalSpider]) -> list[Tasted]:
        """Stories that the family's ways announce, until so many articles were read."""
        stories: dict[str, str | None] = {}
        for (family, _), sounding in self._soundings.items():
            if family == portal.family:
                stories |= {url: day or stories.get(url) for url, day in sounding.stories.items()}
        likely = {url: day for url, day in stories.items() if _may_be_a_story(url, portal.rules)}
        tasted: list[Tasted] = []
        for url in spread(likely or stories, TRIED):
            if sum(each.article is not None for each in tasted) == ARTICLES or self.crawler in STOPPING:
                break
            tasted.append(await self._read(url, portal))
        return tasted

    async def _read(self, url: str, portal: type[PortalSpider]) -> Tasted:
        page = await self._page(url, portal.name)
        if isinstance(page, str):
            return Tasted(url=url, reason=page)
        try:
            article = await asyncio.wrap_future(self._pool.press(page, portal.rules))
        except Exception as error:  # noqa: BLE001 - any defect of a rule, and any page that is made to be one
            return Tasted(url=url, reason=f"the rules failed on it: {type(error).__name__}: {error}")
        return Tasted(url=url, reason=article.refusal) if article.refusal else Tasted(url=url, article=article)

    async def _page(self, url: str, name: str) -> Page | str:
        """The page at an address, or the reason why there is none; asked for once."""
        if url not in self._pages:
            response, reason = await self._ask(url)
            if response is None:
                self._pages[url] = reason
            else:
                self._take_in(response)
                official = self.site.official(response.url)
                self._pages[url] = Page(
                    url=official,
                    portal=name,
                    fetched_at=datetime.now(UTC).replace(microsecond=0),
                    body=response.body,
                    requested_url=url if url != official else None,
                    origin=self.site.mirror,
                    status=response.status,
                    headers=all_headers_of(response),
                    robots=response.meta.get("robots", UNCHECKED),
                )
        return self._pages[url]

    def _take_in(self, response: Response) -> Seen:
        """The page as the marks look at it; those that it bears are noted."""
        headers = headers_of(response)
        seen = Seen(url=self.site.official(response.url), markup=decode(response.body, headers.get("content-type")), headers=headers)
        self._marks = marks.found_on(seen) | self._marks
        return seen

    async def _ask(self, url: str) -> Answer:
        """What an address answers, through all that a crawl's requests go through."""
        if self._front and url == f"{self.site.home}/":
            return self._front
        if self.crawler in STOPPING:
            return Answer(None, ENOUGH_SAID)
        self.asking = url
        assert self.crawler.engine
        try:
            response = await self.crawler.engine.download_async(Request(url, callback=NO_CALLBACK, dont_filter=True))
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being read
            return Answer(None, reason_of(Failure(error)))  # type: ignore[no-untyped-call]
        if response.status != 200:
            return Answer(None, reason_of(Failure(HttpError(response))))  # type: ignore[no-untyped-call]
        return Answer(response)


def _may_be_a_story(url: str, rules: Rules) -> bool:
    path = urlsplit(url).path
    return bool(re.fullmatch(rules.address, path)) if rules.address else bool(A_STORY.search(path)) and not NO_STORY.search(path)
