"""The rows that tell a story: its article, its revisions, the captures that repeated them, and what older rules had read.

The text of the latest revision stands in `articles` only, unless the article is withdrawn; it is put in and taken out here, so nobody else
has to know. Everything happens within the caller's transaction. The SQL is written out: these few statements are what storing costs.
"""

import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from archive import withdrawals
from archive.records import Article
from archive.revisions import (
    READ,
    REPEATED,
    Row,
    capture_of,
    current,
    origin,
    read_values,
    reading_of,
    repeats_of,
    revision_row,
    revisions_of,
    stored,
)

_READ = ", ".join(f"articles.{name}" if name in ("title", "body") else f"revisions.{name}" for name in READ)
LATEST = f"""
    select articles.captured_at, revisions.page_sha256, revisions.fingerprint, revisions.rules, {_READ}
    from articles join revisions on revisions.article = articles.id and revisions.number = articles.revision
    where articles.id = ? and articles.gone_at is null
"""
FACTS = 4
"""Columns of that before those that the press fills."""
REVISIONS = ("article", "number", *READ, "rules", "captured_at", "body_sha256", "page_sha256", "fingerprint")
ARTICLES = ("id", "docid", "portal", "url", *(name for name in READ if name not in ("origin", "removed")), "captured_at", "body_sha256")


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"insert into {table} ({', '.join(columns)}) values ({', '.join(f':{name}' for name in columns)})"


INSERT_REVISION = _insert("revisions", REVISIONS)
INSERT_ARTICLE = _insert("articles", (*ARTICLES, "revision", "first_seen"))
INSERT_REPEAT = _insert("repeats", REPEATED).replace("insert", "insert or ignore", 1)


def adds_nothing(database: Database, article: Article, *, dry: bool = False) -> bool:
    """Whether a reading tells what the latest revision of its story tells; the capture is then noted as one that repeated it.

    This is what becomes of most readings, so it is found out with one question. That it is not so may also mean that more has to be asked.
    """
    latest = database.conn.execute(LATEST, [article.id]).fetchone()
    if latest is None:
        return False
    captured_at, page_sha256, fingerprint, rules = latest[:FACTS]
    at = article.captured_at.isoformat(timespec="seconds")
    if (at, article.page_sha256) == (captured_at, page_sha256):
        return rules is not None and latest[FACTS:] == read_values(article)
    if at <= captured_at or article.fingerprint != fingerprint:
        return False
    if not dry:
        values = {"article": article.id, "captured_at": at, "page_sha256": article.page_sha256, "fingerprint": fingerprint}
        database.conn.execute(INSERT_REPEAT, values)
    return True


def holds(database: Database, identity: str) -> bool:
    """Whether an article is there."""
    return database.conn.execute("select 1 from articles where id = ?", [identity]).fetchone() is not None


def read_otherwise(database: Database, article: Article) -> tuple[str, str] | None:
    """The capture of the revision that a new text would follow, where other rules read it; None where it follows none, or is none."""
    latest = database.conn.execute(LATEST, [article.id]).fetchone()
    if latest is None:
        return None
    captured_at, page_sha256, fingerprint, rules = latest[:FACTS]
    later = article.captured_at.isoformat(timespec="seconds") > captured_at
    return (captured_at, page_sha256) if later and fingerprint != article.fingerprint and rules != article.rules_version else None


def known_row(database: Database, identity: str) -> Row | None:
    """The row of an article, or None."""
    return next(iter(database.table("articles").rows_where("id = ?", [identity])), None)


def revisions(database: Database, known: Row) -> list[Row]:
    """The revisions of an article with their texts, oldest first."""
    if known["withdrawn_at"]:
        return withdrawals.withheld(database, known["id"])
    rows = list(database.table("revisions").rows_where("article = ?", [known["id"]], order_by="number"))
    return [row | {"body": known["body"]} if row["number"] == known["revision"] else row for row in rows]


def readings(database: Database, known: Row) -> list[Row]:
    """The revisions of an article with their texts and the captures that repeated them, in the order of capture."""
    repeats = database.table("repeats").rows_where("article = ?", [known["id"]])
    return sorted([*revisions(database, known), *repeats], key=capture_of)


def reading(database: Database, identity: str, capture: tuple[str, str]) -> Row | None:
    """What a capture was read as: its revision, or the one that it repeated; None where no article was made of it."""
    known = known_row(database, identity)
    told: Row | None = None
    for row in readings(database, known) if known else ():
        told = row if "number" in row else told
        if capture_of(row) == capture:
            return told
    return None


def add(database: Database, article: Article) -> None:
    """Store the first reading of a story."""
    row = revision_row(article)
    _keep_origin(database, article)
    (highest,) = database.conn.execute("select coalesce(max(docid), 0) from articles").fetchone()
    of_article = {"id": article.id, "docid": highest + 1, "portal": article.portal, "url": article.url}
    database.conn.execute(INSERT_ARTICLE, row | of_article | {"revision": 1, "first_seen": row["captured_at"]})
    database.conn.execute(INSERT_REVISION, row | {"number": 1, "body": None})


def write(database: Database, article: Article, known: Row, before: list[Row], after: list[Row]) -> None:
    """Bring the rows of a story that is there from `before` to `after`; those that stay as they are are not touched."""
    _keep_origin(database, article)
    withdrawn = bool(known["withdrawn_at"])
    revised = revisions_of(after)
    if withdrawn:
        # What better rules call no article stays withdrawn: still better ones may find it again.
        database.table("withheld").delete_where("article = ?", [article.id])
        withdrawals.withhold(database, revised)
    stored_before, stored_after = (_stored(rows, withdrawn=withdrawn) for rows in (before, after))
    for table, row in stored_before:
        if (table, row) not in stored_after:
            where = "article = ? and captured_at = ? and page_sha256 = ?"
            database.table(table).delete_where(where, [article.id, *capture_of(row)])
    if revised:
        _write_current(database, known, revised)
        for table, row in stored_after:
            if (table, row) not in stored_before:
                database.conn.execute(INSERT_REVISION if table == "revisions" else INSERT_REPEAT, row)
    elif not withdrawn:
        database.table("articles").delete(article.id)


def _stored(rows: list[Row], *, withdrawn: bool) -> list[tuple[str, Row]]:
    """Tables and rows in which readings stand beside the row in `articles`."""
    told = [] if withdrawn else stored(revisions_of(rows))
    return [*(("revisions", row) for row in told), *(("repeats", row) for row in repeats_of(rows))]


def _write_current(database: Database, known: Row, revised: list[Row]) -> None:
    row = withdrawals.shown(current(revised), withdrawn=bool(known["withdrawn_at"]))
    # Only what differs is set: the full-text triggers fire when title or body are named.
    changed = {name: value for name, value in row.items() if known[name] != value}
    if changed:
        database.table("articles").update(known["id"], changed)


def _keep_origin(database: Database, article: Article) -> None:
    # Asked of the database each time: what is remembered here might have been rolled back.
    if not article.refusal:
        database.conn.execute("insert or ignore into origins (id, fields) values (?, ?)", origin(article.sources, article.found_by))


def supersede(database: Database, before: list[Row], article: Article, *, at: datetime) -> None:
    """Keep what a capture was read as until now: the columns that are read otherwise, all of them where it is no article any more."""
    older = reading_of(before, (article.captured_at.isoformat(timespec="seconds"), article.page_sha256))
    if older is None or "number" not in older:
        return
    newer: Row = {} if article.refusal else revision_row(article)
    told = {name: older[name] for name in READ if article.refusal or older[name] != newer[name]}
    if told.keys() <= {"origin"}:
        return
    row: dict[str, Any] = {name: older[name] for name in ("article", "captured_at", "page_sha256", "rules")}
    told |= {"number": older["number"], "body_sha256": older["body_sha256"]}
    database.table("superseded").insert(row | {"until": at.isoformat(timespec="seconds"), "told": json.dumps(told, ensure_ascii=False)})
