"""What the archive gives back: an article with its history, and figures about the whole."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive import read
from archive.crawls import Crawl
from archive.errors import ArchiveError
from archive.ledger import Announcement
from archive.records import GONE, Removed, Stamp, article_id
from archive.search import Filters
from archive.store import Archive
from tests.builders import HOME, PORTAL, article, at, keep_portal, refused


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path) as opened:
        keep_portal(opened)
        yield opened


STORY = article(
    authors=("mam",), tags=("banjir", "jum'at"), removed=(Removed(rule="baca-juga", text="Baca Juga: Gempa"),), sources=(("title", "rule"),)
)


@pytest.mark.parametrize("wanted", [STORY.id, STORY.id[:4], STORY.id[:12], STORY.url])
def test_an_article_is_found_by_its_id_the_beginning_of_it_or_its_address(archive: Archive, wanted: str) -> None:
    archive.keep_article(STORY)
    archive.keep_article(article("/lain"))
    assert read.article(archive.articles_db, wanted)["id"] == STORY.id


@pytest.mark.parametrize("wanted", ["", "abc", STORY.id[:3], "%%%%", "____", "tidakada", HOME, STORY.id + "0"])
def test_what_is_no_article_gets_one_sentence(archive: Archive, wanted: str) -> None:
    archive.keep_article(STORY)
    with pytest.raises(ArchiveError, match=r"^There is no article '.*' in this archive; `arsip search` prints ids\.$") as refusal:
        read.article(archive.articles_db, wanted)
    assert refusal.value.status == 1


def test_a_beginning_of_several_ids_is_not_guessed_at(archive: Archive) -> None:
    paths: dict[str, str] = {}
    for number in range(2000):
        start = article_id(PORTAL, f"{HOME}/{number}")[:4]
        if start in paths:
            break
        paths[start] = f"/{number}"
    for path in (paths[start], f"/{number}"):
        archive.keep_article(article(path))
    with pytest.raises(ArchiveError, match=f"There is more than one article '{start}'"):
        read.article(archive.articles_db, start)
    assert read.article(archive.articles_db, article(path).id)["url"] == HOME + path


def test_an_article_comes_with_its_revisions_and_what_the_ledger_knows(archive: Archive) -> None:
    archive.keep_article(STORY)
    archive.keep_article(article(day=2, body="Air surut."))
    archive.ledger.settle(STORY.url, "archived", portal=PORTAL, at=at(3), article=STORY.id)
    record = read.article(archive.articles_db, STORY.id)
    assert (record["body"], record["revision"], record["authors"], record["region"]) == ("Air surut.", 2, None, "17")
    first, second = record["revisions"]
    assert (first["number"], first["authors"], first["tags"], first["sources"]) == (1, ["mam"], ["banjir", "jum'at"], {"title": "rule"})
    assert first["removed"] == [{"rule": "baca-juga", "text": "Baca Juga: Gempa"}]
    assert (second["number"], second["body"], second["removed"]) == (2, "Air surut.", [])
    assert [row["url"] for row in record["ledger"]] == [STORY.url]


def test_last_seen_is_the_last_time_that_it_answered_with_the_story(archive: Archive) -> None:
    def last_seen() -> Any:
        return read.article(archive.articles_db, STORY.id)["last_seen"]

    archive.keep_article(STORY)
    assert last_seen() == at(0).isoformat()
    assert archive.keep_article(replace(STORY, captured_at=at(2), page_sha256="2" * 64)) == "unchanged"
    assert last_seen() == at(2).isoformat()
    archive.ledger.settle(STORY.url, "archived", portal=PORTAL, at=at(1), article=STORY.id)
    assert last_seen() == at(2).isoformat()
    archive.ledger.settle(STORY.url, "unchanged", portal=PORTAL, at=at(5), reason="not modified")
    archive.ledger.settle(STORY.url, "gone", portal=PORTAL, at=at(9), reason="not found")
    assert last_seen() == at(5).isoformat()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["/a", "/d", "/b", "/c"]),
        (Filters(portals=("kebumenekspres",)), ["/a"]),
        (Filters(since="2021-03-26"), ["/c"]),
        (Filters(until="2021-03-25"), ["/a", "/b"]),
        (Filters(region="33"), ["/a"]),
    ],
)
def test_articles_come_by_portal_and_date(archive: Archive, filters: Filters, expected: list[str]) -> None:
    keep_portal(archive, "kebumenekspres", region="33.05")
    for path, portal, day in (
        ("/c", PORTAL, "2021-03-26"),
        ("/b", PORTAL, "2021-03-25T10:00+07:00"),
        ("/a", "kebumenekspres", "2021-03-25"),
        ("/d", PORTAL, None),
    ):
        archive.keep_article(article(path, portal=portal, published=day and Stamp(iso=day, precision="day")))
    assert [row["url"].removeprefix(HOME) for row in read.articles(archive.articles_db, filters)] == expected
    assert read.count(archive.articles_db, filters) == len(expected)


def test_figures_say_what_the_archive_holds_of_each_portal(archive: Archive) -> None:
    keep_portal(archive, "kosong", title="Kosong", region="33.05")
    archive.ledger.announce([Announcement(url=f"{HOME}/{n}") for n in range(7)], portal=PORTAL, through="feed", at=at(0))
    archive.crawls.begin(Crawl(id="c1", portal=PORTAL, started=at(0)))
    archive.crawls.begin(Crawl(id="c2", portal=PORTAL, started=at(4)))
    for day in range(3):
        archive.keep_article(article("/diubah", day=day, body=f"Teks {day}."))
    archive.keep_article(article("/tanpa-tanggal", published=None))
    archive.keep_article(article("/lama", published=Stamp(iso="2020-01-02", precision="day")))
    archive.keep_article(refused("/lama", day=1, refusal=GONE))
    assert read.stats(archive.articles_db) == [
        {"portal": "kosong", "title": "Kosong", "region": "33.05", "region_name": "Kebumen"}
        | {"articles": 0, "edited": 0, "gone": 0, "undated": 0, "announced": 0, "first": None, "last": None, "crawled": None},
        {"portal": PORTAL, "title": "Rakyat Bengkulu", "region": "17", "region_name": "Bengkulu"}
        | {"articles": 3, "edited": 2, "gone": 1, "undated": 1, "announced": 7}
        | {"first": "2020-01-02", "last": "2021-03-25", "crawled": at(4).isoformat()},
    ]
