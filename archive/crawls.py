"""Every crawl: what was asked of it, how it ended, what it counted."""

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.database import WriterLock, writing
from archive.errors import ArchiveError


@dataclass(frozen=True, kw_only=True, slots=True)
class Crawl:
    """A crawl as it begins."""

    id: str
    portal: str
    started: datetime
    origin: str | None = None
    """The mirror that was asked, when it was not the portal itself."""
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    user_agent: str | None = None
    version: str | None = None
    """Version of Arsip Warta."""


class Crawls:
    """The crawls of an open archive."""

    def __init__(self, database: Database, lock: WriterLock) -> None:
        self._db = database
        self._lock = lock

    def begin(self, crawl: Crawl) -> None:
        """Note a crawl that starts; as long as it has no outcome it runs, or was killed."""
        row = {name: getattr(crawl, name) for name in Crawl.__dataclass_fields__} | {"started": crawl.started.isoformat(timespec="seconds")}
        with writing(self._db, self._lock):
            self._db.table("crawls").insert(row)

    def end(self, crawl: str, *, at: datetime, outcome: str, counts: Mapping[str, int], troubles: Sequence[str]) -> None:
        """Note how a crawl ended: `finished`, `incomplete`, `unreachable`, `robots.txt unreachable`, `told to wait`,
        `nothing found`, or why it was stopped."""
        changes = {
            "finished": at.isoformat(timespec="seconds"),
            "outcome": outcome,
            "counts": json.dumps(counts),
            "troubles": json.dumps(troubles, ensure_ascii=False) if troubles else None,
        }
        with writing(self._db, self._lock):
            self._db.table("crawls").update(crawl, changes)


def crawl(database: Database, identity: str) -> dict[str, Any]:
    """The row of a crawl with its counts and troubles unpacked; ArchiveError where there is none."""
    for row in database.table("crawls").rows_where("id = ?", [identity]):
        return row | {"counts": json.loads(row["counts"] or "{}"), "troubles": json.loads(row["troubles"] or "[]")}
    raise ArchiveError(f"The archive knows no crawl {identity!r}.")


@contextmanager
def alone(folder: Path, portal: str) -> Iterator[None]:
    """Hold a portal's crawl lock; ArchiveError where another crawl of it is running. The lock ends with its process."""
    with (folder / f"crawling-{portal}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveError(f"Another crawl of {portal} into {folder} is running; wait until it ends.") from None
        yield


def latest(database: Database, portal: str) -> str | None:
    """Id of a portal's latest crawl, or None."""
    row = database.execute("select id from crawls where portal = ? order by started desc, id desc limit 1", [portal]).fetchone()
    return row[0] if row else None
