"""Sitemaps, indexes of sitemaps and news sitemaps, read. Pure functions; ValueError where a body is no such thing."""

import re
import zlib
from datetime import UTC
from io import BytesIO
from urllib.parse import urlsplit

from lxml import etree

from archive.ledger import Announcement
from pipelines.addresses import joined
from spiders.listings import Document, Reading, announced, moment, refuse_too_many

LARGEST = 50 * 1024 * 1024
"""Bytes of an unpacked sitemap, as the protocol limits them."""
LISTS_NO_STORIES = re.compile(
    r"(?:category|categories|post_tag|tag|taxonom\w+|author|users?|format|video|image)[\w-]*sitemap|sitemap[\w-]*-(?:taxonomies|users|tags?|authors?|categor\w+)"
)
"""Paths of the sitemaps that list archives of terms and authors."""
NEWS = re.compile(r"(?:^|[-_./]|sitemap|google)news(?:[-_]?(?:sitemap|index))?\.xml(?:\.gz)?$", re.IGNORECASE)
"""Paths of news sitemaps: they name the stories of the last two days only, as Google asks."""


def of_news(url: str) -> bool:
    """Whether an address is a news sitemap's.

    >>> of_news("https://contoh.com/regional/sitemap-news.xml"), of_news("https://contoh.com/sitemap-news-2021-03.xml")
    (True, False)
    """
    return NEWS.search(urlsplit(url).path) is not None


def sitemap(document: Document) -> Reading:
    """A sitemap, or an index of sitemaps; of an index those that list terms or authors are left out."""
    body = _unpacked(document.body)
    refuse_too_many(body, b"<")
    try:
        kind, rows = _read(body, document)
    except etree.XMLSyntaxError as error:
        raise ValueError("no sitemap") from error
    if kind == "urlset":
        return Reading(announcements=tuple(rows))
    if kind != "sitemapindex":
        raise ValueError("no sitemap")
    return Reading(listings=tuple(each for each in rows if not LISTS_NO_STORIES.search(urlsplit(each.url).path)))


def _read(body: bytes, document: Document) -> tuple[str, list[Announcement]]:
    """The name of the outermost element, and what its rows announce."""
    # Row by row: a sitemap as large as the protocol allows is a tree of half a gigabyte.
    events = etree.iterparse(
        BytesIO(body), events=("start", "end"), recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    kind, rows = "", []
    for event, element in events:
        name = _name(element)
        if event == "start":
            kind = kind or name
        elif name in ("url", "sitemap"):
            if row := _announced(element, document):
                rows.append(row)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return kind, rows


def _announced(row: etree._Element, document: Document) -> Announcement | None:
    """What a row announces. A news sitemap gives the time of publication in a namespace of its own, in which some forget to say so."""
    told = {_name(element): (element.text or "").strip() for element in row.iterdescendants()}
    url = joined(document.url, told.get("loc"))
    if url is None:
        return None  # one address that is none must not cost the others
    published = moment(told.get("publication_date"), zone=document.zone)
    return announced(url, document.zone, published=published, modified=moment(told.get("lastmod"), zone=UTC))


def _name(element: etree._Element) -> str:
    # A namespace whose prefix was never declared stays in the name: `news:publication_date`.
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, LARGEST)
    except zlib.error as error:
        raise ValueError("a damaged gzip file") from error
