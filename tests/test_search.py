"""Readers find stories by their words, within the portals, days and regions they ask for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from archive.records import GONE, Stamp
from archive.search import CLOSE, OPEN, ORDERS, Filters, count, search
from archive.store import Archive
from tests.builders import article, keep_portal, refused

PORTALS = {"rakyatbengkulu": "17", "curupekspress": "17.02", "kebumenekspres": "33.05", "bantenraya": "36", "seribu": "31.01"}
LONG = "Pembuka tanpa arti. " * 60 + "Di sinilah longsor terjadi. " + "Penutup tanpa arti. " * 60
STORIES = [
    # name, portal, title, body, published
    ("a", "rakyatbengkulu", "Banjir di Kepahiang", "Warga mengungsi ke balai desa.", "2021-03-25"),
    ("b", "rakyatbengkulu", "Warga mengungsi", "Banjir datang. Banjir pergi.", "2021-03-25T10:00+07:00"),
    ("c", "curupekspress", "Panen raya", "Petani lega: tak ada banjir tahun ini.", "2021-03-25T23:59+07:00"),
    ("d", "kebumenekspres", "Salat Jum'at & covid-19", "Banjir jamaah.", "2021-03-26"),
    ("e", "bantenraya", "Tanggul jebol", "Banjir bandang.", None),
    ("f", "seribu", "Longsor", LONG, "2020-12-31"),
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with Archive(tmp_path_factory.mktemp("arsip")) as archive:
        for name, region in PORTALS.items():
            keep_portal(archive, name, region=region)
        for name, portal, title, body, day in STORIES:
            stamp = day and Stamp(iso=day, precision="day", raw=day, source="meta")
            archive.keep_article(article(name, portal=portal, url=name, title=title, body=body, published=stamp))
        yield archive.articles_db


def found(database: Database, query: str, *, sort: str = "oldest", limit: int = 20, **filters: Any) -> str:
    """The names of the stories found, run together."""
    return "".join(row["url"] for row in search(database, query, filters=Filters(**filters), sort=sort, limit=limit))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("banjir", "abcde"),
        ("banjir warga", "ab"),
        ('"warga mengungsi"', "ab"),
        ('"mengungsi warga"', ""),
        ("jebol OR longsor", "fe"),
        ("banjir -warga", "cde"),
        ("banjir NOT (warga OR petani)", "de"),
        ("mengung*", "ab"),
        ("covid-19", "d"),
        ("jum'at", "d"),
        ("tsunami", ""),
    ],
)
def test_words_are_found_in_title_and_text(database: Database, query: str, expected: str) -> None:
    assert found(database, query) == expected
    assert count(database, query) == len(expected)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "abcde"),
        ({"portals": ("rakyatbengkulu",)}, "ab"),
        ({"portals": ("rakyatbengkulu", "bantenraya")}, "abe"),
        ({"since": "2021-03-26"}, "d"),
        ({"since": "2021-03-25"}, "abcd"),
        ({"until": "2021-03-25"}, "abc"),
        ({"until": "2021-03-24"}, ""),
        ({"since": "2021-03-25", "until": "2021-03-25"}, "abc"),
        ({"since": "2021-03-26", "until": "2021-03-25"}, ""),
        ({"region": "17"}, "abc"),
        ({"region": "17.02"}, "c"),
        ({"region": "17.71"}, ""),
        ({"region": "3"}, ""),
        ({"region": "33", "until": "2021-03-26"}, "d"),
        ({"region": "17", "portals": ("rakyatbengkulu",), "since": "2021-03-25", "until": "2021-03-25"}, "ab"),
    ],
)
def test_filters_narrow_what_is_found(database: Database, filters: dict[str, Any], expected: str) -> None:
    assert found(database, "banjir", **filters) == expected
    assert count(database, "banjir", filters=Filters(**filters)) == len(expected)


@pytest.mark.parametrize(("sort", "expected"), [("oldest", "abcde"), ("newest", "dcbae")])
def test_stories_without_a_date_come_last_by_date(database: Database, sort: str, expected: str) -> None:
    assert found(database, "banjir", sort=sort) == expected


def test_a_word_in_the_headline_makes_a_story_more_relevant(database: Database) -> None:
    assert found(database, "banjir", sort="relevance")[0] == "a"
    assert sorted(found(database, "banjir", sort="relevance")) == list("abcde")


@pytest.mark.parametrize("sort", ORDERS)
def test_the_first_results_are_those_of_the_whole_list(database: Database, sort: str) -> None:
    whole = found(database, "banjir", sort=sort)
    assert [found(database, "banjir", sort=sort, limit=limit) for limit in (1, 3, 99)] == [whole[:1], whole[:3], whole]


def test_found_words_are_marked_in_title_and_snippet(database: Database) -> None:
    (row,) = search(database, "kepahiang desa")
    assert row["title"] == f"Banjir di {OPEN}Kepahiang{CLOSE}"
    assert row["snippet"] == f"Warga mengungsi ke balai {OPEN}desa{CLOSE}."


@pytest.mark.parametrize(("query", "marked"), [("covid-19", "covid-19"), ("jum'at", "Jum'at"), ('"jum\'at covid"', "Jum'at & covid")])
def test_a_phrase_is_marked_as_one(database: Database, query: str, marked: str) -> None:
    (row,) = search(database, query)
    assert f"{OPEN}{marked}{CLOSE}" in row["title"]


def test_a_snippet_shows_the_place_of_a_long_text_where_the_word_is(database: Database) -> None:
    (row,) = search(database, "terjadi")
    assert f"Di sinilah longsor {OPEN}terjadi{CLOSE}" in row["snippet"]
    assert row["snippet"].startswith("…")
    assert row["snippet"].endswith("…")
    assert len(row["snippet"]) < 400


def test_a_story_taken_down_is_found_and_says_so(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        keep_portal(archive)
        archive.keep_article(article())
        archive.keep_article(refused(day=1, refusal=GONE))
        (row,) = search(archive.articles_db, "hujan")
    assert row["gone_at"] == "2021-03-26T05:00:00+00:00"
