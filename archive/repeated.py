"""Paragraphs that stand in many articles of one portal: what its pages print around every story, and no table knows yet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

DIGITS = re.compile(r"\d+")
SLOTS = 1 << 23
"""Counters of the first walk, a power of two: a million articles have ten million paragraphs, most of which stand in one only."""
MOST = 255
"""What a counter counts to."""
EXAMPLES = 3


@dataclass(kw_only=True, slots=True)
class Repeated:
    """A paragraph and the articles that it stands in."""

    text: str
    """White space is folded, and digits are where that was asked."""
    articles: int = 0
    share: float = 0.0
    """Of the portal's articles, 0 to 1."""
    first: str | None = None
    """The day of the first of them: of its publication, or of its first capture where that is not known."""
    last: str | None = None
    examples: list[str] = field(default_factory=list)
    """Ids of some of them."""


def repeated(
    database: Database, portal: str, *, least: int, digits: bool = False, step: Callable[[], object] = lambda: None
) -> list[Repeated]:
    """The paragraphs that stand in at least so many articles of a portal, the most frequent first. `step` is called twice an article.

    The first walk counts by hash, in two arrays of a fixed size; the second counts exactly what may be frequent, and keeps only that.
    """
    slots, walked = (bytearray(SLOTS), bytearray(SLOTS)), 0
    for _, _, paragraphs in _walk(database, portal, digits=digits):
        walked += 1
        for paragraph in paragraphs:
            for counters, place in zip(slots, _places(paragraph), strict=True):
                counters[place] = min(counters[place] + 1, MOST)
        step()
    found: dict[str, Repeated] = {}
    enough = min(least, MOST)
    for identity, day, paragraphs in _walk(database, portal, digits=digits):
        for paragraph in paragraphs:
            if all(counters[place] >= enough for counters, place in zip(slots, _places(paragraph), strict=True)):
                _note(found.setdefault(paragraph, Repeated(text=paragraph)), identity, day)
        step()
    for row in found.values():
        row.share = row.articles / walked
    return sorted((row for row in found.values() if row.articles >= least), key=lambda row: (-row.articles, row.text))


def folded(paragraph: str, *, digits: bool = False) -> str:
    """A paragraph as it is compared."""
    text = " ".join(paragraph.split())
    return DIGITS.sub("0", text) if digits else text


def size(database: Database, portal: str) -> int:
    """How many articles of a portal are walked over."""
    (found,) = database.execute("select count(*) from articles where portal = ? and withdrawn_at is null", [portal]).fetchone()
    return int(found)


def _walk(database: Database, portal: str, *, digits: bool) -> Iterator[tuple[str, str, set[str]]]:
    """Each article of a portal that can be read: id, day, and its paragraphs, each once."""
    rows = database.execute(
        """
        select id, substr(coalesce(published, first_seen), 1, 10), body from articles
        where portal = ? and withdrawn_at is null order by published, id
        """,
        [portal],
    )
    for identity, day, body in rows:
        yield identity, day, {text for each in body.split("\n\n") if (text := folded(each, digits=digits))}


def _places(paragraph: str) -> tuple[int, int]:
    """Where a paragraph is counted."""
    number = hash(paragraph)
    return number & (SLOTS - 1), number >> 32 & (SLOTS - 1)


def _note(row: Repeated, identity: str, day: str) -> None:
    row.articles += 1
    row.first = min(row.first or day, day)
    row.last = max(row.last or day, day)
    if len(row.examples) < EXAMPLES:
        row.examples.append(identity)
