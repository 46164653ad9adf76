"""What portals announce their stories with: the ways to it, and what a listing says once it is read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archive.ledger import Announcement

MOST_PARTS = 1_000_000
"""Tags of XML, or lists and objects of JSON, that are read: 50,000 addresses of a sitemap with ten elements each. A parsed tree of
nothing but empty elements takes fifty times the memory of its text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one listing said."""

    announcements: tuple[Announcement, ...] = ()
    next: str | None = None
    """Address of the listing's next page."""
    listings: tuple[Announcement, ...] = ()
    """Further listings, as an index of sitemaps names them; their day is that of the stories in them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A listing as it came."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    """Response headers, names in lower case."""
    zone: tzinfo
    """The portal's zone."""
    at: datetime
    """When it came; "2 jam yang lalu" counts from there."""


Reader = Callable[[Document], Reading]
"""Makes a reading of a document; ValueError where it is no such listing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One way to find a portal's stories."""

    name: str
    """What the ledger notes: `feed`, `rest`, `sitemap`, `list` …"""
    url: str
    read: Reader
    elsewhere: tuple[str, ...] = ()
    """Other addresses where the same may stand, tried in order where `url` is closed."""
    beside: tuple[str, ...] = ()
    """Further listings that belong to it, as robots.txt names several sitemaps."""
    whole: bool = False
    """Whether a listing names all there is in its part of the portal, so that what it no longer names is missing."""
    newest: bool = False
    """Whether it names the newest stories only, so that the rest needs another way."""
    dated: bool = False
    """Whether it has a page for each day that is asked for, so that days without a story do not end it."""
    ends_on: int | None = None
    """The status of the page behind the last, where the way does not say which is the last."""


def announced(url: str, zone: tzinfo, *, published: datetime | None = None, modified: datetime | None = None) -> Announcement:
    """What a listing says of one address, its day in the portal's zone."""
    return Announcement(
        url=url,
        lastmod=modified.astimezone(UTC).isoformat(timespec="seconds") if modified else None,
        day=published.astimezone(zone).date().isoformat() if published else None,
    )


def moment(text: Any, zone: tzinfo | None = None) -> datetime | None:
    """An ISO moment; in `zone` where it says none, and None where that leaves it without one."""
    try:
        read = datetime.fromisoformat(str(text).strip())
    except ValueError:
        return None
    if read.tzinfo is None:
        return read.replace(tzinfo=zone) if zone else None
    return read


def with_query(url: str, changes: dict[str, str]) -> str:
    """An address with some of its query parameters set.

    >>> with_query("https://contoh.com/feed/?paged=2&a=b", {"paged": "3"})
    'https://contoh.com/feed/?paged=3&a=b'
    """
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query, keep_blank_values=True)) | changes)))


def query_of(url: str) -> dict[str, str]:
    """The query parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def dictionaries(told: Any) -> Iterator[dict[str, Any]]:
    """The dictionaries in what may be a list of them."""
    return (each for each in told if isinstance(each, dict)) if isinstance(told, list) else iter(())


def refuse_too_many(body: bytes, *openings: bytes) -> None:
    """Raise ValueError where a body has more parts, each begun by one of the openings, than are read."""
    if sum(map(body.count, openings)) > MOST_PARTS:
        raise ValueError("more than can be read")
