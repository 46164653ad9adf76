"""Walking the listings of a portal: they announce, the ledger decides what is asked for."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.ledger import Announcement, Entry, Ledger
from archive.listings import Listing
from archive.store import Archive
from pipelines.rules import Rules
from pipelines.stages import archive_of, writable
from spiders.headers import headers_of, validators
from spiders.listings import Document, Way
from spiders.options import Options
from spiders.site import Site
from spiders.trouble import reason_of

READ_AGAIN = timedelta(days=1)
"""How long a listing may answer that nothing changed before it is read in full again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """A listing and the pages that follow it, as one crawl walks them."""

    way: Way
    first: str
    """Address of its first page."""
    read_before: bool
    """Whether an earlier crawl had read it to its end: then a page without news ends this walk."""
    parent: str | None = None
    """The index that names it."""


class ListingSpider(Spider, ABC):
    """A spider that finds stories by what a portal announces."""

    home: ClassVar[str]
    rules: ClassVar[Rules] = Rules()

    archive: Archive
    ledger: Ledger

    def __init__(self, name: str | None = None, **given: str) -> None:
        super().__init__(name)
        self.options = Options.read(**given)
        self.site = Site(self.home, self.options.home)
        self.started = datetime.now(UTC)
        self.crawl_id = f"{self.started:%Y%m%dT%H%M%S.%fZ}-{self.name}"
        self.troubles: list[str] = []
        self._announced: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.archive = archive_of(crawler)
        spider.ledger = spider.archive.ledger
        return spider

    @abstractmethod
    def ways(self) -> Iterable[Way]:
        """The ways to find this portal's stories; families say them."""

    @abstractmethod
    def article_requests(self, entries: Iterable[Entry]) -> Iterator[Request]:
        """Requests for the addresses that are to be asked for now."""

    @abstractmethod
    def enough(self) -> bool:
        """Whether as many articles were asked for as are wanted."""

    async def start(self) -> AsyncIterator[Request]:
        for way in self.ways():
            yield self._begin(way, way.url)

    def _begin(self, way: Way, url: str, parent: str | None = None) -> Request:
        known = self.ledger.listings.get(url)
        return self._listing_request(url, Chain(way=way, first=url, read_before=known is not None and known.complete, parent=parent))

    def _listing_request(self, url: str, chain: Chain) -> Request:
        known = self.ledger.listings.get(url)
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            headers=validators(known) if known and self._trusted(known) else None,
            meta={"handle_httpstatus_list": [304, chain.way.ends_on] if url != chain.first else [304]},
            cb_kwargs={"url": url, "chain": chain},
            priority=10,
            dont_filter=True,
        )

    def _trusted(self, known: Listing) -> bool:
        """Whether a listing's validators may stand for its body: some servers send the same ETag for ever."""
        return known.read_at is not None and self.now() - known.read_at < READ_AGAIN

    def parse_listing(self, response: Response, url: str, chain: Chain) -> Iterator[Request]:
        """Announce what a listing names, ask for what is due, and go on where that can bring news."""
        if response.status == chain.way.ends_on:
            yield from self._go_on(chain, None, news=False)
            return
        if response.status == 304:
            self.count("listing/unchanged")
            known = self.ledger.listings.get(url)
            yield from self._index(chain, url, self.ledger.listings.named_by(url))
            yield from self._go_on(chain, known.next if known else None, news=False)
            return
        try:
            reading = chain.way.read(Document(url=url, body=response.body, headers=headers_of(response), zone=ZoneInfo(self.rules.zone)))
        except ValueError as error:
            yield from self._go_instead(chain, url, f"gave {error}")
            return
        self.count("listing/read")
        headers = headers_of(response)
        listing = Listing(
            url=url, etag=headers.get("etag"), last_modified=headers.get("last-modified"), next=reading.next, parent=chain.parent
        )
        if reading.listings:
            # Before the index itself is noted: where it is, and its listings are not, a 304 would hide them from the next crawl.
            with writable(self.archive):
                self.ledger.index_read(url, reading.listings, portal=self.name, at=self.now())
        due = self._announce(reading.announcements, chain.way, listing, chain.first if reading.next else None)
        yield from self.article_requests(due)
        yield from self._index(chain, url, reading.listings)
        yield from self._go_on(chain, reading.next, news=bool(due))

    def _index(self, chain: Chain, url: str, listings: Iterable[str]) -> Iterator[Request]:
        """The listings that an index names."""
        for listing in listings:
            yield self._begin(chain.way, listing, parent=url)

    def _go_on(self, chain: Chain, following: str | None, *, news: bool) -> Iterator[Request]:
        """The next page of a listing, or the note that it has been read to its end.

        Newest first: once all had been read, a page without news is followed by none that has any. Between news and that
        page the listing counts as unread, so that a crawl that breaks off there leaves no hole.
        """
        more = following is not None and (news or not chain.read_before)
        if not self.options.bounded:
            with writable(self.archive):
                self.ledger.listings.mark(chain.first, complete=not more)
        if more and following and not self.enough():
            yield self._listing_request(following, chain)

    def _announce(self, announcements: Iterable[Announcement], way: Way, listing: Listing, first: str | None) -> list[Entry]:
        """Announce what is the site's own; `first` is the first page of the listing where there is a page behind this one."""
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
            return self.ledger.announce(
                own,
                portal=self.name,
                through=way.name,
                at=self.now(),
                listing=listing,
                whole=way.whole,
                unread=first if not self.options.bounded else None,
            )

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """Go the other way where there is one; else the report says what is closed."""
        told = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield from self._go_instead(told["chain"], told["url"], reason_of(failure))

    def _go_instead(self, chain: Chain, url: str, reason: str) -> Iterator[Request]:
        self.troubles.append(f"{chain.way.name} {url}: {reason}")
        if url != chain.way.url:
            # The way is open and a part of it is missing: what stands there is not announced.
            self.count("listing/missed")
        elif chain.way.instead:
            yield self._begin(chain.way.instead, chain.way.instead.url)

    def count(self, what: str) -> None:
        """Count one more of something in the crawl's statistics, under `arsip/`."""
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"arsip/{what}")

    def now(self) -> datetime:
        """The moment, to the second: what the ledger and the archive keep."""
        return datetime.now(UTC).replace(microsecond=0)
