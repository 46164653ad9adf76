"""How a way to a portal's stories answers: how many it names, and how far back it reaches. Pure functions over listings as they came."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from archive.ledger import Announcement
from pipelines.addresses import day_named
from spiders.families.blogger import ENTRIES_A_PAGE
from spiders.feeds import blogger_feed, wordpress_posts
from spiders.listings import Document, Reading, Way, with_query
from spiders.ways import CLOSED, OPEN

PARTS = 3
"""Documents of one way that are looked at: its entrance and, of the rest, the last page or the ends of an index."""

ADDRESS, PUBLICATION, CHANGE = "address", "publication", "last change"
"""What a day was told by, the best first."""


@dataclass(kw_only=True, slots=True)
class Sounding:
    """What one way said."""

    way: str
    family: str
    """Whose way it is."""
    url: str
    """Where it answered, or the last of its addresses that was closed."""
    state: str = CLOSED
    reason: str | None = None
    """Why it is closed, or what of it could not be read."""
    named: int = 0
    """Addresses of the site's own that the pages named which were looked at."""
    total: int | None = None
    """All that it has, where it says so or all of it was read."""
    oldest: str | None = None
    newest: str | None = None
    """Days, `YYYY-MM-DD`."""
    days_by: str | None = None
    """What the days are those of: `address`, `publication` or `last change`."""
    stories: dict[str, str | None] = field(default_factory=dict, repr=False)
    """The addresses, each with its day."""

    def add(self, announcements: Iterable[Announcement]) -> None:
        """Take in what a page of it named."""
        self.state = OPEN
        for announcement in announcements:
            day, told_by = told_day(announcement)
            self.stories.setdefault(announcement.url, day)
            if day is None:
                continue
            self.oldest, self.newest = min(self.oldest or day, day), max(self.newest or day, day)
            # The worst of them is what the span can be trusted as.
            self.days_by = max(self.days_by or told_by, told_by, key=(ADDRESS, PUBLICATION, CHANGE).index)
        self.named = len(self.stories)

    def plain(self) -> dict[str, Any]:
        """It as values that JSON knows, without the addresses."""
        return {name: value for name, value in asdict(self).items() if name != "stories"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Beyond:
    """What the first page of a way says of the rest."""

    total: int | None = None
    further: tuple[str, ...] = ()
    """Addresses that show how far back it reaches."""
    whole: bool = False
    """Whether nothing is left when these have been read."""


def told_day(announcement: Announcement) -> tuple[str | None, str]:
    """The day of an announcement, and what told it."""
    # A list may print "2 jam yang lalu" beside a story of last year.
    if named := day_named(announcement.url):
        return named, ADDRESS
    if announcement.day:
        return announcement.day, PUBLICATION
    return (announcement.lastmod[:10] if announcement.lastmod else None), CHANGE


def beyond(way: Way, document: Document, reading: Reading) -> Beyond:
    """What to ask for besides, to see how far back a way reaches.

    Of REST pages and Blogger's feed the last page; of an index of sitemaps, and of several that robots.txt names, the first,
    the last and the one that changed least lately. Of a front page the feeds that it names. Feeds and lists say no more than
    their first page.
    """
    if way.read is wordpress_posts:
        pages, total = (_number(document.headers.get(f"x-wp-{name}")) for name in ("totalpages", "total"))
        return Beyond(total=total, further=(with_query(document.url, {"page": str(pages)}),) if pages and pages > 1 else ())
    if way.read is blogger_feed:
        total = _total_results(document.body)
        start = (total - 1) // ENTRIES_A_PAGE * ENTRIES_A_PAGE + 1 if total else 1
        return Beyond(total=total, further=(with_query(document.url, {"start-index": str(start)}),) if start > 1 else ())
    if not way.whole:
        return Beyond(further=() if reading.announcements else tuple(each.url for each in reading.listings[:PARTS]))
    parts = [*reading.listings, *(Announcement(url=url) for url in way.beside)]
    ends = [*parts[:1], *parts[-1:], *sorted((part for part in parts if part.lastmod), key=lambda part: str(part.lastmod))]
    chosen = tuple(dict.fromkeys(part.url for part in ends))[:PARTS]
    return Beyond(further=chosen, whole=len(chosen) == len({part.url for part in parts}))


def _number(told: str | None) -> int | None:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 10 else None


def _total_results(body: bytes) -> int | None:
    """How many stories a Blogger feed says it has; the reader has found that it is one."""
    told = json.loads(body)["feed"].get("openSearch$totalResults")
    return _number(str(told.get("$t"))) if isinstance(told, dict) else None


def spread(stories: dict[str, str | None], number: int) -> list[str]:
    """Addresses in the order in which they are worth a look: the newest, the oldest, the one in the middle, then the next of each.

    A portal's markup changes with the years, so three stories of one week show less than three of all its time.
    """
    dated = sorted(stories, key=lambda url: (stories[url] is not None, stories[url] or ""), reverse=True)
    known = [url for url in dated if stories[url] is not None]
    order = dict.fromkeys([*_ends_and_middle(known), *(url for url in dated if stories[url] is None)])
    return list(order)[:number]


def _ends_and_middle(urls: list[str]) -> Iterable[str]:
    middle = len(urls) // 2
    for step in range(len(urls)):
        yield from (urls[step], urls[-1 - step], urls[(middle + step) % len(urls)])
