"""The rows of an article: what is stored of it, and how a new reading is woven into its revisions."""

import json
from collections.abc import Iterable
from typing import Any

from archive.records import Article, fingerprint

Row = dict[str, Any]

LISTS = ("authors", "editors", "tags", "labels", "flags")
"""Columns that hold a JSON array, or null when there is nothing in it."""

REPEATED = ("article", "captured_at", "page_sha256", "fingerprint")
"""What is kept of a capture that told what the one before it told."""


NOT_IN_ARTICLES = {"article", "number", "sources", "removed", "page_sha256", "fingerprint"}
"""What is told of a revision only."""


def revision_row(article: Article) -> Row:
    """One reading of an article as a row of `revisions`, without its number."""
    published = article.published
    return {
        "article": article.id,
        "title": article.title,
        "body": article.body,
        "published": published and published.iso,
        "published_raw": (published and published.raw) or None,
        "published_precision": published and published.precision,
        "published_source": (published and published.source) or None,
        "modified": article.modified and article.modified.iso,
        **{name: as_json(getattr(article, name)) for name in LISTS},
        "byline": article.byline,
        "place": article.place,
        "section": article.section,
        "image": article.image,
        "image_caption": article.image_caption,
        "image_credit": article.image_credit,
        "credited_source": article.credited_source,
        "canonical_url": article.canonical_url,
        "captured_at": article.captured_at.isoformat(timespec="seconds"),
        "body_sha256": article.body_sha256,
        "sources": json.dumps(dict(article.sources)),
        "removed": as_json([{"rule": line.rule, "text": line.text} for line in article.removed]),
        "page_sha256": article.page_sha256,
        "fingerprint": article.fingerprint,
    }


def as_json(values: Iterable[Any]) -> str | None:
    """A JSON array, or None for nothing."""
    found = list(values)
    return json.dumps(found, ensure_ascii=False) if found else None


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

    A reading of the same capture replaces the older reading (the rules changed, not the story). Of neighbours that tell the
    same the earliest is the revision and the others are repeats, so the order in which captures arrive makes no difference.
    """
    return _told([*_without(readings, capture_of(new)), new])


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
