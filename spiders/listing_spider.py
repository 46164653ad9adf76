"""Walking the listings of a portal: they announce, the ledger decides what is asked for."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
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
from spiders.announcements import last_day, outside, own_addresses
from spiders.headers import headers_of, validators
from spiders.listings import Document, Reader, Way
from spiders.manners import StoppedError
from spiders.options import Options
from spiders.robots import robots_of
from spiders.site import Site
from spiders.sitemaps import of_news, sitemap
from spiders.trouble import reason_of
from spiders.ways import Ways

READ_AGAIN = timedelta(days=1)
"""How long a listing may answer that nothing changed before it is read in full again."""
INDEXED = timedelta(days=7)
"""How long an index may say that a sitemap has not changed before that is looked at."""
A_DAY_OFF = timedelta(days=1)
"""What an index may be wrong by: some print the time of their town as that of Greenwich, or the other way round."""
OLDER_PAGES = 3
"""So many pages of a listing in a row, all of whose stories are older than those asked for, end the walk; one may be of pinned stories."""
REPEATS = 3
"""So many pages of a listing in a row that name nothing new to this crawl end the walk: they are the same page under other numbers."""
MOST_LISTINGS = 10_000
"""Listings that one crawl reads: a calendar has a page for every day of all years."""
AT_ONCE = 500
"""Articles that are asked for at once; the ledger keeps the others, which may be hundreds of thousands, until these are done."""


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
    older: int = 0
    """Pages in a row that named older stories only."""
    repeats: int = 0
    """Pages in a row that named nothing new."""

    @property
    def entrance(self) -> bool:
        """Whether a way begins with it."""
        return self.parent is None


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
        self.walk = Ways((), besides=False)
        self.named_sitemaps: tuple[str, ...] = ()
        self._announced: set[str] = set()
        self._listings: set[str] = set()
        self._entrances: set[str] = set()

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
        robots = await robots_of(self.crawler, self.site.home)
        self.named_sitemaps = robots.sitemaps if robots else ()
        self.walk = Ways(self.ways(), besides=not self.options.bounded)
        for way in self.walk.begin():
            for request in self._enter(way):
                yield request

    def way(self, name: str, paths: Sequence[str], read: Reader, *, newest: bool = False) -> Way:
        """A way that stands at the first of these paths that answers."""
        url, *elsewhere = (f"{self.site.home}{path}" for path in paths)
        return Way(name=name, url=url, elsewhere=tuple(elsewhere), read=read, newest=newest)

    def sitemap(self, *paths: str) -> Way:
        """The way of the sitemaps that robots.txt names, and where there are none, of the one at the first of these paths that answers."""
        named = [url for url in self._named_sitemaps() if not of_news(url)]
        usual = [url for path in paths if (url := f"{self.site.home}{path}") not in named]
        url, *elsewhere = [*named[:1], *usual]
        return Way(name="sitemap", url=url, elsewhere=tuple(elsewhere), beside=tuple(named[1:]), read=sitemap, whole=True)

    def news(self, *paths: str) -> Way:
        """The way of the news sitemap that robots.txt names, or else of the one at the first of these paths that answers."""
        named = [url for url in self._named_sitemaps() if of_news(url)]
        url, *elsewhere = dict.fromkeys([*named, *(f"{self.site.home}{path}" for path in paths)])
        return Way(name="news", url=url, elsewhere=tuple(elsewhere), read=sitemap, newest=True)

    def _named_sitemaps(self) -> list[str]:
        return list(dict.fromkeys(url for url in self.named_sitemaps if self.site.includes(url)))

    def _enter(self, way: Way) -> Iterator[Request]:
        for url in (way.url, *way.beside):
            yield from self._begin(way, url)

    def _begin(self, way: Way, url: str, parent: str | None = None) -> Iterator[Request]:
        if parent is None:
            self._entrances.add(url)
        known = self.ledger.listings.get(url)
        # Of the pages of days, others may have been read before than those that are asked for now.
        read_before = known is not None and known.complete and not (way.dated and self.options.bounded)
        yield from self._listing_request(url, Chain(way=way, first=url, read_before=read_before, parent=parent))

    def _listing_request(self, url: str, chain: Chain) -> Iterator[Request]:
        if url in self._listings:
            return  # an index that names itself, pages that lead in a circle
        if len(self._listings) >= MOST_LISTINGS:
            self.count("listing/missed")
            return
        self._listings.add(url)
        known = self.ledger.listings.get(url)
        yield Request(
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
            self._open(chain)
            known = self.ledger.listings.get(url)
            yield from self._index(chain, url, [Announcement(url=named) for named in self.ledger.listings.named_by(url)])
            yield from self._go_on(chain, known.next if known else None, news=False)
            return
        headers = headers_of(response)
        try:
            reading = chain.way.read(Document(url=url, body=response.body, headers=headers, zone=self.zone, at=datetime.now(UTC)))
        except ValueError as error:
            yield from self._go_instead(chain, url, f"gave {error}")
            return
        self.count("listing/read")
        self._open(chain)
        listing = Listing(
            url=url, etag=headers.get("etag"), last_modified=headers.get("last-modified"), next=reading.next, parent=chain.parent
        )
        own = own_addresses(reading.announcements, self.site, known=self.ledger.among)
        chain = self._counted(chain, own)
        # An index of sitemaps may name the news sitemap, which is a way of its own.
        named = [each for each in reading.listings if each.url not in self._entrances]
        if named:
            # Before the index itself is noted: where it is, and its listings are not, a 304 would hide them from the next crawl.
            with writable(self.archive):
                self.ledger.index_read(url, [each.url for each in named], portal=self.name, at=self.now())
        due = self._announce(own, chain.way, listing, chain.first if reading.next else None)
        yield from self.article_requests(due)
        yield from self._index(chain, url, named)
        yield from self._go_on(chain, reading.next, news=bool(due))

    def _open(self, chain: Chain) -> None:
        if chain.entrance:
            self.walk.answered(chain.way)

    def _index(self, chain: Chain, url: str, listings: Iterable[Announcement]) -> Iterator[Request]:
        """The listings that an index names, without those that can bring no news."""
        for listing in listings:
            if not self._settled(listing):
                yield from self._begin(chain.way, listing.url, parent=url)

    def _settled(self, listing: Announcement) -> bool:
        """Whether a listing need not be read: its stories lie outside the days asked for, or it has not changed since it was read."""
        if self.outside(listing):
            return True
        changed = listing.lastmod
        known = self.ledger.listings.get(listing.url) if changed else None
        if known is None or known.read_at is None or not known.complete or not changed:
            return False
        return changed < (known.read_at - A_DAY_OFF).isoformat() and self.now() - known.read_at < INDEXED

    def _counted(self, chain: Chain, own: Collection[Announcement]) -> Chain:
        """The chain with one more page counted: of older stories only, of nothing new."""
        new = [each.url for each in own if each.url not in self._announced]
        days = [day for each in own if (day := last_day(each, self.zone))]
        older = bool(days) and self.options.since is not None and max(days) < self.options.since
        # What prints no day says nothing of its age.
        return replace(chain, older=chain.older + older if older or not days else 0, repeats=0 if new else chain.repeats + 1)

    def _go_on(self, chain: Chain, following: str | None, *, news: bool) -> Iterator[Request]:
        """The next page of a listing, or the note that it has been read to its end.

        Newest first: once all had been read, a page without news is followed by none that has any. Between news and that
        page the listing counts as unread, so that a crawl that breaks off there leaves no hole.
        """
        tells_no_more = not chain.way.dated and (chain.older >= OLDER_PAGES or chain.repeats >= REPEATS)
        ended = following is None or tells_no_more
        more = not ended and (news or not chain.read_before)
        if not self.options.bounded:
            with writable(self.archive):
                # Behind what names the newest only stands more, of which it says nothing.
                self.ledger.listings.mark(chain.first, complete=not more and not chain.way.newest)
        if more and following and not self.enough():
            yield from self._listing_request(following, chain)

    def _announce(self, own: Collection[Announcement], way: Way, listing: Listing, first: str | None) -> list[Entry]:
        """Announce what is the site's own; `first` is the first page of the listing where there is a page behind this one."""
        new = [each.url for each in own if each.url not in self._announced]
        self._announced.update(new)
        self.count("announced", len(new))
        self.count(f"through/{way.name}", len(new))
        with writable(self.archive):
            return self.ledger.announce(
                own,
                portal=self.name,
                through=way.name,
                at=self.now(),
                listing=listing,
                # What a news sitemap no longer names has grown old, and is not missing.
                whole=way.whole and not of_news(listing.url),
                unread=first if not self.options.bounded else None,
            )

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """Go the other way where there is one; else the report says what is closed."""
        if isinstance(failure.value, StoppedError):
            return
        told = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield from self._go_instead(told["chain"], told["url"], reason_of(failure))

    def _go_instead(self, chain: Chain, url: str, reason: str) -> Iterator[Request]:
        way = chain.way
        if not chain.entrance or url != chain.first:
            # The way is open and a part of it is missing: what stands there is not announced, or by the way that reaches all.
            self.troubles.append(f"{way.name} {url}: {reason}")
            if not way.newest:
                self.count("listing/missed")
            return
        doors = (way.url, *way.elsewhere)
        if url in doors and url != doors[-1]:
            yield from self._begin(way, doors[doors.index(url) + 1])
            return
        for other in self.walk.closed(way, reason):
            yield from self._enter(other)

    def outside(self, announcement: Announcement) -> bool:
        """Whether what is announced lies outside the days asked for, as far as its announcement and its address tell."""
        return outside(announcement, since=self.options.since, until=self.options.until, zone=self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The portal's zone, in which its days are counted."""
        return ZoneInfo(self.rules.zone)

    def count(self, what: str, number: int = 1) -> None:
        """Count more of something in the crawl's statistics, under `arsip/`."""
        assert self.crawler.stats
        if number:
            self.crawler.stats.inc_value(f"arsip/{what}", number)

    def now(self) -> datetime:
        """The moment, to the second: what the ledger and the archive keep."""
        return datetime.now(UTC).replace(microsecond=0)
