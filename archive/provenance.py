"""Where a text comes from: the capture it was read from, the rules that read it, what found each field, and what other rules had read."""

import json
from typing import Any

from sqlite_utils import Database

from archive.captures import facts_of
from archive.revisions import LISTS, OF_A_DATE, READ

Record = dict[str, Any]

FIELDS = tuple(name for name in READ if name not in ("origin", "removed", *OF_A_DATE))


def provenance(database: Database, pages: Database | None, record: Record, number: int) -> Record:
    """What is known of the origin of a revision of an article, as `archive.read.article` gives it.

    `capture` (null but for moment and hash where `pages`, the database of the pages, is not at hand), `rules`, `fields` with value,
    source and what found each, `removed` with the row that took each line off, and `superseded`, what other rules had read, newest first.
    """
    revision = record["revisions"][number - 1]
    capture = revision["captured_at"], revision["page_sha256"]
    known = facts_of(pages, record["portal"], capture) if pages else None
    rules = next(iter(database.table("rules").rows_where("version = ?", [revision["rules"]])), None)
    return {
        "article": record["id"],
        "url": record["url"],
        "portal": record["portal"],
        "revision": number,
        "capture": (known or {}) | {"captured_at": capture[0], "page_sha256": capture[1]},
        "rules": rules | {"rules": json.loads(rules["rules"])} if rules else {"version": revision["rules"]},
        "fields": [_field(revision, name) for name in FIELDS if revision[name]],
        "removed": revision["removed"],
        "superseded": [_superseded(row) for row in _of_capture(database, record["id"], capture)],
    }


def _field(revision: Record, name: str) -> Record:
    told = {"field": name, "value": revision[name], "source": revision["sources"].get(name), "found_by": revision["found_by"].get(name)}
    return told | ({"printed": revision["published_raw"]} if name == "published" else {})


def _of_capture(database: Database, article: str, capture: tuple[str, str]) -> list[Record]:
    where = "article = ? and captured_at = ? and page_sha256 = ?"
    return list(database.table("superseded").rows_where(where, [article, *capture], order_by="id desc"))


def _superseded(row: Record) -> Record:
    """An older reading: until when it stood, by which rules, and what it had told otherwise."""
    told = json.loads(row["told"])
    return {
        "until": row["until"],
        "rules": row["rules"],
        "body_sha256": told["body_sha256"],
        "fields": {name: json.loads(told[name]) if name in LISTS and told[name] else told[name] for name in FIELDS if name in told},
    }
