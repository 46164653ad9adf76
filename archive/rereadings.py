"""What other rules make of captures that were read before: which fields they change, lose and gain, and where they differ most."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from archive.records import Article
from archive.revisions import OF_A_DATE, READ, Row, revision_row

MOST = 10
"""Differences that are kept to be shown."""
FIELDS = tuple(name for name in READ if name != "origin")
CHANGED, LOST, GAINED = "changed", "lost", "gained"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A capture that other rules read otherwise."""

    article: str
    url: str
    size: int
    """Characters of headline and text that differ."""
    before: Row
    """What it told, by column."""
    after: Row
    """The same by other rules; empty where it is no article by them."""


@dataclass(kw_only=True)
class Rereadings:
    """The differences of many captures, counted, and the largest of them."""

    fields: dict[str, Counter[str]] = field(default_factory=dict)
    """For each field, how many captures `changed` it, `lost` it (it was there and is not) and `gained` it."""
    _largest: list[tuple[int, int, Difference]] = field(default_factory=list)
    _seen: int = 0

    def add(self, before: Row, article: Article) -> None:
        """Count how an article, or a refusal, differs from the row that its capture had been read as."""
        older, newer = _told(before), {} if article.refusal else _told(revision_row(article))
        for name in newer:
            if older[name] != newer[name] and name not in OF_A_DATE:
                what = LOST if newer[name] is None else GAINED if older[name] is None else CHANGED
                self.fields.setdefault(name, Counter())[what] += 1
        size = sum(_apart(older[name] or "", newer.get(name) or "") for name in ("title", "body"))
        self._seen += 1
        found = Difference(article=article.id, url=article.url, size=size, before=older, after=newer)
        # Of two of one size the first is kept; the number also keeps differences from being compared.
        heapq.heappush(self._largest, (size, -self._seen, found))
        if len(self._largest) > MOST:
            heapq.heappop(self._largest)

    def largest(self) -> list[Difference]:
        """The captures that differ most, the largest difference first."""
        return [found for *_, found in sorted(self._largest, key=lambda each: each[:2], reverse=True)]


def _told(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in FIELDS}


def _apart(older: str, newer: str) -> int:
    """How many characters stand between what two texts have in common at both ends, in the longer of them."""
    start = _common(older, newer)
    return max(len(older), len(newer)) - start - _common(older[start:][::-1], newer[start:][::-1])


def _common(left: str, right: str) -> int:
    """How many characters two texts have in common at the start."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(left), len(right)))
