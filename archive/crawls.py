"""Every crawl: what was asked of it, how it ended, what it counted."""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.database import WriterLock, writing
from archive.errors import ArchiveError
from archive.locks import held


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
    run: str | None = None
    """The run over many portals that it belongs to."""


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

    def end(
        self,
        crawl: str,
        *,
        at: datetime,
        outcome: str,
        counts: Mapping[str, int],
        troubles: Sequence[str],
        ways: Sequence[Mapping[str, str | None]] = (),
    ) -> None:
        """Note how a crawl ended: `finished`, `incomplete`, `unreachable`, `robots.txt unreachable`, `told to wait`, `nothing
        found`, or why it was stopped.

        Each of `ways` has the name (`way`) and address (`url`) of a way to the portal's stories, its `state` (`answered`, `closed`, `not
        asked`) and, where it is closed, the `reason`.
        """
        changes = {
            "finished": at.isoformat(timespec="seconds"),
            "outcome": outcome,
            "counts": json.dumps(counts),
            "troubles": json.dumps(troubles, ensure_ascii=False) if troubles else None,
            "ways": json.dumps(ways, ensure_ascii=False) if ways else None,
        }
        with writing(self._db, self._lock):
            self._db.table("crawls").update(crawl, changes)


def crawl(database: Database, identity: str) -> dict[str, Any]:
    """The row of a crawl with its counts, troubles and ways unpacked; ArchiveError where there is none."""
    for row in database.table("crawls").rows_where("id = ?", [identity]):
        return row | {
            "counts": json.loads(row["counts"] or "{}"),
            "troubles": json.loads(row["troubles"] or "[]"),
            "ways": json.loads(row["ways"] or "[]"),
        }
    raise ArchiveError(f"The archive knows no crawl {identity!r}.")


def alone(folder: Path, portal: str) -> AbstractContextManager[None]:
    """Hold a portal's crawl lock; ArchiveError where another crawl of it is running."""
    return held(folder / f"crawling-{portal}.lock", f"Another crawl of {portal} into {folder} is running; wait until it ends.")


def latest(database: Database, portal: str) -> str | None:
    """Id of a portal's latest crawl, or None."""
    row = database.execute("select id from crawls where portal = ? order by started desc, id desc limit 1", [portal]).fetchone()
    return row[0] if row else None
