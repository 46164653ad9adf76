"""Listings as the ledger knows them, and what it follows that they name a story no longer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.ledger import Ledger
from archive.listings import Listing
from archive.store import Archive
from tests.builders import HOME, PORTAL, at
from tests.ledgers import MAP, announce, due, settle


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "arsip") as opened:
        yield opened


@pytest.fixture
def ledger(archive: Archive) -> Ledger:
    return archive.ledger


def test_a_held_article_that_its_sitemap_names_no_longer_is_due_for_a_look(ledger: Ledger) -> None:
    listing = Listing(url=MAP)
    announce(ledger, "a", "b", "c", listing=listing, whole=True)
    for url in ("a", "b"):
        settle(ledger, "archived", url=url)
    settle(ledger, "not an article", url="c")
    assert due(ledger, 0.5) == []
    announce(ledger, "b", day=0.5, listing=listing, whole=True)
    assert due(ledger, 0.5) == ["a"]
    settle(ledger, "unchanged", url="a", day=0.5)
    assert due(ledger, 0.6) == []
    announce(ledger, "b", day=0.6, listing=listing, whole=True)
    assert due(ledger, 0.6) == []


def test_an_address_that_moves_to_the_next_sitemap_is_not_missing(ledger: Ledger) -> None:
    announce(ledger, "a", "b", listing=Listing(url=MAP), whole=True)
    for url in ("a", "b"):
        settle(ledger, "archived", url=url)
    announce(ledger, "b", day=0.5, listing=Listing(url=MAP), whole=True)
    announce(ledger, "a", day=0.5, listing=Listing(url=MAP + "?2"), whole=True)
    assert due(ledger, 0.5) == []


def test_a_feed_that_names_a_story_no_longer_says_nothing(ledger: Ledger) -> None:
    announce(ledger, "a", listing=Listing(url=HOME + "/feed"))
    settle(ledger, "archived", url="a")
    announce(ledger, "b", day=0.5, listing=Listing(url=HOME + "/feed"))
    assert "a" not in due(ledger, 0.5)


def test_a_story_that_went_and_is_listed_again_is_due(ledger: Ledger) -> None:
    announce(ledger, "a", "b", listing=Listing(url=MAP), whole=True)
    settle(ledger, "archived", url="a")
    announce(ledger, "b", day=0.5, listing=Listing(url=MAP), whole=True)
    settle(ledger, "gone", url="a", day=0.5)
    assert announce(ledger, "a", "b", day=2, listing=Listing(url=MAP), whole=True) == ["a", "b"]


@pytest.mark.parametrize("listing", [Listing(url=MAP), Listing(url=MAP, etag='"1"', last_modified="Thu", next=MAP + "?2", parent=HOME)])
def test_a_listing_is_known_as_it_was_last_read(ledger: Ledger, listing: Listing) -> None:
    announce(ledger, listing=Listing(url=MAP, etag='"0"', next="x"))
    announce(ledger, day=1, listing=listing)
    assert ledger.listings.get(MAP) == replace(listing, read_at=at(1))
    assert ledger.listings.get(HOME) is None


def test_a_listing_is_complete_when_it_has_been_followed_to_its_end(ledger: Ledger) -> None:
    announce(ledger, listing=Listing(url=MAP))
    ledger.listings.mark(MAP, complete=True)
    known = ledger.listings.get(MAP)
    assert known
    assert known.complete
    # News on its first page does not mean that the old pages have to be read again.
    announce(ledger, day=1, listing=Listing(url=MAP, etag='"1"'))
    known = ledger.listings.get(MAP)
    assert known
    assert known.complete


@pytest.mark.parametrize(("news", "complete"), [("b", False), ("a", True)])
def test_a_listing_whose_page_brings_news_is_unread_from_that_moment(ledger: Ledger, news: str, complete: bool) -> None:
    """Noted together, so that a crawl that is killed right after it leaves no hole behind that page."""
    announce(ledger, "a", listing=Listing(url=MAP))
    ledger.listings.mark(MAP, complete=True)
    settle(ledger, "archived", url="a")
    announce(ledger, news, listing=Listing(url=MAP + "?2"), unread=MAP)
    known = ledger.listings.get(MAP)
    assert known
    assert known.complete is complete


def test_an_index_knows_its_listings(ledger: Ledger) -> None:
    for number in (2, 1):
        announce(ledger, listing=Listing(url=f"{MAP}?{number}", parent=MAP))
    announce(ledger, listing=Listing(url=MAP))
    assert ledger.listings.named_by(MAP) == [MAP + "?1", MAP + "?2"]
    assert ledger.listings.named_by(HOME) == []


def test_what_stood_in_a_listing_that_its_index_names_no_longer_is_due_for_a_look(ledger: Ledger) -> None:
    announce(ledger, "a", listing=Listing(url=MAP + "?1", parent=MAP), whole=True)
    announce(ledger, "b", listing=Listing(url=MAP + "?2", parent=MAP), whole=True)
    for url in "ab":
        settle(ledger, "archived", url=url)
    ledger.index_read(MAP, [MAP + "?1", MAP + "?3"], portal=PORTAL, at=at(0.5))
    assert due(ledger, 0.5) == ["b"]
    assert ledger.listings.named_by(MAP) == [MAP + "?1", MAP + "?3"]
