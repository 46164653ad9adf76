"""Runs: the crawls of many portals in one process, and which portals are due for one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from archive.database import WriterLock, writing

LONGEST_WAIT = timedelta(days=7)
"""How long a portal that cannot be reached is left alone at most."""
DOWN = ("unreachable", "nothing found", "no articles")
"""Outcomes of crawls that found a portal down, behind a wall, or another than it was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A run as it begins."""

    id: str
    started: datetime
    jobs: int
    """How many portals are crawled at a time."""
    asked: tuple[str, ...] = ()
    """The portals that were named; none means those that are due."""


class Runs:
    """The runs of an open archive."""

    def __init__(self, database: Database, lock: WriterLock) -> None:
        self._db = database
        self._lock = lock

    def begin(self, run: Run) -> None:
        """Note a run that starts; as long as it has no outcome it runs, or was killed."""
        row = {"id": run.id, "started": run.started.isoformat(timespec="seconds"), "jobs": run.jobs, "asked": json.dumps(run.asked)}
        with writing(self._db, self._lock):
            self._db.table("runs").insert(row)

    def end(self, run: str, *, at: datetime, outcome: str, report: Mapping[str, Any]) -> None:
        """Note how a run ended: `finished`, `failed` (some portal's crawl did), or why it was stopped; and what it reported."""
        changes = {"finished": at.isoformat(timespec="seconds"), "outcome": outcome, "report": json.dumps(report, ensure_ascii=False)}
        with writing(self._db, self._lock):
            self._db.table("runs").update(run, changes)


def due_portals(database: Database, portals: Sequence[str], *, at: datetime, every: timedelta) -> list[str]:
    """Those of the portals that are due for a crawl, the longest waiting first; those that never were crawled before all others."""
    waiting: list[tuple[str, str]] = []
    for portal in portals:
        rows = database.execute(
            "select started, outcome from crawls where portal = ? order by started desc, id desc limit 12", [portal]
        ).fetchall()
        if not rows:
            waiting.append(("", portal))
        elif datetime.fromisoformat(rows[0][0]) + wait([outcome for _, outcome in rows], every) <= at:
            waiting.append((rows[0][0], portal))
    return [portal for _, portal in sorted(waiting)]


def wait(outcomes: Sequence[str | None], every: timedelta) -> timedelta:
    """How long a portal waits after its latest crawl, by the outcomes of the last ones, latest first.

    A crawl without an outcome was killed: the next may follow at once. A portal that is down is asked ever more rarely.
    """
    if outcomes and outcomes[0] is None:
        return timedelta()
    down: int = 0
    for outcome in outcomes:
        if outcome not in DOWN:
            break
        down += 1
    longest = max(LONGEST_WAIT, every)
    return min(every * int(2**down), longest)
