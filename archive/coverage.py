"""What was announced on each day and what became of it: was it silent, or did we miss it? And the addresses behind each figure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from archive import ledger

SAW = ("finished", "incomplete")
"""Outcomes of crawls that read what the portal announced; one that was stopped or found the portal unreachable did not."""

FIGURES: dict[str, tuple[str, ...]] = {
    "archived": (ledger.ARCHIVED,),
    "unchanged": (ledger.UNCHANGED,),
    "gone": (ledger.GONE,),
    "refused": (ledger.ROBOTS, ledger.NOT_ARTICLE),
    "failed": (ledger.FAILED,),
    "waiting": (ledger.ANNOUNCED, ledger.FETCHED),
}
"""The states that each figure counts; what was announced is the sum of all."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A day with announcements, or several days in a row without."""

    portal: str
    first: date | None
    """None for announcements of which no day is known."""
    last: date | None
    announced: int = 0
    archived: int = 0
    unchanged: int = 0
    gone: int = 0
    refused: int = 0
    failed: int = 0
    waiting: int = 0
    verdict: str = ""
    """`all held`, `all settled` (some gone or no article), `missed` (some failed) or `waiting`; of days without announcements
    `silent`, or `unknown` where the portal's listings were not read to their end or could not be read."""
    gap: bool = False
    """Whether nothing was announced, and something was before and after."""


def coverage(database: Database, *, portals: tuple[str, ...] = (), since: str | None = None, until: str | None = None) -> Iterator[Span]:
    """The days of each portal in order, days without announcements as one span, and last what has no day."""
    known = [row["name"] for row in database.query("select name from portals order by name")]
    for portal in known:
        if not portals or portal in portals:
            yield from _of_portal(database, portal, since, until)


def addresses(database: Database, span: Span, states: Collection[str] = ledger.STATES) -> Iterator[dict[str, Any]]:
    """The addresses behind the figures of a span, those in some states only if asked: by state, each with its reason."""
    if span.announced:
        yield from database.query(
            f"""
            select url, state, reason, detail, attempts, next_try, article from ledger
            where portal = ? and day is ? and state in ({", ".join("?" * len(states))}) order by state, url
            """,
            [span.portal, span.first and span.first.isoformat(), *states],
        )


def _of_portal(database: Database, portal: str, since: str | None, until: str | None) -> Iterator[Span]:
    silence = "silent" if _read_to_the_end(database, portal) else "unknown"
    previous = date.fromisoformat(since) - ONE_DAY if since else None
    ends = _ends(database, portal)
    undated: list[Span] = []
    for day, counts in _days(database, portal, since, until):
        span = Span(portal=portal, first=day, last=day, verdict=_verdict(counts), announced=sum(counts.values()), **counts)
        if day is None:
            undated.append(span)
            continue
        yield from _without(portal, previous, day, silence, ends)
        previous = day
        yield span
    for looked, verdict in ((_last_crawl(database, portal, SAW), silence), (_last_crawl(database, portal), "unknown")):
        # The day of a crawl was not over when it looked.
        following = min(looked, date.fromisoformat(until) + ONE_DAY) if looked and until else looked
        if previous and following and following > previous:
            yield from _without(portal, previous, following, verdict, ends)
            previous = following - ONE_DAY
    yield from undated


def _days(database: Database, portal: str, since: str | None, until: str | None) -> Iterator[tuple[date | None, dict[str, Any]]]:
    """Each day with announcements and its figures, in order; last those of which no day is known."""
    figures = ", ".join(f"sum({' or '.join(f'state = {state!r}' for state in states)}) as {name}" for name, states in FIGURES.items())
    between = [f"day {sign} :{name}" for sign, name, given in ((">=", "since", since), ("<=", "until", until)) if given]
    for row in database.query(
        f"select day, {figures} from ledger where {' and '.join(['portal = :portal', *between])} group by day order by day is null, day",
        {"portal": portal, "since": since, "until": until},
    ):
        day = row.pop("day")
        yield (date.fromisoformat(day) if day else None), row


def _ends(database: Database, portal: str) -> tuple[date, date] | None:
    """The first and the last day of which anything was announced, or None."""
    # Two questions: one for both would walk over all days between them.
    first, last = (
        database.execute(f"select {end}(day) from ledger where portal = ? and day is not null", [portal]).fetchone()[0]
        for end in ("min", "max")
    )
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None


def _without(portal: str, previous: date | None, following: date, silence: str, ends: tuple[date, date] | None) -> Iterator[Span]:
    """The days between two, where there are any."""
    if previous and following - previous > ONE_DAY:
        first, last = previous + ONE_DAY, following - ONE_DAY
        yield Span(portal=portal, first=first, last=last, verdict=silence, gap=ends is not None and ends[0] < first and last < ends[1])


def _last_crawl(database: Database, portal: str, outcomes: tuple[str, ...] = ()) -> date | None:
    """The day of the portal's last crawl that ended, or ended so."""
    ended = f"outcome in ({', '.join('?' * len(outcomes))})" if outcomes else "finished is not null"
    (started,) = database.execute(f"select max(started) from crawls where portal = ? and {ended}", [portal, *outcomes]).fetchone()
    return date.fromisoformat(started[:10]) if started else None


def _verdict(counts: dict[str, int]) -> str:
    if counts["failed"]:
        return "missed"
    if counts["waiting"]:
        return "waiting"
    return "all settled" if counts["gone"] or counts["refused"] else "all held"


def _read_to_the_end(database: Database, portal: str) -> bool:
    """Whether some way to the portal's stories was followed to its end, so that silence means that nothing was announced.

    An index of sitemaps is at its end when each sitemap that it names has been read.
    """
    found = database.execute(
        """
        select 1 from listings as way where portal = ? and parent is null and complete
        and not exists (select 1 from listings as named where named.parent = way.url and not named.complete) limit 1
        """,
        [portal],
    )
    return found.fetchone() is not None
