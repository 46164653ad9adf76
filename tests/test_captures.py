"""Pages go in as they came and come out to the byte."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from archive.bodies import Bodies
from archive.captures import count_pages, insert_page, portals_of, read_pages
from archive.database import open_readonly
from archive.records import Page
from archive.schema import pages
from archive.store import Archive
from tests.builders import HOME, page


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    "capture",
    [
        page(),
        page(body=b""),
        page(body=bytes(range(256)) * 99),
        page(status=404, requested_url=HOME + "/lama", origin="http://127.0.0.1:8000", robots="unchecked", crawl=None),
        page(headers=()),
        page(headers=(("Set-Cookie", "a=1"), ("set-cookie", "b=é"), ("ETag", 'W/"1"'))),
        page(rest=(page("/banjir/2", body=b"dua"), page("/banjir/3", body=b"tiga"))),
        page(fetched_at=datetime(2021, 3, 25, 5, 0, 0, 123456, tzinfo=UTC)),
        Page(url=HOME, portal="", fetched_at=datetime(2021, 3, 25, tzinfo=UTC), body=b"x"),
    ],
)
def test_a_page_comes_back_as_it_went_in(archive: Archive, capture: Page) -> None:
    archive.keep_page(capture)
    assert list(read_pages(archive.pages_db)) == [capture]


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
HEADERS = st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)


@given(
    body=st.binary(max_size=3000),
    status=st.integers(100, 599),
    headers=HEADERS,
    at=st.datetimes(timezones=st.just(UTC)),
    rest=st.integers(0, 3),
)
def test_any_page_comes_back(body: bytes, status: int, headers: tuple[tuple[str, str], ...], at: datetime, rest: int) -> None:
    database = Database(memory=True)
    pages.apply(database)
    capture = page(body=body, status=status, headers=headers, fetched_at=at)
    capture = replace(capture, rest=(capture,) * rest)
    insert_page(database, Bodies(database), capture)
    assert list(read_pages(database)) == [capture]
    database.close()


def test_every_capture_is_kept_but_each_body_once(archive: Archive) -> None:
    captures = [page(), page(day=1), page("/lain", day=2), page(day=3, body=b"baru")]
    for capture in captures:
        archive.keep_page(capture)
    assert list(read_pages(archive.pages_db)) == captures
    assert {row["sha256"]: row["size"] for row in archive.pages_db.table("bodies").rows} == {
        page().sha256: len(page().body),
        captures[3].sha256: 4,
    }


def test_pages_come_in_the_order_they_were_kept_and_by_portal(archive: Archive) -> None:
    captures = [page(day=5), page(portal="kebumenekspres"), page("/dua", day=1, rest=(page("/dua/2"),)), page(portal="lain")]
    for capture in captures:
        archive.keep_page(capture)
    for portals, expected in (
        ((), captures),
        (("rakyatbengkulu",), [captures[0], captures[2]]),
        (("lain", "kebumenekspres"), [captures[1], captures[3]]),
        (("tidak-ada",), []),
    ):
        assert list(read_pages(archive.pages_db, portals)) == expected
        assert count_pages(archive.pages_db, portals) == len(expected)
    assert portals_of(archive.pages_db) == ["kebumenekspres", "lain", "rakyatbengkulu"]


def test_a_body_is_stored_smaller_than_it_came(archive: Archive) -> None:
    archive.keep_page(page(body=b"<p>Hujan deras turun semalaman.</p>" * 2000))
    ((packed, size),) = archive.pages_db.execute("select length(zstd), size from bodies").fetchall()
    assert size == 70000
    assert packed < 1000


def test_pages_can_be_read_while_they_are_written(archive: Archive, tmp_path: Path) -> None:
    """A replay reads all pages while a crawl adds to them: it comes to these too, and holds no moment of the database for hours."""
    for day in range(3):
        archive.keep_page(page(day=day))
    stored = open_readonly(tmp_path / "pages.db", pages)
    reading = read_pages(stored)
    first = next(reading)
    archive.keep_page(page(day=9))
    assert archive.pages_db.execute("pragma wal_checkpoint(truncate)").fetchone()[0] == 0
    assert [first, *reading] == [page(day=day) for day in (0, 1, 2, 9)]
    assert count_pages(stored) == 4
    stored.close()
