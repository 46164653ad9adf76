"""Replays: how far each came over the captures, by which rules, and what it found; one that was stopped is gone on with."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Begun:
    """A replay that has not ended."""

    id: int
    started: datetime
    last: int
    """Row id of the capture that it came to; 0 at the beginning."""
    counts: dict[str, Any]
    """What it had found until there, as it was noted."""


def begin(database: Database, portals: Iterable[str], rules: Mapping[str, str], counts: Any, *, at: datetime) -> Begun:
    """A replay of portals by these versions of their rules, now begun; the one that was stopped, where there is one of the same.

    Inside the caller's transaction.
    """
    asked = {"portals": json.dumps(sorted(portals)), "rules": json.dumps(dict(sorted(rules.items())))}
    same = "finished is null and portals = :portals and rules = :rules"
    for row in database.table("replays").rows_where(same, asked, order_by="id desc", limit=1):
        return Begun(row["id"], datetime.fromisoformat(row["started"]), row["last"], json.loads(row["counts"]))
    row = asked | {"started": at.isoformat(timespec="seconds"), "last": 0, "counts": json.dumps(counts)}
    key = database.table("replays").insert(row).last_pk
    assert isinstance(key, int)
    return Begun(key, at, 0, json.loads(row["counts"]))


def advance(database: Database, replay: int, *, last: int, counts: Any) -> None:
    """Note how far a replay came; inside the transaction that keeps what it made on the way."""
    database.execute("update replays set last = ?, counts = ? where id = ?", [last, json.dumps(counts), replay])


def finish(database: Database, replay: int, *, at: datetime) -> None:
    """Note that a replay came to its end; inside the caller's transaction."""
    database.execute("update replays set finished = ? where id = ?", [at.isoformat(timespec="seconds"), replay])
