"""PortalSpider: what every portal's spider shares. A family says how stories are announced, a portal states facts."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import ledger as states
from archive.ledger import Announcement, Entry, Ledger
from archive.listings import Listing
from archive.records import Page
from archive.store import Archive
from pipelines.extract import next_page
from pipelines.rules import Rules
from pipelines.stages import archive_of, writable
from spiders.facts import state_facts
from spiders.headers import all_headers_of, headers_of, validators
from spiders.listings import Document, Way
from spiders.options import Options
from spiders.site import ElsewhereError, Site
from spiders.trouble import reason_of

MOST_PAGES = 20
"""Pages of one article that are followed; a link to a next page that never ends is a trap."""

READ_AGAIN = timedelta(days=1)
"""How long a listing may answer that nothing changed before it is read in full again."""

ANSWERS = [304, 404, 410]
"""Statuses that tell something about an article and are no failure."""


class PortalSpider(Spider):
    """A portal. State these facts, in a file of its own below `spiders/portals/`:

    - the docstring: the portal's name, a comma, and what it is
    - `name`: its short name, the one for `scrapy crawl`
    - `home`: its address
    - `region`: the Kemendagri code of its region in `archive/regions.csv`; the time zone follows from it
    - `rules`: only where its pages differ from its family's, `rules = replace(WordPress.rules, body=(…,))`
    """

    home: ClassVar[str]
    region: ClassVar[str]
    title: ClassVar[str]
    family: ClassVar[str] = ""
    rules: ClassVar[Rules] = Rules()

    archive: Archive
    ledger: Ledger

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "family" not in vars(cls):
            state_facts(cls)

    @classmethod
    def facts(cls) -> dict[str, str]:
        """What the archive keeps of the portal itself: the arguments of `Archive.keep_portal`."""
        return {"name": cls.name, "title": cls.title, "home": cls.home, "region": cls.region, "zone": cls.rules.zone, "family": cls.family}

    def __init__(self, name: str | None = None, **given: str) -> None:
        super().__init__(name)
        self.options = Options.read(**given)
        self.site = Site(self.home, self.options.home)
        self.started = datetime.now(UTC)
        self.crawl_id = f"{self.started:%Y%m%dT%H%M%S.%fZ}-{self.name}"
        self.troubles: list[str] = []
        self._announced: set[str] = set()
        self._asked: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.archive = archive_of(crawler)
        spider.ledger = spider.archive.ledger
        crawler.signals.connect(spider.ask_what_waits, signals.spider_idle)
        return spider

    # Finding: listings announce, the ledger decides

    def ways(self) -> Iterable[Way]:
        """The ways to find this portal's stories; families say them."""
        raise NotImplementedError(f"{type(self).__name__} belongs to no family that says how its stories are announced")

    async def start(self) -> AsyncIterator[Request]:
        for way in self.ways():
            yield self._listing_request(way, way.url, first=way.url)

    def _listing_request(self, way: Way, url: str, *, first: str, parent: str | None = None) -> Request:
        known = self.ledger.listings.get(url)
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            headers=validators(known) if known and self._trusted(known) else None,
            meta={"handle_httpstatus_list": [304]},
            cb_kwargs={"way": way, "url": url, "first": first, "parent": parent},
            priority=10,
            dont_filter=True,
        )

    def _trusted(self, known: Listing) -> bool:
        """Whether a listing's validators may stand for its body: some servers send the same ETag for ever."""
        return known.read_at is not None and self.now() - known.read_at < READ_AGAIN

    def parse_listing(self, response: Response, way: Way, url: str, first: str, parent: str | None) -> Iterator[Request]:
        """Announce what a listing names, ask for what is due, and go on to its next page where that can bring news."""
        read_before = (chain := self.ledger.listings.get(first)) is not None and chain.complete
        if response.status == 304:
            self.count("listing/unchanged")
            known = self.ledger.listings.get(url)
            yield from self._go_on(way, url, first, self.ledger.listings.named_by(url), known.next if known and not read_before else None)
            return
        try:
            reading = way.read(Document(url=url, body=response.body, headers=headers_of(response), zone=ZoneInfo(self.rules.zone)))
        except ValueError as error:
            yield from self._go_instead(way, url, f"gave {error}")
            return
        self.count("listing/read")
        headers = headers_of(response)
        listing = Listing(url=url, etag=headers.get("etag"), last_modified=headers.get("last-modified"), next=reading.next, parent=parent)
        due = self._announce(reading.announcements, way, listing)
        yield from self._article_requests(due)
        if reading.listings:
            with writable(self.archive):
                self.ledger.index_read(url, reading.listings, portal=self.name, at=self.now())
        if not self._enough():
            # Newest first: a page that brings nothing new is followed by none that does, once all had been read.
            yield from self._go_on(way, url, first, reading.listings, reading.next if due or not read_before else None)
            if reading.next is None and not self.options.bounded:
                with writable(self.archive):
                    self.ledger.listings.complete(first)

    def _go_on(self, way: Way, url: str, first: str, listings: Iterable[str], following: str | None) -> Iterator[Request]:
        """The listings that an index names, and the next page."""
        for listing in listings:
            yield self._listing_request(way, listing, first=listing, parent=url)
        if following:
            yield self._listing_request(way, following, first=first)

    def _announce(self, announcements: Iterable[Announcement], way: Way, listing: Listing) -> list[Entry]:
        own = [
            replace(announcement, url=url)
            for announcement in announcements
            if self.site.includes(announcement.url) and (url := self.site.official(announcement.url)) != f"{self.site.home}/"
        ]
        for announcement in own:
            if announcement.url not in self._announced:
                self._announced.add(announcement.url)
                self.count("announced")
        with writable(self.archive):
            return self.ledger.announce(own, portal=self.name, through=way.name, at=self.now(), listing=listing, whole=way.whole)

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """Go the other way where there is one; else the report says what is closed."""
        told = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield from self._go_instead(told["way"], told["url"], reason_of(failure))

    def _go_instead(self, way: Way, url: str, reason: str) -> Iterator[Request]:
        self.count("listing/failed")
        self.troubles.append(f"{way.name} {url}: {reason}")
        if way.instead and url == way.url:
            yield self._listing_request(way.instead, way.instead.url, first=way.instead.url)

    # Fetching: an article's pages become a Page

    def _article_requests(self, entries: Iterable[Entry]) -> Iterator[Request]:
        for entry in entries:
            if entry.url not in self._asked and self._wanted(entry) and not self._enough():
                self._asked.add(entry.url)
                self.count("asked")
                yield self._article_request(entry)

    def _article_request(self, entry: Entry) -> Request:
        return Request(
            entry.url,
            callback=self.parse_article,
            errback=self.article_failed,
            headers=validators(entry) if entry.state in states.HELD else None,
            meta={"handle_httpstatus_list": ANSWERS},
            cb_kwargs={"announced": entry.url},
        )

    def parse_article(self, response: Response, announced: str) -> Iterator[Page | Request]:
        """The page of an article; its further pages are fetched first, so that they are kept together."""
        self.count("fetched")
        if response.status == 304:
            self.settle(announced, states.UNCHANGED)
            return
        page = self._page(response, announced)
        yield from self._with_rest(page, page)

    def parse_rest(self, response: Response, page: Page) -> Iterator[Page | Request]:
        """A further page of an article."""
        if response.status != 200:
            yield page
            return
        further = self._page(response, None)
        yield from self._with_rest(replace(page, rest=(*page.rest, further)), further)

    def _with_rest(self, page: Page, last: Page) -> Iterator[Page | Request]:
        following = self._next_page(last)
        pages = {identity.url for identity in (page, *page.rest)}
        if following is None or self.site.official(following) in pages or len(pages) >= MOST_PAGES:
            yield page
            return
        yield Request(
            following,
            callback=self.parse_rest,
            errback=self.rest_failed,
            meta={"handle_httpstatus_list": ANSWERS},
            cb_kwargs={"page": page},
            priority=5,
            dont_filter=True,
        )

    def _next_page(self, page: Page) -> str | None:
        following = next_page(page, self.rules) if page.status == 200 else None
        return following if following and self.site.includes(following) else None

    def article_failed(self, failure: Failure) -> None:
        """An article that could not be fetched: the ledger keeps the reason and when to try again."""
        reason = reason_of(failure)
        state = (
            states.NOT_ARTICLE if isinstance(failure.value, ElsewhereError) else states.ROBOTS if reason == "robots.txt" else states.FAILED
        )
        self.settle(failure.request.cb_kwargs["announced"], state, reason)  # type: ignore[attr-defined]

    def rest_failed(self, failure: Failure) -> Iterator[Page]:
        """An article whose further page could not be fetched is kept as far as it came."""
        page: Page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined]
        self.troubles.append(f"page {len(page.rest) + 2} of {page.url}: {reason_of(failure)}")
        yield page

    def _page(self, response: Response, announced: str | None) -> Page:
        url = self.site.official(response.url)
        return Page(
            url=url,
            portal=self.name,
            fetched_at=self.now(),
            body=response.body,
            requested_url=announced if announced != url else None,
            origin=self.site.mirror,
            status=response.status,
            headers=all_headers_of(response),
            crawl=self.crawl_id,
            robots="allowed" if self.settings.getbool("ROBOTSTXT_OBEY") else "unchecked",
        )

    # What the ledger is told

    def ask_what_waits(self) -> None:
        """When nothing is left to do: the addresses that earlier crawls left, and held articles that are due for a look."""
        waiting = self.ledger.due(self.name, at=self.now(), since=self.options.since, until=self.options.until)
        requests = list(self._article_requests(waiting))
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _wanted(self, entry: Entry) -> bool:
        """Whether an address lies within the days asked for, as far as its announcement tells."""
        since, until = self.options.since, self.options.until
        latest = entry.day or (entry.lastmod or "")[:10]
        return not ((since and latest and latest < since) or (until and entry.day and entry.day > until))

    def _enough(self) -> bool:
        return self.options.limit is not None and len(self._asked) >= self.options.limit

    def settle(self, url: str, state: str, reason: str | None = None) -> None:
        """Note in the ledger, and in the crawl's counts, what became of an address without a page to keep."""
        with writable(self.archive):
            self.ledger.settle(url, state, portal=self.name, at=self.now(), reason=reason, crawl=self.crawl_id)
        self.count(f"state/{state}")

    def count(self, what: str) -> None:
        """Count one more of something in the crawl's statistics, under `arsip/`."""
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"arsip/{what}")

    def now(self) -> datetime:
        """The moment, to the second: what the ledger and the archive keep."""
        return datetime.now(UTC).replace(microsecond=0)
