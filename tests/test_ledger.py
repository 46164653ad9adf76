"""What becomes of every address ever announced."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from archive.ledger import FAILED, STATES, Announcement, Ledger
from archive.listings import Listing
from archive.reasons import NOT_MODIFIED, OF_WORDS, PLAIN, REASONS, RULES_FAILED, SAME_TEXT, SERVER_ERROR
from archive.records import GONE as REFUSED_AS_GONE
from archive.records import Article, Page, Stamp
from archive.store import Archive
from tests.builders import HOME, PORTAL, article, at, keep_portal, page, refused, why
from tests.ledgers import MAP, URL, announce, due, row, settle


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "arsip") as opened:
        yield opened


@pytest.fixture
def ledger(archive: Archive) -> Ledger:
    return archive.ledger


def test_a_new_address_is_to_be_asked_for_now(archive: Archive, ledger: Ledger) -> None:
    assert announce(ledger, Announcement(url=URL, lastmod="2021-03-25T01:00:00+00:00", day="2021-03-25")) == [URL]
    noted = row(archive)
    assert (noted["portal"], noted["announced_at"], noted["announced_through"]) == (PORTAL, "2021-03-25T05:00:00+00:00", "feed")
    assert (noted["lastmod"], noted["day"], noted["state"], noted["attempts"]) == (
        *("2021-03-25T01:00:00+00:00", "2021-03-25"),
        *("announced", 0),
    )
    assert ledger.knows(PORTAL)
    assert not ledger.knows("kebumenekspres")


def test_an_address_named_twice_is_asked_for_once(archive: Archive, ledger: Ledger) -> None:
    assert announce(ledger, URL, Announcement(url=URL, day="2021-03-25")) == [URL]
    assert row(archive)["day"] == "2021-03-25"


def test_what_was_announced_but_never_fetched_is_asked_for_again(ledger: Ledger) -> None:
    """A crawl that was killed leaves its addresses to the next one."""
    announce(ledger, URL)
    assert announce(ledger, URL, day=1) == [URL]
    assert due(ledger, 1) == [URL]


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("announced", "fetched")])
def test_what_is_settled_is_not_asked_for_again_at_once(ledger: Ledger, state: str) -> None:
    announce(ledger, URL)
    settle(ledger, state)
    assert announce(ledger, URL) == []
    assert due(ledger, 0) == []


@pytest.mark.parametrize("state", [state for state in STATES if state != "announced"])
def test_a_newer_lastmod_brings_every_address_back(ledger: Ledger, state: str) -> None:
    announce(ledger, Announcement(url=URL, lastmod="2021-03-25T01:00:00+00:00"))
    settle(ledger, state, day=0)
    assert announce(ledger, Announcement(url=URL, lastmod="2021-03-25T09:00:00+00:00"), day=0.01) == [URL]


@pytest.mark.parametrize(
    ("known", "announced"),
    [
        ("2021-03-25T01:00:00+00:00", "2021-03-25T01:00:00+00:00"),
        ("2021-03-25T01:00:00+00:00", "2020-01-01T00:00:00+00:00"),
        ("2021-03-25T01:00:00+00:00", None),
        (None, "2021-03-25T01:00:00+00:00"),
    ],
    ids=["the same", "an older one", "none", "the first one"],
)
def test_only_a_newer_lastmod_says_that_something_changed(ledger: Ledger, known: str | None, announced: str | None) -> None:
    announce(ledger, Announcement(url=URL, lastmod=known))
    settle(ledger, "archived")
    assert announce(ledger, Announcement(url=URL, lastmod=announced), day=0.5) == []


def test_an_unchanged_announcement_rewrites_no_row(archive: Archive, ledger: Ledger) -> None:
    facts = Announcement(url=URL, lastmod="2021-03-25T01:00:00+00:00", day="2021-03-25")
    listing = Listing(url=MAP)
    announce(ledger, facts, listing=listing, whole=True)
    settle(ledger, "archived")
    changes = archive.articles_db.conn.total_changes
    assert announce(ledger, facts) == []
    assert archive.articles_db.conn.total_changes == changes


def test_the_day_that_was_first_announced_stays_until_the_page_says_it(archive: Archive, ledger: Ledger) -> None:
    announce(ledger, URL)
    announce(ledger, Announcement(url=URL, day="2021-03-24"))
    announce(ledger, Announcement(url=URL, day="2021-03-30"))
    assert row(archive)["day"] == "2021-03-24"
    settle(ledger, "archived", day=0)
    assert row(archive)["day"] == "2021-03-24"
    ledger.settle(URL, "archived", portal=PORTAL, at=at(1), day="2021-03-23")
    assert row(archive)["day"] == "2021-03-23"


@pytest.mark.parametrize("state", ["archived", "unchanged", "gone", "not an article"])
def test_what_ends_well_forgets_its_failures(archive: Archive, ledger: Ledger, state: str) -> None:
    settle(ledger, FAILED, reason=SERVER_ERROR, detail="status 503")
    settle(ledger, state)
    assert (row(archive)["attempts"], row(archive)["reason"], row(archive)["detail"]) == (0, why(state), None)


def test_an_address_that_nothing_announced_is_noted_when_it_is_settled(archive: Archive, ledger: Ledger) -> None:
    settle(ledger, "archived", article="abc", crawl="crawl-1", etag='"1"', last_modified="Thu")
    noted = row(archive)
    assert (noted["announced_through"], noted["article"], noted["crawl"]) == ("itself", "abc", "crawl-1")
    assert noted["fetched_at"] == noted["seen_at"] == "2021-03-25T05:00:00+00:00"
    assert ledger.article_at(URL) == "abc"
    assert ledger.article_at(HOME + "/lain") is None


@pytest.mark.parametrize(
    ("capture", "reading", "noted"),
    [
        (page(), article(), {"url": URL, "article": article().id, "day": "2021-03-25", "reason": None}),
        (page(requested_url=HOME + "/b"), article(published=None), {"url": HOME + "/b", "article": article().id, "day": None}),
        (page(headers=()), None, {"url": URL, "article": None, "etag": None, "crawl": "crawl-1"}),
    ],
    ids=["a story", "a redirect", "not read"],
)
def test_a_page_settles_the_address_that_was_asked(
    archive: Archive, ledger: Ledger, capture: Page, reading: Article | None, noted: dict[str, Any]
) -> None:
    ledger.settle_page(capture, "archived", reading)
    (settled,) = archive.articles_db.table("ledger").rows
    assert {name: settled[name] for name in noted} == noted
    assert settled["fetched_at"] == capture.fetched_at.isoformat()


@pytest.mark.parametrize(
    ("zone", "iso", "day"),
    [
        ("Asia/Jakarta", "2021-03-24T18:30:00+00:00", "2021-03-25"),
        ("Asia/Jakarta", "2021-03-24T16:59:59+00:00", "2021-03-24"),
        ("Asia/Jayapura", "2021-03-24T15:00:00+00:00", "2021-03-25"),
        ("Asia/Jayapura", "2021-03-24", "2021-03-24"),
    ],
)
def test_the_day_of_a_story_is_that_of_its_portal_whatever_zone_its_page_prints(
    archive: Archive, ledger: Ledger, zone: str, iso: str, day: str
) -> None:
    keep_portal(archive, zone=zone)
    ledger.settle_page(page(), "archived", article(published=Stamp(iso=iso, precision="second" if "T" in iso else "day")))
    assert row(archive)["day"] == day


def test_a_page_that_failed_says_why(archive: Archive, ledger: Ledger) -> None:
    assert ledger.settle_page(page(), FAILED, reason=RULES_FAILED, detail="ValueError:\n a defect") == RULES_FAILED
    noted = row(archive)
    assert (noted["state"], noted["reason"], noted["detail"], noted["attempts"]) == ("failed", RULES_FAILED, "ValueError: a defect", 1)


@pytest.mark.parametrize(
    ("state", "capture", "reading", "reason", "detail"),
    [
        ("not an article", page(), refused(), "no headline", None),
        ("not an article", page(), refused(refusal="not HTML: application/pdf"), "not HTML", "application/pdf"),
        ("gone", page(status=404), refused(refusal=REFUSED_AS_GONE), "not found", "status 404"),
        ("gone", page(status=410), refused(refusal=REFUSED_AS_GONE), "taken down", "status 410"),
        ("gone", page(), refused(refusal=REFUSED_AS_GONE), "leads to the home page", None),
        ("unchanged", page(), article(), SAME_TEXT, None),
        ("archived", page(), article(), None, None),
        ("fetched", page(), None, None, None),
    ],
)
def test_a_page_says_itself_why_it_is_settled_so(
    archive: Archive, ledger: Ledger, state: str, capture: Page, reading: Article | None, reason: str | None, detail: str | None
) -> None:
    assert ledger.settle_page(capture, state, reading) == reason
    assert (row(archive)["state"], row(archive)["reason"], row(archive)["detail"]) == (state, reason, detail)


@pytest.mark.parametrize("state", STATES)
def test_a_state_takes_the_reasons_of_its_list_and_no_other(archive: Archive, ledger: Ledger, state: str) -> None:
    for reason in [None, "a reason that nobody listed", *OF_WORDS]:
        fits = state in OF_WORDS[reason].states if reason in OF_WORDS else reason is None and state in PLAIN
        with nullcontext() if fits else pytest.raises(ValueError, match="is no reason for"):
            settle(ledger, state, url=f"{HOME}/{reason}", reason=reason)
    noted = {row["reason"] for row in archive.articles_db.table("ledger").rows}
    assert noted == {reason.words for reason in REASONS if state in reason.states} | ({None} if state in PLAIN else set())


@pytest.mark.parametrize(("state", "etag"), [("failed", '"1"'), ("archived", '"2"'), ("not an article", '"2"')])
def test_a_validator_is_that_of_the_last_page_that_was_read(ledger: Ledger, state: str, etag: str) -> None:
    announce(ledger, Announcement(url=URL, lastmod="2021-03-25T01:00:00+00:00"))
    settle(ledger, "archived", etag='"1"', last_modified="Thu")
    settle(ledger, state, etag='"2"', last_modified="Fri")
    changed = [Announcement(url=URL, lastmod="2021-03-26T01:00:00+00:00")]
    (entry,) = ledger.announce(changed, portal=PORTAL, through="feed", at=at(0))
    assert (entry.etag, entry.last_modified) == (etag, "Thu" if etag == '"1"' else "Fri")


@pytest.mark.parametrize(("reason", "etag"), [(NOT_MODIFIED, '"1"'), (SAME_TEXT, '"2"')])
def test_a_page_that_came_whole_brings_its_validators_although_its_text_is_the_same(
    archive: Archive, ledger: Ledger, reason: str, etag: str
) -> None:
    settle(ledger, "archived", etag='"1"')
    settle(ledger, "unchanged", reason=reason, etag='"2"' if reason == SAME_TEXT else None)
    assert row(archive)["etag"] == etag


def test_an_article_is_held_when_it_was_noted_at_any_address(ledger: Ledger) -> None:
    assert not ledger.holds(article().id)
    ledger.settle_page(page(requested_url=f"{HOME}/lain"), "archived", article())
    assert ledger.holds(article().id)


@pytest.mark.parametrize(("state", "seen"), [("unchanged", True), ("failed", False), ("gone", False), ("refused by robots", False)])
def test_a_story_was_seen_when_its_page_answered_with_it(archive: Archive, ledger: Ledger, state: str, seen: bool) -> None:
    settle(ledger, "archived")
    settle(ledger, state, day=2)
    assert (row(archive)["seen_at"] == at(2).isoformat()) is seen


def test_the_ledger_says_which_addresses_it_knows(ledger: Ledger) -> None:
    announce(ledger, "a", "b")
    assert ledger.among(["a", "c"]) == {"a"}


def test_what_is_noted_outlives_the_process_without_a_clean_end(archive: Archive, tmp_path: Path) -> None:
    announce(archive.ledger, URL)
    settle(archive.ledger, FAILED, detail="status 503")
    with Archive(tmp_path / "arsip") as other:
        assert row(other) == row(archive)
