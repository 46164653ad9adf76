"""What befell the archive: checks of its fixity, and articles that were withdrawn or given back."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

VERIFY, WITHDRAW, UNDO = "verify", "withdraw", "withdraw --undo"


def note(
    database: Database, what: str, outcome: str, *, at: datetime, article: str | None = None, detail: Mapping[str, Any] | None = None
) -> int:
    """The id of an event, now noted; inside the caller's transaction."""
    row = {
        "at": at.isoformat(timespec="seconds"),
        "what": what,
        "article": article,
        "outcome": outcome,
        "detail": json.dumps(detail, ensure_ascii=False) if detail else None,
    }
    key = database.table("events").insert(row).last_pk
    assert isinstance(key, int)
    return key


def latest(database: Database, what: str) -> dict[str, Any] | None:
    """The last event of a kind with its detail unpacked, or None."""
    for row in database.table("events").rows_where("what = ?", [what], order_by="id desc", limit=1):
        return row | {"detail": json.loads(row["detail"] or "{}")}
    return None
