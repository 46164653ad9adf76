"""Was a portal silent on those days, or did we miss them?"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.coverage import FIGURES, Span, addresses, coverage
from archive.crawls import Crawl
from archive.ledger import STATES, Announcement
from archive.listings import Listing
from archive.store import Archive
from tests.builders import HOME, PORTAL, START, at, keep_portal, why

FEED = HOME + "/feed"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path) as opened:
        keep_portal(opened)
        yield opened


def day(number: int) -> str:
    return f"2021-03-{number:02}"


def settle(archive: Archive, on: str | None, state: str, *, times: int = 1, portal: str = PORTAL) -> None:
    """Announce addresses of a day and settle them."""
    for _ in range(times):
        url = f"{HOME}/{archive.articles_db.table('ledger').count}"
        archive.ledger.announce([Announcement(url=url, day=on)], portal=portal, through="feed", at=START)
        archive.ledger.settle(url, state, portal=portal, at=START, reason=why(state))


def read_to_the_end(archive: Archive, portal: str = PORTAL) -> None:
    archive.ledger.announce([], portal=portal, through="feed", at=START, listing=Listing(url=f"{FEED}/{portal}"))
    archive.ledger.listings.mark(f"{FEED}/{portal}", complete=True)


def crawl(archive: Archive, number: int, outcome: str | None = "finished") -> None:
    """A crawl that started on a day of March."""
    identity, started = f"c{number}{outcome}", START.replace(day=number)
    archive.crawls.begin(Crawl(id=identity, portal=PORTAL, started=started))
    if outcome:
        archive.crawls.end(identity, at=started, outcome=outcome, counts={}, troubles=[])


def told(archive: Archive, **asked: Any) -> list[tuple[str, str]]:
    """(days, verdict) of each span, `10-12` for several days."""
    spans = []
    for span in coverage(archive.articles_db, **asked):
        first, last = (f"{end.day:02}" if end else "?" for end in (span.first, span.last))
        spans.append((first if first == last else f"{first}-{last}", span.verdict))
    return spans


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        ({"archived": 2}, "all held"),
        ({"archived": 1, "unchanged": 1}, "all held"),
        ({"archived": 1, "gone": 1}, "all settled"),
        ({"archived": 1, "not an article": 1}, "all settled"),
        ({"refused by robots": 1}, "all settled"),
        ({"archived": 1, "announced": 1}, "waiting"),
        ({"fetched": 1}, "waiting"),
        ({"archived": 9, "failed": 1}, "missed"),
        ({"announced": 1, "failed": 1}, "missed"),
    ],
)
def test_a_day_is_judged_by_the_worst_that_became_of_it(archive: Archive, states: dict[str, int], verdict: str) -> None:
    for state, times in states.items():
        settle(archive, day(10), state, times=times)
    assert told(archive) == [("10", verdict)]


def test_a_day_counts_what_became_of_each_address(archive: Archive) -> None:
    for state, times in (("archived", 3), ("unchanged", 2), ("gone", 1), ("not an article", 2), ("refused by robots", 1), ("failed", 4)):
        settle(archive, day(10), state, times=times)
    settle(archive, day(10), "fetched", times=2)
    settle(archive, day(10), "announced")
    counts = {"announced": 16, "archived": 3, "unchanged": 2, "gone": 1, "refused": 3, "failed": 4, "waiting": 3}
    assert list(coverage(archive.articles_db)) == [
        Span(portal=PORTAL, first=date(2021, 3, 10), last=date(2021, 3, 10), verdict="missed", **counts)
    ]


@pytest.mark.parametrize(("read", "verdict"), [(True, "silent"), (False, "unknown")])
def test_days_without_announcements_were_silent_only_if_the_listings_were_read_to_their_end(
    archive: Archive, read: bool, verdict: str
) -> None:
    for number in (10, 11, 15, 17):
        settle(archive, day(number), "archived")
    if read:
        read_to_the_end(archive)
    assert told(archive) == [
        *(("10", "all held"), ("11", "all held"), ("12-14", verdict), ("15", "all held")),
        *(("16", verdict), ("17", "all held")),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [("10", "all held"), ("11-12", "silent"), ("13", "all held"), ("14-19", "silent")]),
        ({"since": day(8)}, [("08-09", "silent"), ("10", "all held"), ("11-12", "silent"), ("13", "all held"), ("14-19", "silent")]),
        ({"since": day(10)}, [("10", "all held"), ("11-12", "silent"), ("13", "all held"), ("14-19", "silent")]),
        ({"since": day(11)}, [("11-12", "silent"), ("13", "all held"), ("14-19", "silent")]),
        ({"since": day(11), "until": day(12)}, [("11-12", "silent")]),
        ({"until": day(11)}, [("10", "all held"), ("11", "silent")]),
        ({"until": day(13)}, [("10", "all held"), ("11-12", "silent"), ("13", "all held")]),
        ({"until": day(15)}, [("10", "all held"), ("11-12", "silent"), ("13", "all held"), ("14-15", "silent")]),
        ({"until": day(19)}, [("10", "all held"), ("11-12", "silent"), ("13", "all held"), ("14-19", "silent")]),
        ({"until": day(20)}, [("10", "all held"), ("11-12", "silent"), ("13", "all held"), ("14-19", "silent")]),
        ({"until": day(30)}, [("10", "all held"), ("11-12", "silent"), ("13", "all held"), ("14-19", "silent")]),
        ({"since": day(16), "until": day(17)}, [("16-17", "silent")]),
        ({"since": day(20)}, []),
        ({"since": day(25), "until": day(30)}, []),
    ],
)
def test_gaps_reach_to_the_edges_asked_for_and_not_past_the_last_crawl(
    archive: Archive, asked: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    """The day of the crawl itself was not over when it looked, so nobody says that it was silent."""
    for number in (10, 13):
        settle(archive, day(number), "archived")
    read_to_the_end(archive)
    crawl(archive, 20)
    assert told(archive, **asked) == expected


@pytest.mark.parametrize("outcome", ["unreachable", "nothing found", "shutdown"])
def test_days_after_the_last_crawl_that_saw_the_portal_are_unknown(archive: Archive, outcome: str) -> None:
    """A feed that was silent for months because it could not be read must not pass for a portal that was."""
    settle(archive, day(10), "archived")
    read_to_the_end(archive)
    crawl(archive, 12)
    crawl(archive, 20, outcome)
    assert told(archive) == [("10", "all held"), ("11", "silent"), ("12-19", "unknown")]
    assert told(archive, since=day(11), until=day(14)) == [("11", "silent"), ("12-14", "unknown")]


def test_a_crawl_that_missed_some_pages_saw_the_portal_all_the_same(archive: Archive) -> None:
    settle(archive, day(10), "archived")
    read_to_the_end(archive)
    crawl(archive, 14, "incomplete")
    assert told(archive) == [("10", "all held"), ("11-13", "silent")]


def test_a_crawl_that_was_killed_looked_at_nothing(archive: Archive) -> None:
    settle(archive, day(10), "archived")
    read_to_the_end(archive)
    crawl(archive, 20, None)
    assert told(archive) == [("10", "all held")]


def test_a_portal_that_never_answered_is_unknown(archive: Archive) -> None:
    crawl(archive, 20, "unreachable")
    assert told(archive) == []
    assert told(archive, since=day(15)) == [("15-19", "unknown")]


def test_what_has_no_day_comes_last_and_only_when_no_days_are_asked_for(archive: Archive) -> None:
    settle(archive, None, "failed")
    settle(archive, day(10), "archived")
    crawl(archive, 13)
    assert told(archive) == [("10", "all held"), ("11-12", "unknown"), ("?", "missed")]
    assert told(archive, since=day(10)) == [("10", "all held"), ("11-12", "unknown")]


def test_each_portal_has_its_own_days(archive: Archive) -> None:
    keep_portal(archive, "kebumenekspres")
    keep_portal(archive, "diam")
    settle(archive, day(10), "archived")
    settle(archive, day(12), "archived")
    settle(archive, day(11), "failed", portal="kebumenekspres")
    read_to_the_end(archive, "kebumenekspres")
    assert [(span.portal, span.verdict) for span in coverage(archive.articles_db)] == [
        ("kebumenekspres", "missed"),
        *[(PORTAL, "all held"), (PORTAL, "unknown"), (PORTAL, "all held")],
    ]
    assert [span.portal for span in coverage(archive.articles_db, portals=("kebumenekspres",))] == ["kebumenekspres"]


@pytest.mark.parametrize(
    ("asked", "gaps"),
    [
        ({}, ["11-12", "14"]),
        ({"since": day(11)}, ["11-12", "14"]),
        ({"since": day(12), "until": day(12)}, ["12"]),
        ({"until": day(14)}, ["11-12", "14"]),
        ({"since": day(5), "until": day(9)}, []),
        ({"since": day(16)}, []),
    ],
)
def test_only_days_between_others_are_a_gap_whatever_part_is_looked_at(archive: Archive, asked: dict[str, str], gaps: list[str]) -> None:
    for number in (10, 13, 15):
        settle(archive, day(number), "archived")
    settle(archive, None, "archived")
    crawl(archive, 20)
    spans = [(span.first, span.last) for span in coverage(archive.articles_db, **asked) if span.gap]
    assert [f"{first:%d}" if first == last else f"{first:%d}-{last:%d}" for first, last in spans if first and last] == gaps


def test_the_addresses_of_a_span_are_those_that_it_counts(archive: Archive) -> None:
    for on in (day(10), day(11), None):
        for state in STATES:
            settle(archive, on, state)
    spans = list(coverage(archive.articles_db))
    assert [span.announced for span in spans] == [len(STATES)] * 3
    for span in spans:
        rows = list(addresses(archive.articles_db, span))
        assert [row["state"] for row in rows] == sorted(STATES)
        for figure, states in FIGURES.items():
            assert getattr(span, figure) == len(list(addresses(archive.articles_db, span, states)))
    named = [row["url"] for span in spans for row in addresses(archive.articles_db, span)]
    assert len(named) == len(set(named)) == archive.articles_db.table("ledger").count


def test_the_figures_count_each_state_once() -> None:
    assert sorted(state for states in FIGURES.values() for state in states) == sorted(STATES)


def test_coverage_counts_without_reading_the_rows_of_the_ledger(archive: Archive) -> None:
    """A million addresses are counted in the index over portal, day and state."""
    asked: list[str] = []
    archive.articles_db.conn.set_trace_callback(asked.append)
    list(coverage(archive.articles_db, since=day(1), until=day(31)))
    archive.articles_db.conn.set_trace_callback(None)
    plans = [
        step["detail"]
        for statement in asked
        if " from ledger " in statement
        for step in archive.articles_db.query(f"explain query plan {statement}")
        if "ledger" in step["detail"]
    ]
    assert len(plans) == 3
    assert all("COVERING INDEX idx_ledger_portal_day_state" in plan for plan in plans)


def test_a_year_s_end_is_no_edge(archive: Archive) -> None:
    settle(archive, "2020-12-30", "archived")
    settle(archive, "2021-01-02", "archived")
    gap = list(coverage(archive.articles_db))[1]
    assert (gap.first, gap.last, gap.announced) == (date(2020, 12, 31), date(2021, 1, 1), 0)
    assert at(0).year == 2021
