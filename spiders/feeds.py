"""Feeds and the REST interface of WordPress, read. Pure functions; ValueError where a body is no such thing."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from archive.ledger import Announcement
from pipelines.addresses import host_of, joined
from pipelines.markup import decode, parse
from spiders.listings import Document, Reading, announced, dictionaries, moment, query_of, refuse_too_many, with_query

ATOM = "{http://www.w3.org/2005/Atom}"
FEED_TYPES = ("application/rss+xml", "application/atom+xml")
OF_COMMENTS = re.compile(r"komentar|comments?\b")
"""What the address or the title of a feed of comments holds."""


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
    for entry in dictionaries(entries):
        alternates = (link.get("href") for link in dictionaries(entry.get("link")) if link.get("rel") == "alternate")
        url = next((href for href in alternates if isinstance(href, str)), None)
        if url:
            published, updated = (moment(_t(entry.get(name))) for name in ("published", "updated"))
            announcements.append(announced(url, document.zone, published=published, modified=updated))
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
    for post in dictionaries(posts):
        if post.get("link"):
            published, modified = (moment(post.get(name), zone=UTC) for name in ("date_gmt", "modified_gmt"))
            announcements.append(announced(str(post["link"]), document.zone, published=published, modified=modified))
    page = int(query_of(document.url).get("page", "1"))
    pages = document.headers.get("x-wp-totalpages", "")
    return Reading(
        announcements=tuple(announcements),
        next=with_query(document.url, {"page": str(page + 1)}) if pages.isdigit() and page < int(pages) else None,
    )


def feed(document: Document) -> Reading:
    """An RSS or Atom feed. Its next page is the one it links to; of WordPress's `?paged=N`, the next as long as there are stories."""
    root = _xml(document.body)
    name = etree.QName(root).localname if root is not None else ""
    if root is None or name not in ("rss", "RDF", "feed"):
        raise ValueError("no feed")
    announcements = tuple(_atom(root, document) if name == "feed" else _rss(root, document))
    linked = next((link.get("href") for link in root.iter(f"{ATOM}link") if link.get("rel") == "next"), None)
    paged = query_of(document.url).get("paged", "")
    following = joined(document.url, linked)
    if following is None and announcements and paged.isdigit():
        following = with_query(document.url, {"paged": str(int(paged) + 1)})
    return Reading(announcements=announcements, next=following)


def named_feed(document: Document) -> Reading:
    """A feed; or the feeds that a page names in its head, those of comments left out."""
    try:
        return feed(document)
    except ValueError:
        root = parse(decode(document.body, document.headers.get("content-type")))
        links = root.iter("link") if root is not None else ()
        named = [joined(document.url, link.get("href")) for link in links if _names_a_feed(link)]
        own = dict.fromkeys(url for url in named if url and host_of(url) == host_of(document.url))
        if not own:
            raise
        return Reading(listings=tuple(Announcement(url=url) for url in own))


def _names_a_feed(link: etree._Element) -> bool:
    told = f"{link.get('href')} {link.get('title')}".lower()
    return "alternate" in (link.get("rel") or "").lower().split() and link.get("type") in FEED_TYPES and not OF_COMMENTS.search(told)


def _rss(root: etree._Element, document: Document) -> Iterator[Announcement]:
    for item in root.iter("{*}item"):
        if url := joined(document.url, item.findtext("{*}link")):
            published = _rfc822(item.findtext("pubDate")) or moment(item.findtext("{*}date"))
            yield announced(url, document.zone, published=published)


def _atom(root: etree._Element, document: Document) -> Iterator[Announcement]:
    for entry in root.iter(f"{ATOM}entry"):
        links = [link for link in entry.iterfind(f"{ATOM}link") if link.get("rel") in (None, "alternate")]
        href = next((link.get("href") for link in links if link.get("href")), None)
        if url := joined(document.url, href):
            published, updated = (moment(entry.findtext(f"{ATOM}{name}")) for name in ("published", "updated"))
            yield announced(url, document.zone, published=published, modified=updated)


def _rfc822(text: str | None) -> datetime | None:
    try:
        read = parsedate_to_datetime((text or "").strip())
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _json(document: Document) -> Any:
    refuse_too_many(document.body, b"[", b"{")
    try:
        return json.loads(document.body)
    except (ValueError, RecursionError) as error:
        raise ValueError("no JSON") from error


def _xml(body: bytes) -> etree._Element | None:
    refuse_too_many(body, b"<")
    try:
        return etree.fromstring(body.strip(), parser=etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
