"""Runs over many portals: which are due, and what their rows say."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.crawls import Crawl
from archive.runs import DOWN, LONGEST_WAIT, Run, due_portals, wait
from archive.store import Archive

AT = datetime(2021, 3, 25, 12, tzinfo=UTC)
EVERY = timedelta(hours=2)
HOURS = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path) as opened:
        yield opened


def crawled(archive: Archive, portal: str, hours_ago: float, outcome: str | None) -> None:
    started = AT - hours_ago * HOURS
    archive.keep_portal(name=portal, title=portal, home=f"https://{portal}.id", region="33", zone="Asia/Jakarta", family="x")
    archive.crawls.begin(Crawl(id=f"{portal}{started}", portal=portal, started=started))
    if outcome:
        archive.crawls.end(f"{portal}{started}", at=started, outcome=outcome, counts={}, troubles=[])


def test_a_portal_is_due_when_its_wait_is_over_and_the_longest_waiting_comes_first(archive):
    crawled(archive, "baru", 1, "finished")
    crawled(archive, "lama", 3, "finished")
    crawled(archive, "lebihlama", 9, "incomplete")
    crawled(archive, "terputus", 0.5, None)
    crawled(archive, "mati", 3, "unreachable")
    names = ["baru", "lama", "lebihlama", "mati", "takpernah", "terputus"]
    assert due_portals(archive.articles_db, names, at=AT, every=EVERY) == ["takpernah", "lebihlama", "lama", "terputus"]


@pytest.mark.parametrize(
    ("outcomes", "hours"),
    [
        (["finished"], 2),
        (["incomplete", "unreachable"], 2),
        ([None, "finished"], 0),
        (["stopped"], 2),
        (["unreachable"], 4),
        (["unreachable", "finished", "unreachable"], 4),
        (["no articles", "nothing found", "unreachable"], 16),
        (["unreachable"] * 12, 24 * 7),
    ],
)
def test_a_portal_that_is_down_is_asked_ever_more_rarely(outcomes, hours):
    assert wait(outcomes, EVERY) == hours * HOURS


@given(outcomes=st.lists(st.sampled_from([None, "finished", "incomplete", *DOWN]), max_size=12), hours=st.integers(1, 400))
def test_no_wait_is_longer_than_a_week_or_what_was_asked_for(outcomes, hours):
    every = hours * HOURS
    assert wait(outcomes, every) in (timedelta(), *(min(every * 2**power, max(every, LONGEST_WAIT)) for power in range(13)))


def test_a_run_is_there_from_its_start_and_ends_with_its_report(archive):
    archive.runs.begin(Run(id="r", started=AT, jobs=2, asked=("lama",)))
    (row,) = archive.articles_db.table("runs").rows
    assert (row["asked"], row["outcome"]) == ('["lama"]', None)
    archive.runs.end("r", at=AT + HOURS, outcome="finished", report={"portals": []})
    (row,) = archive.articles_db.table("runs").rows
    assert (row["outcome"], json.loads(row["report"])) == ("finished", {"portals": []})
