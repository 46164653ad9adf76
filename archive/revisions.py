"""The rows of an article: what is stored of it, and how a new reading is woven into its revisions."""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from typing import Any

from archive.records import Article, fingerprint

Row = dict[str, Any]

LISTS = ("authors", "editors", "tags", "labels", "flags")
"""Columns that hold a JSON array, or null when there is nothing in it."""

READ = (
    *("title", "body", "published", "published_raw", "published_precision", "published_source", "modified", *LISTS, "byline", "place"),
    *("section", "image", "image_caption", "image_credit", "credited_source", "canonical_url", "origin", "removed"),
)
"""The columns of a revision that the press fills; two readings that have the same in them are the same."""

OF_A_DATE = ("published_raw", "published_precision", "published_source")
"""Columns that say more of a date, and are told with it."""

REPEATED = ("article", "captured_at", "page_sha256", "fingerprint")
"""What is kept of a capture that told what the one before it told."""

NOT_IN_ARTICLES = {"article", "number", "origin", "rules", "removed", "page_sha256", "fingerprint"}
"""What is told of a revision only."""

ORIGIN_DIGITS = 16
_quoted = json.encoder.encode_basestring
"""A string as JSON, with all that is not ASCII left as it is."""


def revision_row(article: Article) -> Row:
    """One reading of an article as a row of `revisions`, without its number."""
    return dict(zip(READ, read_values(article), strict=True)) | {
        "article": article.id,
        "rules": article.rules_version,
        "captured_at": article.captured_at.isoformat(timespec="seconds"),
        "body_sha256": article.body_sha256,
        "page_sha256": article.page_sha256,
        "fingerprint": article.fingerprint,
    }


def read_values(article: Article) -> tuple[str | None, ...]:
    """The values of `READ`, in its order."""
    published = article.published
    return (
        article.title,
        article.body,
        *((published.iso, published.raw or None, published.precision, published.source or None) if published else NO_DATE),
        article.modified.iso if article.modified else None,
        _array(article.authors),
        _array(article.editors),
        _array(article.tags),
        _array(article.labels),
        _array(article.flags),
        article.byline,
        article.place,
        article.section,
        article.image,
        article.image_caption,
        article.image_credit,
        article.credited_source,
        article.canonical_url,
        origin(article.sources, article.found_by)[0],
        _list(f'{{"rule": {_quoted(line.rule)}, "text": {_quoted(line.text)}}}' for line in article.removed),
    )


NO_DATE = (None, None, None, None)


@lru_cache(maxsize=4096)
def _array(values: tuple[str, ...]) -> str | None:
    """A JSON array, or None for nothing. A portal's stories share most of their tags and authors."""
    return _list(map(_quoted, values))


def _list(values: Iterable[str]) -> str | None:
    """What `json.dumps` makes of a list, or None for nothing; put together here, as it is done for every reading ever compared."""
    return f"[{told}]" if (told := ", ".join(values)) else None


@lru_cache(maxsize=4096)
def origin(sources: tuple[tuple[str, str], ...], found_by: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Where the fields of a reading were found, as a row of `origins`: its id, and JSON of `{field: [source, what found it]}`.

    The readings of a portal share a few of them.
    """
    by = dict(found_by)
    fields = json.dumps({field: [source, by.get(field)] for field, source in sources}, ensure_ascii=False)
    return hashlib.sha256(fields.encode()).hexdigest()[:ORIGIN_DIGITS], fields


def capture_of(row: Row) -> tuple[str, str]:
    """Which capture a reading was made of."""
    return row["captured_at"], row["page_sha256"]


def revisions_of(readings: list[Row]) -> list[Row]:
    """The readings that told something new, as rows of `revisions`."""
    return [row for row in readings if "number" in row]


def current(revisions: list[Row]) -> Row:
    """The columns of an article as it stands, by its revisions, oldest first."""
    latest = revisions[-1]
    told = {name: value for name, value in latest.items() if name not in NOT_IN_ARTICLES}
    return told | {"revision": latest["number"], "first_seen": revisions[0]["captured_at"]}


def stored(revisions: list[Row]) -> list[Row]:
    """Revisions, oldest first, as rows of `revisions`: the text of the latest stands in `articles`."""
    return [*revisions[:-1], revisions[-1] | {"body": None}] if revisions else []


def fingerprint_of(row: Row) -> str:
    """The fingerprint of what a row of `revisions` tells, as `Article.fingerprint`."""
    lists = {name: json.loads(row[name] or "[]") for name in ("authors", "editors", "labels")}
    return fingerprint(
        row["title"], row["body"], row["published"], lists["authors"], lists["editors"], row["credited_source"], lists["labels"]
    )


def repeats_of(readings: list[Row]) -> list[Row]:
    """The readings that told what the one before them told, as rows of `repeats`."""
    return [row for row in readings if "number" not in row]


def weave(readings: list[Row], new: Row) -> list[Row]:
    """The readings of an article, oldest first, with `new` among them.

    A reading of the same capture replaces the older reading (the rules changed, not the story), and the captures that repeated that one
    repeat this one until they are read again. Of neighbours that tell the same the earliest is the revision and the others are repeats, so
    the order in which captures arrive makes no difference.
    """
    older = reading_of(readings, capture_of(new))
    if older and same_reading(older, new):
        return readings
    if older and "number" in older:
        readings = _followed(readings, older, new["fingerprint"])
    return _told([*_without(readings, capture_of(new)), new])


def reading_of(readings: list[Row], capture: tuple[str, str]) -> Row | None:
    """The reading that was made of a capture, or None."""
    return next((row for row in readings if capture_of(row) == capture), None)


def same_reading(older: Row, newer: Row) -> bool:
    """Whether a capture was read as it had been, by whatever rules, as long as it is known by which."""
    return tells_the_same(older, newer) and ("number" not in older or (older["rules"] is not None and older["origin"] == newer["origin"]))


def tells_the_same(older: Row, newer: Row) -> bool:
    """Whether two readings have the same in them, wherever it was found."""
    if "number" not in older:
        return bool(older["fingerprint"] == newer["fingerprint"])
    return all(older[name] == newer[name] for name in READ if name != "origin")


def _followed(readings: list[Row], older: Row, fingerprint: str) -> list[Row]:
    """The readings with those that repeat `older` told as repeats of what it is read as now."""
    place = readings.index(older) + 1
    repeats = list(takewhile(lambda row: "number" not in row, readings[place:]))
    return [*readings[:place], *(row | {"fingerprint": fingerprint} for row in repeats), *readings[place + len(repeats) :]]


def unpick(readings: list[Row], capture: tuple[str, str]) -> list[Row]:
    """The readings without the one that was made of `capture`."""
    return _told(_without(readings, capture))


def _without(readings: list[Row], capture: tuple[str, str]) -> list[Row]:
    return [row for row in readings if capture_of(row) != capture]


def _told(readings: list[Row]) -> list[Row]:
    """Readings in order: a revision, numbered from 1, where one tells something else than the one before it, else a repeat."""
    texts = {row["fingerprint"]: row for row in readings if "body" in row}
    told: list[Row] = []
    number, before = 0, None
    for row in sorted(readings, key=capture_of):
        if row["fingerprint"] not in texts:
            # A repeat of a text that better rules read otherwise: the replay that brought them comes to its capture too.
            continue
        if row["fingerprint"] == before:
            told.append({name: row[name] for name in REPEATED})
            continue
        number, before = number + 1, row["fingerprint"]
        told.append({**texts[before], **row, "number": number})
    return told
