"""What was announced on each day and what became of it: was it silent, or did we miss it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from archive import ledger

SAW = ("finished", "incomplete")
"""Outcomes of crawls that read what the portal announced; one that was stopped or found the portal unreachable did not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A day with announcements, or several days in a row without."""

    portal: str
    first: date | None
    """None for announcements of which no day is known."""
    last: date | None
    announced: int = 0
    held: int = 0
    gone: int = 0
    refused: int = 0
    failed: int = 0
    waiting: int = 0
    verdict: str = ""
    """`all held`, `all settled` (some gone or no article), `missed` (some failed) or `waiting`; of days without announcements
    `silent`, or `unknown` where the portal's listings were not read to their end or could not be read."""


def coverage(database: Database, *, portals: tuple[str, ...] = (), since: str | None = None, until: str | None = None) -> Iterator[Span]:
    """The days of each portal in order, days without announcements as one span, and last what has no day."""
    known = [row["name"] for row in database.query("select name from portals order by name")]
    for portal in known:
        if not portals or portal in portals:
            yield from _of_portal(database, portal, since, until)


def _of_portal(database: Database, portal: str, since: str | None, until: str | None) -> Iterator[Span]:
    silence = "silent" if _read_to_the_end(database, portal) else "unknown"
    previous = date.fromisoformat(since) - timedelta(days=1) if since else None
    undated: list[Span] = []
    for row in database.query(
        """
        select day, count(*) as announced,
            sum(state in (:archived, :unchanged)) as held,
            sum(state = :gone) as gone, sum(state in (:robots, :not_article)) as refused,
            sum(state = :failed) as failed, sum(state in (:announced, :fetched)) as waiting
        from ledger where portal = :portal and (:since is null or day >= :since) and (:until is null or day <= :until)
        group by day order by day is null, day
        """,
        {
            "portal": portal,
            "since": since,
            "until": until,
            "archived": ledger.ARCHIVED,
            "unchanged": ledger.UNCHANGED,
            "gone": ledger.GONE,
            "robots": ledger.ROBOTS,
            "not_article": ledger.NOT_ARTICLE,
            "failed": ledger.FAILED,
            "announced": ledger.ANNOUNCED,
            "fetched": ledger.FETCHED,
        },
    ):
        day = date.fromisoformat(row.pop("day")) if row["day"] else row.pop("day")
        span = Span(portal=portal, first=day, last=day, verdict=_verdict(row), **row)
        if day is None:
            undated.append(span)
            continue
        yield from _gap(portal, previous, day, silence)
        previous = day
        yield span
    for looked, verdict in ((_last_crawl(database, portal, SAW), silence), (_last_crawl(database, portal), "unknown")):
        # The day of a crawl was not over when it looked.
        following = min(looked, date.fromisoformat(until) + timedelta(days=1)) if looked and until else looked
        if previous and following and following > previous:
            yield from _gap(portal, previous, following, verdict)
            previous = following - timedelta(days=1)
    yield from undated


def _gap(portal: str, previous: date | None, following: date, silence: str) -> Iterator[Span]:
    """The days between two, where there are any."""
    if previous and following - previous > timedelta(days=1):
        yield Span(portal=portal, first=previous + timedelta(days=1), last=following - timedelta(days=1), verdict=silence)


def _last_crawl(database: Database, portal: str, outcomes: tuple[str, ...] = ()) -> date | None:
    """The day of the portal's last crawl that ended, or ended so."""
    ended = f"outcome in ({', '.join('?' * len(outcomes))})" if outcomes else "finished is not null"
    (started,) = database.execute(f"select max(started) from crawls where portal = ? and {ended}", [portal, *outcomes]).fetchone()
    return date.fromisoformat(started[:10]) if started else None


def _verdict(row: dict[str, int]) -> str:
    if row["failed"]:
        return "missed"
    return "waiting" if row["waiting"] else "all held" if row["held"] == row["announced"] else "all settled"


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
