"""Articles withdrawn from readers: the record stays, what it told lies aside until it is given back.

The row in `articles` keeps what identifies and proves the text and loses all that it told; its revisions wait in `withheld`,
which the reading room denies. Captures that come later are woven in there.
"""

import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from archive import events
from archive.errors import ArchiveError
from archive.revisions import Row, current, stored

RECORD = ("published", "published_precision", "captured_at", "body_sha256", "revision", "first_seen")
"""What the row of a withdrawn article still says: when the story was published and captured, and the hash that proves its text."""


def blank(row: Row) -> Row:
    """The columns of a current row without what the article told."""
    return {name: value if name in RECORD else "" if name in ("title", "body") else None for name, value in row.items()}


def shown(row: Row, *, withdrawn: bool) -> Row:
    """The columns of a current row as they stand in `articles`."""
    return blank(row) if withdrawn else row


def withheld(database: Database, article: str) -> list[Row]:
    """The revisions of a withdrawn article, as rows of `revisions`."""
    return [json.loads(row["row"]) for row in database.table("withheld").rows_where("article = ?", [article], order_by="number")]


def withhold(database: Database, revisions: list[Row]) -> None:
    """Lay revisions aside; inside the caller's transaction."""
    database.table("withheld").insert_all(
        {"article": row["article"], "number": row["number"], "row": json.dumps(row, ensure_ascii=False)} for row in revisions
    )


def withdraw(database: Database, record: Row, revisions: list[Row], reason: str, at: datetime) -> None:
    """Take the text of an article out of search, browse and dumps, with that of its revisions; inside the caller's transaction."""
    identity, day = record["id"], at.isoformat(timespec="seconds")
    if record["withdrawn_at"]:
        raise ArchiveError(f"{identity} is withdrawn already, since {record['withdrawn_at'][:10]}: {record['withdrawn_reason']}")
    withhold(database, revisions)
    database.table("revisions").delete_where("article = ?", [identity])
    database.table("articles").update(identity, blank(current(revisions)) | {"withdrawn_at": day, "withdrawn_reason": reason})
    events.note(database, events.WITHDRAW, "withdrawn", at=at, article=identity, detail={"reason": reason})


def give_back(database: Database, identity: str, at: datetime) -> None:
    """Undo a withdrawal: everything is where it was, with what was captured since; inside the caller's transaction."""
    record = database.table("articles").get(identity)
    if not record["withdrawn_at"]:
        raise ArchiveError(f"{identity} is not withdrawn; `arsip withdraw --list` names those that are.")
    revisions = withheld(database, identity)
    database.table("withheld").delete_where("article = ?", [identity])
    if revisions:
        database.table("revisions").insert_all(stored(revisions))
        database.table("articles").update(identity, current(revisions) | {"withdrawn_at": None, "withdrawn_reason": None})
    else:
        # Better rules had said meanwhile that none of its captures was an article.
        database.table("articles").delete(identity)
    detail = {"withdrawn_at": record["withdrawn_at"], "reason": record["withdrawn_reason"]}
    events.note(database, events.UNDO, "given back" if revisions else "no article any more", at=at, article=identity, detail=detail)


def withdrawn(database: Database) -> list[dict[str, Any]]:
    """The withdrawn articles with day and reason, the last one first."""
    columns = "id, portal, url, published, withdrawn_at, withdrawn_reason as reason"
    return list(database.query(f"select {columns} from articles where withdrawn_at is not null order by withdrawn_at desc, id"))
