"""The rows of an article: what is stored of it, and how a new reading is woven into its revisions."""

import json
from collections.abc import Iterable
from typing import Any

from archive.records import Article

Row = dict[str, Any]

LISTS = ("authors", "editors", "tags", "labels", "flags")
"""Columns that hold a JSON array, or null when there is nothing in it."""


def revision_row(article: Article) -> Row:
    """One reading of an article as a row of `revisions`, without its number."""
    published = article.published
    return {
        "article": article.id,
        "title": article.title,
        "body": article.body,
        "published": published and published.iso,
        "published_raw": published and published.raw,
        "published_precision": published and published.precision,
        "published_source": published and published.source,
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
    """Which capture a revision was read from."""
    return row["captured_at"], row["page_sha256"]


def weave(revisions: list[Row], new: Row) -> list[Row]:
    """The revisions of an article, oldest first and numbered, with `new` among them.

    A reading of the same capture replaces the older reading (the rules changed, not the story). Of neighbours that tell
    the same only the earliest stays, so a capture that brought nothing new leaves no trace here.
    """
    kept = [row for row in revisions if capture_of(row) != capture_of(new)]
    ordered = sorted([*kept, new], key=capture_of)
    return numbered(ordered)


def unpick(revisions: list[Row], capture: tuple[str, str]) -> list[Row]:
    """The revisions without the one that was read from `capture`."""
    return numbered([row for row in revisions if capture_of(row) != capture])


def numbered(ordered: list[Row]) -> list[Row]:
    """Rows with neighbours that tell the same made one, numbered from 1."""
    told: list[Row] = []
    for row in ordered:
        if not told or told[-1]["fingerprint"] != row["fingerprint"]:
            told.append({**row, "number": len(told) + 1})
    return told
