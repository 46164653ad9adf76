"""PortalSpider: what every portal's spider shares, and how an article's pages are fetched. A portal states facts."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, ClassVar, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from archive import ledger as states
from archive import reasons
from archive.ledger import Announcement, Entry
from archive.records import Page
from archive.store import Archive
from pipelines.extract import next_page
from pipelines.rules import Rules
from pipelines.stages import count_state, writable
from pipelines.version import press_version, rules_version
from spiders.facts import state_facts
from spiders.headers import all_headers_of, validators
from spiders.listing_spider import AT_ONCE, ListingSpider
from spiders.manners import StoppedError, retry_after
from spiders.robots import UNCHECKED, Robots, RobotsUnreachableError
from spiders.trouble import trouble_of

MOST_PAGES = 20
"""Pages of one article that are followed; a link to a next page that never ends is a trap."""

ANSWERS = [304, 404, 410]
"""Statuses that tell something about an article and are no failure."""


class PortalSpider(ListingSpider):
    """A portal. State these facts, in a file of its own below `spiders/portals/`:

    - the docstring: the portal's name, a comma, and what it is
    - `name`: its short name, the one for `scrapy crawl`
    - `home`: its address
    - `region`: the Kemendagri code of its region in `archive/regions.csv`; the time zone follows from it
    - `evidence`: on what these facts stand, as the portal may never have been seen by who writes them
    - `closed`: only where it has closed, the last year in which it published
    - `rules`: only where its pages differ from its family's, `rules = replace(WordPress.rules, body=(…,))`
    """

    home: ClassVar[str]
    region: ClassVar[str]
    title: ClassVar[str]
    family: ClassVar[str] = ""
    rules: ClassVar[Rules] = Rules()
    evidence: ClassVar[str] = ""
    """On what its file stands: who saw its address and its CMS, and how."""
    closed: ClassVar[int | None] = None
    """The last year in which the portal published; a closed one is crawled only when it is named."""

    robots: Robots | None = None
    """The robots.txt of its home, once it has been asked for."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "family" not in vars(cls):
            state_facts(cls)

    @classmethod
    def facts(cls) -> dict[str, str]:
        """What the archive keeps of the portal itself: the arguments of `Archive.keep_portal`."""
        return {"name": cls.name, "title": cls.title, "home": cls.home, "region": cls.region, "zone": cls.rules.zone, "family": cls.family}

    @classmethod
    def note_in(cls, archive: Archive) -> None:
        """Note in an archive the portal's facts, and what the version of its rules stands for."""
        archive.keep_portal(**cls.facts())
        archive.keep_rules(
            rules_version(cls.rules),
            portal=cls.name,
            press=press_version(),
            rules={name: value for name, value in asdict(cls.rules).items() if value},
            software=version("arsip-warta"),
            at=datetime.now(UTC),
        )

    def __init__(self, name: str | None = None, **given: str) -> None:
        super().__init__(name, **given)
        self._asked: set[str] = set()
        self._under_way = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.ask_what_waits, signals.spider_idle)
        return spider

    def article_requests(self, entries: Iterable[Entry]) -> Iterator[Request]:
        for entry in entries:
            if self._under_way >= AT_ONCE or self.enough():
                return  # the ledger keeps the rest
            if entry.url not in self._asked and self._wanted(entry):
                self._asked.add(entry.url)
                self._under_way += 1
                if entry.state == states.ANNOUNCED:
                    self.count("asked for the first time")
                yield self._article_request(entry)

    def _article_request(self, entry: Entry) -> Request:
        return Request(
            entry.url,
            callback=self.parse_article,
            errback=self.article_failed,
            headers=validators(entry) if entry.state in states.HELD else None,
            meta={"handle_httpstatus_list": ANSWERS},
            cb_kwargs={"announced": entry.url},
            # Nothing is asked twice anyway; a filter would drop a redirect to a story that was asked for, and tell no one.
            dont_filter=True,
        )

    def parse_article(self, response: Response, announced: str) -> Iterator[Page | Request]:
        """The page of an article; its further pages are fetched first, so that they are kept together."""
        self.count("fetched")
        self._under_way -= 1
        if response.status == 304:
            self.settle(announced, states.UNCHANGED, reasons.NOT_MODIFIED)
            return
        page = self._page(response, announced)
        yield from self._with_rest(page, page)

    def parse_rest(self, response: Response, page: Page) -> Iterator[Page | Request]:
        """A further page of an article; one that the portal no longer has ends it."""
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
        self._under_way -= 1
        if isinstance(failure.value, RobotsUnreachableError | StoppedError):
            return  # It was not asked for, and stays due.
        reason, detail = trouble_of(failure)
        url = failure.request.cb_kwargs["announced"]  # type: ignore[attr-defined]
        self.settle(url, reasons.state_for(reason), reason, detail, not_before=self._told_to_wait(failure))

    def rest_failed(self, failure: Failure) -> None:
        """An article whose further page could not be fetched is tried again whole: half of it would read as an edit."""
        page: Page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined]
        if isinstance(failure.value, RobotsUnreachableError | StoppedError):
            return
        reason, detail = trouble_of(failure)
        told = f"page {len(page.rest) + 2}"
        url = page.requested_url or page.url
        self.settle(url, states.FAILED, reason, f"{told}: {detail}" if detail else told, not_before=self._told_to_wait(failure))

    def _told_to_wait(self, failure: Failure) -> datetime | None:
        """The moment before which the portal wants no other request for this address, where it said so."""
        wait = retry_after(failure.value.response, self.now()) if isinstance(failure.value, HttpError) else None
        return self.now() + wait if wait else None

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
            robots=response.meta.get("robots", UNCHECKED),
        )

    def ask_what_waits(self) -> None:
        """When nothing is left to do: the addresses that the ledger keeps for now, of this crawl and of earlier ones."""
        since, until = self.options.since, self.options.until
        seen = 0
        while not self.enough():
            # Those that were asked in this crawl and are due all the same stand among the others.
            waiting = self.ledger.due(self.name, at=self.now(), since=since, until=until, limit=AT_ONCE, skip=seen)
            requests = list(self.article_requests(waiting))
            for request in requests:
                self.crawler.engine.crawl(request)
            if requests:
                raise DontCloseSpider
            if len(waiting) < AT_ONCE:
                return
            seen += AT_ONCE

    def _wanted(self, entry: Entry) -> bool:
        """Whether an address may lie within the days asked for, as far as its announcement and the address itself tell."""
        return not self.outside(Announcement(url=entry.url, lastmod=entry.lastmod, day=entry.day))

    def enough(self) -> bool:
        return self.options.limit is not None and len(self._asked) >= self.options.limit

    def settle(self, url: str, state: str, reason: str, detail: str | None = None, *, not_before: datetime | None = None) -> None:
        """Note in the ledger, and in the crawl's counts, what became of an address without a page to keep."""
        told = {"reason": reason, "detail": detail, "crawl": self.crawl_id}
        with writable(self.archive):
            self.ledger.settle(url, state, portal=self.name, at=self.now(), not_before=not_before, **told)
        count_state(self.crawler, state, reason)
