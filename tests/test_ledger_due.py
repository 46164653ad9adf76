"""When each address is to be asked again, and in which order."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.ledger import FAILED, Announcement, Ledger
from archive.listings import Listing
from archive.reasons import RULES_FAILED, SERVER_ERROR
from archive.store import Archive
from archive.waits import RETRIES
from tests.builders import HOME, PORTAL, at
from tests.ledgers import MAP, URL, announce, due, row, settle


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "arsip") as opened:
        yield opened


@pytest.fixture
def ledger(archive: Archive) -> Ledger:
    return archive.ledger


@pytest.mark.parametrize(
    ("state", "known_for", "wait"),
    [
        ("fetched", 0, timedelta()),
        ("archived", 0, timedelta(days=1)),
        ("unchanged", 10, timedelta(days=7)),
        ("archived", 1000, timedelta(days=180)),
        ("gone", 0, timedelta(days=30)),
        ("refused by robots", 0, timedelta(days=30)),
        ("not an article", 0, timedelta(days=1)),
    ],
)
def test_the_longer_an_address_is_known_the_later_it_is_asked_again(
    archive: Archive, ledger: Ledger, state: str, known_for: int, wait: timedelta
) -> None:
    announce(ledger, URL)
    settle(ledger, state, day=known_for)
    assert row(archive)["next_try"] == (at(known_for) + wait).isoformat()


def test_failures_are_tried_ever_later_and_never_given_up(archive: Archive, ledger: Ledger) -> None:
    announce(ledger, URL)
    for wait in (*RETRIES, RETRIES[-1], RETRIES[-1]):
        settle(ledger, FAILED, reason=SERVER_ERROR, detail="status 503")
        assert row(archive)["next_try"] == (at(0) + wait).isoformat()
    noted = row(archive)
    assert (noted["attempts"], noted["reason"], noted["detail"]) == (len(RETRIES) + 2, SERVER_ERROR, "status 503")


def test_a_page_that_comes_but_cannot_be_pressed_is_tried_ever_later(archive: Archive, ledger: Ledger) -> None:
    """It is fetched each time, and fails each time: that is no fresh start."""
    announce(ledger, URL)
    for attempt, wait in enumerate(RETRIES, start=1):
        settle(ledger, "fetched")
        settle(ledger, FAILED, reason=RULES_FAILED)
        assert (row(archive)["attempts"], row(archive)["next_try"]) == (attempt, (at(0) + wait).isoformat())


@pytest.mark.parametrize("state", ["failed", "unchanged", "archived"])
def test_nothing_is_asked_for_before_the_moment_that_the_portal_named(archive: Archive, ledger: Ledger, state: str) -> None:
    announce(ledger, Announcement(url=URL, lastmod="2021-03-25T01:00:00+00:00"), listing=Listing(url=MAP), whole=True)
    settle(ledger, state, not_before=at(20).replace(microsecond=1))
    assert row(archive)["next_try"] == "2021-04-14T05:00:01+00:00"
    # Neither a change that is announced nor a sitemap that leaves it out makes it earlier.
    assert announce(ledger, Announcement(url=URL, lastmod="2021-03-26T01:00:00+00:00"), day=1) == []
    announce(ledger, "lain", day=1, listing=Listing(url=MAP), whole=True)
    assert URL not in due(ledger, 20)
    assert URL in due(ledger, 20.1)
    settle(ledger, state, day=20.1)
    assert row(archive)["not_before"] is None


def test_a_moment_that_comes_sooner_than_the_wait_changes_nothing(archive: Archive, ledger: Ledger) -> None:
    settle(ledger, FAILED, not_before=at(0) + timedelta(seconds=5))
    assert row(archive)["next_try"] == (at(0) + RETRIES[0]).isoformat()


def test_a_story_is_as_old_as_its_day_says_and_not_as_its_announcement(archive: Archive, ledger: Ledger) -> None:
    announce(ledger, Announcement(url=URL, day="2019-01-01"))
    settle(ledger, "archived")
    assert row(archive)["next_try"] == at(180).isoformat()
    ledger.settle(URL, "archived", portal=PORTAL, at=at(0), day="2021-03-25")
    assert row(archive)["next_try"] == at(1).isoformat()


def test_what_waits_longest_is_due_first_and_only_of_that_portal(ledger: Ledger) -> None:
    for day, url in ((2, HOME + "/c"), (0, HOME + "/b"), (0, HOME + "/a")):
        announce(ledger, url, day=day)
    ledger.announce([Announcement(url="https://lain.id/x")], portal="lain", through="feed", at=at(0))
    assert due(ledger, 3) == [HOME + "/a", HOME + "/b", HOME + "/c"]
    assert due(ledger, 1) == [HOME + "/a", HOME + "/b"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({}, {"20", "25", "30", "?", "changed on the 22nd"}),
        ({"since": "2021-03-25"}, {"25", "30", "?"}),
        ({"since": "2021-03-22"}, {"25", "30", "?", "changed on the 22nd"}),
        ({"until": "2021-03-25"}, {"20", "25", "?", "changed on the 22nd"}),
        ({"since": "2021-03-21", "until": "2021-03-29"}, {"25", "?", "changed on the 22nd"}),
        ({"since": "2999-01-01"}, set()),
    ],
)
def test_with_days_given_only_what_may_lie_within_is_due(ledger: Ledger, days: dict[str, str], expected: set[str]) -> None:
    for number in ("20", "25", "30"):
        announce(ledger, Announcement(url=number, day=f"2021-03-{number}"))
    announce(ledger, "?", Announcement(url="changed on the 22nd", lastmod="2021-03-22T10:00:00+00:00"))
    assert set(due(ledger, 1, **days)) == expected


def test_what_waits_can_be_taken_in_parts(ledger: Ledger) -> None:
    announce(ledger, "c", "a", "b")
    assert [entry.url for entry in ledger.due(PORTAL, at=at(0), limit=2)] == ["a", "b"]
