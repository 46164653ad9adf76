"""What portals announce their stories with, read: a body becomes announcements. Pure functions; ValueError where it is no such thing."""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree
from scrapy.utils.sitemap import Sitemap

from archive.ledger import Announcement

LARGEST_SITEMAP = 50 * 1024 * 1024
"""Bytes of an unpacked sitemap, as the protocol limits them."""

MOST_PARTS = 1_000_000
"""Tags of XML, or lists and objects of JSON, that are read: 50,000 addresses of a sitemap with ten elements each. A parsed tree of
nothing but empty elements takes fifty times the memory of its text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one listing said."""

    announcements: tuple[Announcement, ...] = ()
    next: str | None = None
    """Address of the listing's next page."""
    listings: tuple[str, ...] = ()
    """Addresses of further listings (a sitemap index names them)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A listing as it came."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    """Response headers, names in lower case."""
    zone: tzinfo
    """The portal's zone."""


Reader = Callable[[Document], Reading]


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One way to find a portal's stories."""

    name: str
    """What the ledger notes: `feed`, `rest`, `sitemap` …"""
    url: str
    read: Reader
    whole: bool = False
    """Whether a listing names all there is in its part of the portal, so that what it no longer names is missing."""
    ends_on: int | None = None
    """The status of the page behind the last, where the way does not say which is the last."""
    instead: "Way | None" = None
    """The way to go where this one is closed."""


def blogger_feed(document: Document) -> Reading:
    """Blogger's JSON feed, newest first."""
    told = _json(document)
    feed = told.get("feed") if isinstance(told, dict) else None
    if not isinstance(feed, dict):
        raise ValueError("no Blogger feed")
    entries = feed.get("entry") or []
    if not isinstance(entries, list):
        raise ValueError("no Blogger feed")
    announcements = []
    for entry in (each for each in entries if isinstance(each, dict)):
        links = entry.get("link")
        linked = [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []
        alternates = (link.get("href") for link in linked if link.get("rel") == "alternate")
        url = next((href for href in alternates if isinstance(href, str)), None)
        if url:
            published, updated = _t(entry.get("published")), _t(entry.get("updated"))
            announcements.append(_announcement(url, document.zone, published=_moment(published), modified=_moment(updated)))
    start, total = int(_t(feed.get("openSearch$startIndex")) or 1), int(_t(feed.get("openSearch$totalResults")) or 0)
    following = start + len(entries)
    return Reading(
        announcements=tuple(announcements),
        next=with_query(document.url, {"start-index": str(following)}) if entries and following <= total else None,
    )


def _t(value: Any) -> str | None:
    """The text of one of Blogger's `{"$t": …}` values."""
    return str(value["$t"]) if isinstance(value, dict) and "$t" in value else None


def wordpress_posts(document: Document) -> Reading:
    """A page of WordPress's REST interface, `/wp-json/wp/v2/posts`."""
    posts = _json(document)
    if not isinstance(posts, list):
        raise ValueError("no list of posts")
    announcements = []
    for post in posts:
        if isinstance(post, dict) and post.get("link"):
            published, modified = (_moment(post.get(name), zone=UTC) for name in ("date_gmt", "modified_gmt"))
            announcements.append(_announcement(str(post["link"]), document.zone, published=published, modified=modified))
    page = int(dict(parse_qsl(urlsplit(document.url).query)).get("page", "1"))
    pages = document.headers.get("x-wp-totalpages", "")
    return Reading(
        announcements=tuple(announcements),
        next=with_query(document.url, {"page": str(page + 1)}) if pages.isdigit() and page < int(pages) else None,
    )


def rss(document: Document) -> Reading:
    """An RSS feed; of WordPress's `?paged=N` the next page is asked for as long as there are stories."""
    root = _xml(document.body)
    if root is None or not str(root.tag).endswith(("rss", "RDF")):
        raise ValueError("no RSS feed")
    announcements = []
    for item in root.iter("item"):
        link = (item.findtext("link") or "").strip()
        if link:
            announcements.append(_announcement(link, document.zone, published=_rfc822(item.findtext("pubDate"))))
    query = dict(parse_qsl(urlsplit(document.url).query))
    following = (
        with_query(document.url, {"paged": str(int(query["paged"]) + 1)}) if announcements and query.get("paged", "").isdigit() else None
    )
    return Reading(announcements=tuple(announcements), next=following)


def sitemap(document: Document) -> Reading:
    """A sitemap or an index of sitemaps; of an index those that list terms or authors are left out."""
    body = _unpacked(document.body)
    _refuse_too_many(body, b"<")
    try:
        parsed = Sitemap(body)
        rows = list(parsed)
    except (etree.XMLSyntaxError, StopIteration) as error:
        raise ValueError("no sitemap") from error
    if parsed.type == "sitemapindex":
        return Reading(listings=tuple(row["loc"] for row in rows if not LISTS_NO_STORIES.search(urlsplit(row["loc"]).path)))
    if parsed.type != "urlset":
        raise ValueError("no sitemap")
    return Reading(announcements=tuple(_from_sitemap(rows, document.zone)))


LISTS_NO_STORIES = re.compile(
    r"(?:category|categories|post_tag|tag|taxonom\w+|author|users?|format)[\w-]*sitemap|sitemap[\w-]*-(?:taxonomies|users|tags?|authors?|categor\w+)"
)
"""Paths of the sitemaps that list archives of terms and authors."""


def _from_sitemap(rows: Iterable[dict[str, Any]], zone: tzinfo) -> Iterator[Announcement]:
    for row in rows:
        modified = _moment(row.get("lastmod"), zone=UTC)
        yield _announcement(row["loc"], zone, modified=modified)


def _announcement(url: str, zone: tzinfo, *, published: datetime | None = None, modified: datetime | None = None) -> Announcement:
    return Announcement(
        url=url,
        lastmod=modified.astimezone(UTC).isoformat(timespec="seconds") if modified else None,
        day=published.astimezone(zone).date().isoformat() if published else None,
    )


def _moment(text: Any, zone: tzinfo | None = None) -> datetime | None:
    """An ISO moment; in `zone` where it says none, and None where that leaves it without one."""
    try:
        moment = datetime.fromisoformat(str(text).strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone) if zone else None
    return moment


def _rfc822(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime((text or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _json(document: Document) -> Any:
    _refuse_too_many(document.body, b"[", b"{")
    try:
        return json.loads(document.body)
    except (ValueError, RecursionError) as error:
        raise ValueError("no JSON") from error


def _xml(body: bytes) -> etree._Element | None:
    _refuse_too_many(body, b"<")
    try:
        return etree.fromstring(body.strip(), parser=etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _refuse_too_many(body: bytes, *openings: bytes) -> None:
    if sum(map(body.count, openings)) > MOST_PARTS:
        raise ValueError("more than can be read")


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(body, LARGEST_SITEMAP)
    except zlib.error as error:
        raise ValueError("a damaged gzip file") from error
    return unpacked


def with_query(url: str, changes: dict[str, str]) -> str:
    """An address with some of its query parameters set.

    >>> with_query("https://contoh.com/feed/?paged=2&a=b", {"paged": "3"})
    'https://contoh.com/feed/?paged=3&a=b'
    """
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query, keep_blank_values=True)) | changes)))
