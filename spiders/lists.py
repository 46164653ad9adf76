"""Pages that list stories, read: front pages, sections, indexes, archives of a month."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from archive.ledger import Announcement
from pipelines import dates
from pipelines.addresses import days_named, host_of, joined
from pipelines.markup import decode, parse, text_of, tidy
from pipelines.rules import Selectors
from pipelines.selectors import Tree
from spiders.listings import Document, Reader, Reading, query_of

FEWEST_WORDS = 4
"""Words of a headline; shorter links lead to sections and buttons."""
LONGEST_DATE = 60
"""Characters of a line beside a headline that may be its date."""
NEAREST = 4
"""Elements that stand around a link and may hold its date besides."""
NO_STORY = re.compile(
    r"/(?:tags?|topi[kc]|listtag|label|category|kategori|author|penulis|search|cari|page|rubrik|kanal|feeds?|wp-[a-z]+|login|indeks?|index"
    r"|terpopuler|terkini)(?:/|$)|\.(?:jpe?g|png|webp|gif|pdf|xml|mp4|css|js)$",
    re.IGNORECASE,
)
"""Paths of an address that is no story's."""
A_STORY = re.compile(r"[^/]+-[^/]+-[^/]+|/\d{4,}(?:/|-|$)|\.html?$")
"""What the path of a story has: a slug of some words, a long number, or the ending of a page."""
NEXT_WORDS = re.compile(
    r"(?:halaman |page |berita |posting(?:an)? )?(?:selanjutnya|berikutnya|lama|next|older(?: posts?| entries)?|lebih lama)"
    r"\s*[»›→>]?|[»›→>]",
    re.IGNORECASE,
)
MAY_BE_A_DATE = ("time", "date", "abbr", "span", "div", "p", "small", "li", "td", "i", "em", "h2", "h4", "h5", "h6", "a")
"""Elements that print dates beside headlines; `<date>` is no element of HTML, and is used."""
NUMBERED = re.compile(r"(?P<before>(?:/page/|[?&](?:page|halaman|hal|paged|p)=))(?P<number>\d{1,5})")


class NoListError(ValueError):
    """A page that lists no story."""


class NoStoriesError(NoListError):
    """A page that lists no story though it leads to other pages of the site; a wall before it does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """How a portal's pages list its stories; `Lists()` is right where nothing is known."""

    links: Selectors = ()
    """Links to the stories; without them, links of some words to what looks like a story's address."""
    next: Selectors = ()
    """Link to the list's next page; without it, what calls itself so or bears the next number."""
    address: str = ""
    """Pattern of the whole path of a story's address."""
    archives: str = ""
    """Pattern of the path of further lists that a page links to: the archive of a month."""


def list_page(lists: Lists) -> Reader:
    """The reader of such pages: what they link to is announced with the day that is printed beside the link."""

    def read(document: Document) -> Reading:
        root = parse(decode(document.body, document.headers.get("content-type")))
        tree = Tree(root) if root is not None else None
        urls = {link: url for link in tree.root.iter("a") if (url := _own(document, link.get("href")))} if tree else {}
        linked = dict(_stories(tree, urls, lists)) if tree else {}
        archives = _archives(urls, lists)
        if not linked and not archives and _number(document.url) == 1:
            # Behind the last page of a list stands an empty one.
            raise (NoStoriesError if urls else NoListError)("no list of stories")
        return Reading(
            # Beside a link may stand how long ago it was, by the clock of whoever reads; the address knows better where it tells.
            announcements=tuple(
                Announcement(url=url, day=_day_in(url) or _day_beside(link, document, urls, linked)) for url, link in linked.items()
            ),
            next=_next(tree, document, lists) if tree and linked else None,
            listings=archives,
        )

    return read


def by_day(read: Reader, *, first: date) -> Reader:
    """The reader of lists of one day each, `?date=2021-3-25`: behind the last page of a day stands the day before, back to `first`."""

    def read_day(document: Document) -> Reading:
        asked = query_of(document.url)
        try:
            reading = read(document)
        except NoStoriesError:
            reading = Reading()  # a day without a story
        day = date(*map(int, asked["date"].split("-"))) - timedelta(days=1)
        if reading.next or day < first:
            return reading
        return replace(reading, next=urlsplit(document.url)._replace(query=f"date={day.year}-{day.month}-{day.day}").geturl())

    return read_day


def _stories(tree: Tree, urls: dict[Element, str], lists: Lists) -> Iterator[tuple[str, Element]]:
    """Addresses of stories, each with the first link to it that may be its headline."""
    seen: set[str] = set()
    for link in tree.elements(lists.links) if lists.links else urls:
        url = urls.get(link)
        if url and url not in seen and _leads_to_a_story(link, urlsplit(url).path, lists):
            seen.add(url)
            yield url, link


def _leads_to_a_story(link: Element, path: str, lists: Lists) -> bool:
    if lists.address:
        return bool(re.fullmatch(lists.address, path))
    return bool(lists.links) or (bool(A_STORY.search(path)) and not NO_STORY.search(path) and len(_words(link)) >= FEWEST_WORDS)


def _words(link: Element) -> list[str]:
    return (tidy(text_of(link)) or link.get("title") or next((image.get("alt") or "" for image in link.iter("img")), "")).split()


def _own(document: Document, href: str | None) -> str | None:
    """A link's address where it leads to a page of the same site."""
    url = joined(document.url, href)
    return url.partition("#")[0] if url and host_of(url) == host_of(document.url) else None


def _day_in(url: str) -> str | None:
    """The day that an address names; None where it names a month only, or none."""
    first, last = days_named(url) or (None, None)
    return first.isoformat() if first and first == last else None


def _day_beside(link: Element, document: Document, urls: dict[Element, str], stories: Container[str]) -> str | None:
    """The day that is printed beside a link, in the nearest element that names no other story."""
    own, around = urls[link], link
    for _ in range(NEAREST):
        above = around.getparent()
        if above is None or any((other := urls.get(each)) and other != own and other in stories for each in above.iter("a")):
            break
        around = above
        if day := next(_days(around, document), None):
            return day
    return None


def _days(around: Element, document: Document) -> Iterator[str]:
    """What machines are told first: readers may be told `1 jam lalu`, from an element further out."""
    zone = str(document.zone)
    told = (each for element in around.iter("time", "abbr") for each in (element.get("datetime"), element.get("title")))
    for texts in (told, (tidy(text_of(element)) for element in around.iter(*MAY_BE_A_DATE))):
        for text in texts:
            if text and len(text) <= LONGEST_DATE and (stamp := dates.parse(text, zone=zone, now=document.at)):
                yield datetime.fromisoformat(stamp.iso).astimezone(document.zone).date().isoformat() if "T" in stamp.iso else stamp.iso


def _archives(urls: dict[Element, str], lists: Lists) -> tuple[Announcement, ...]:
    if not lists.archives:
        return ()
    return tuple(Announcement(url=url) for url in dict.fromkeys(urls.values()) if re.fullmatch(lists.archives, urlsplit(url).path))


def _next(tree: Tree, document: Document, lists: Lists) -> str | None:
    """The list's next page: the link that the rules name, one that says so, or one that bears the number behind this page's."""
    if lists.next:
        return next((url for link in tree.elements(lists.next) if (url := _following(document, link))), None)
    links = [*tree.root.iter("link"), *tree.root.iter("a")]
    if said := next((url for link in links if "next" in (link.get("rel") or "").split() and (url := _following(document, link))), None):
        return said
    anchors = list(tree.root.iter("a"))
    if worded := next((url for link in anchors if NEXT_WORDS.fullmatch(tidy(text_of(link))) and (url := _following(document, link))), None):
        return worded
    number = _number(document.url) + 1
    numbered = (_following(document, link) for link in anchors if tidy(text_of(link)) == str(number))
    return next((url for url in numbered if url and _number(url) == number), None)


def _following(document: Document, link: Element) -> str | None:
    url = _own(document, link.get("href"))
    return url if url and url != document.url else None


def _number(url: str) -> int:
    """The number of a list's page, as its address tells it."""
    found = NUMBERED.search(url)
    return int(found["number"]) if found else 1
