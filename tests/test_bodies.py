"""Bodies come back to the byte from whatever they were packed with, and a portal's dictionary follows its theme."""

import hashlib
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from archive import bodies as packing
from archive.aside import Aside
from archive.bodies import PAGE_SIZE, PREPARED, SMALLEST, Bodies
from archive.captures import insert_page, read_pages
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.records import Page
from archive.schema import pages as migrations
from archive.store import Archive
from archive.warc_reader import Answer
from tests.arsip import arsip
from tests.builders import HOME, PORTAL, at, page
from tests.crawling import ROOT, assert_sound
from tests.themed import OTHER, keep, packed_with, read, rows, stored, themed, words


def unpacked_by_hand(database: Database) -> set[bytes]:
    """Every body, unpacked alone and with nothing of this project: with its dictionary, which is packed by itself."""
    found = set()
    for packed, dictionary in database.execute(
        "select bodies.zstd, dictionaries.zstd from bodies left join dictionaries on id = dictionary"
    ):
        known = zstandard.ZstdDecompressor().decompress(dictionary) if dictionary else b""
        raw = zstandard.ZstdCompressionDict(known, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        found.add((zstandard.ZstdDecompressor(dict_data=raw) if dictionary else zstandard.ZstdDecompressor()).decompress(packed))
    return found


KEPT = st.lists(
    st.tuples(
        st.sampled_from([PORTAL, OTHER, ""]),
        st.sampled_from(["lama", "baru"]),
        st.integers(0, 12),
        st.sampled_from([0, 600, 5_000]),
        st.sampled_from([200, 200, 200, 404]),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=60)
@given(kept=KEPT, odd=st.lists(st.binary(max_size=5_000), max_size=3))
def test_whatever_is_kept_comes_back_and_each_body_needs_no_more_than_its_dictionary(
    kept: list[tuple[str, str, int, int, int, bool]], odd: list[bytes]
) -> None:
    captures = [
        themed(number, theme, own=own, portal=portal, status=status, rest=(themed(number + 50, theme),) if more else ())
        for portal, theme, number, own, status, more in kept
    ]
    for place, body in enumerate(odd):
        captures.insert(place * 7, page(body=body))
    database = Database(memory=True)
    migrations.apply(database)
    bodies = Bodies(database)
    for capture in captures:
        insert_page(database, bodies, capture)
    assert list(read_pages(database)) == captures
    every = {each.body for capture in captures for each in (capture, *capture.rest)}
    assert unpacked_by_hand(database) == every
    assert {bodies.body(hashlib.sha256(body).hexdigest()) for body in every} == every
    database.close()


def test_the_first_two_pages_are_packed_by_themselves_and_are_the_dictionary_of_the_others(tmp_path: Path) -> None:
    captures = [themed(number) for number in range(9)]
    keep(tmp_path, captures)
    assert packed_with(tmp_path) == [None, None, *[1] * 7]
    ((portal, made_at, sha256, size),) = rows(tmp_path, "select portal, made_at, sha256, size from dictionaries")
    content = captures[0].body + captures[1].body
    assert (portal, made_at, sha256, size) == (PORTAL, at(1 / 100).isoformat(), hashlib.sha256(content).hexdigest(), len(content))
    sizes = [taken for (taken,) in rows(tmp_path, "select length(zstd) from bodies order by rowid")]
    # Of the theme nothing is left, and letters of which there are sixteen take half a byte each.
    assert min(sizes[:2]) > 3_000
    assert max(sizes[2:]) < 400


@pytest.mark.parametrize(
    "changes",
    [{"portal": ""}, {"status": 404}, {"body": b""}],
    ids=["of no portal", "errors", "empty"],
)
def test_what_looks_like_no_page_of_a_portal_makes_no_dictionary(tmp_path: Path, changes: dict[str, Any]) -> None:
    captures = [themed(number, **changes) for number in range(4)]
    keep(tmp_path, captures)
    assert stored(tmp_path)[1] == []
    assert read(tmp_path) == captures


def test_small_pages_make_no_dictionary(tmp_path: Path) -> None:
    keep(tmp_path, [page(f"/{number}", body=str(number).encode() * (SMALLEST - 1)) for number in range(4)])
    assert stored(tmp_path)[1] == []
    keep(tmp_path, [page(f"/{letter}", body=letter.encode() * SMALLEST) for letter in "ab"])
    assert len(stored(tmp_path)[1]) == 1


def test_large_pages_are_cut_for_the_dictionary(tmp_path: Path) -> None:
    large = [themed(number, own=400_000) for number in range(3)]
    keep(tmp_path, large)
    assert rows(tmp_path, "select size from dictionaries") == [(2 * packing.LARGEST,)]
    assert read(tmp_path) == large


def test_portals_have_dictionaries_of_their_own(tmp_path: Path) -> None:
    keep(tmp_path, [themed(number, portal, portal=portal) for number in range(4) for portal in (PORTAL, OTHER)])
    assert packed_with(tmp_path) == [None, None, None, None, 1, 2, 1, 2]


def test_a_body_that_is_kept_again_stays_as_it_was_packed(tmp_path: Path) -> None:
    captures = [themed(0), themed(1), replace(themed(0), fetched_at=at(5)), themed(0, portal=OTHER)]
    keep(tmp_path, captures)
    assert packed_with(tmp_path) == [None, None]
    assert read(tmp_path) == captures


def test_a_theme_that_stays_keeps_its_dictionary(tmp_path: Path) -> None:
    keep(tmp_path, (themed(number) for number in range(300)))
    assert len(stored(tmp_path)[1]) == 1


def test_a_new_theme_gets_a_new_dictionary(tmp_path: Path) -> None:
    """Of pages of whose theme the dictionary knows nothing one in eight is a trial, and it takes six of them."""
    keep(tmp_path, [*(themed(number) for number in range(50)), *(themed(number, "baru") for number in range(50))])
    uses = packed_with(tmp_path)
    assert uses[:50] == [None, None, *[1] * 48]
    assert uses[-1] == 2
    old = uses[50:].count(1)
    assert packing.TRIED < old < 40
    sizes = [taken for (taken,) in rows(tmp_path, "select length(zstd) from bodies order by rowid")]
    assert min(sizes[50 : 50 + old]) > 3_000
    assert max(sizes[50 + old :]) < 400


def crept(number: int) -> Page:
    """A page of a theme of 40 parts, of which one is replaced every five pages."""
    parts = [words(f"bagian {part} {(number + part * 5) // 200}", 150) for part in range(40)]
    return page(f"/{number}", day=number, body=f"<html>{''.join(parts)}<p>{words(f'isi {number}', 600)}</p></html>".encode())


def test_what_creeps_in_is_followed_and_pays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(folder: Path) -> int:
        return sum(size for (size,) in rows(folder, "select length(zstd) from bodies union all select length(zstd) from dictionaries"))

    keep(tmp_path / "followed", map(crept, range(400)))
    monkeypatch.setattr(packing, "TRIAL", 2**32)
    monkeypatch.setattr(packing, "POOR_TRIAL", 2**32)
    keep(tmp_path / "not", map(crept, range(400)))
    assert len(stored(tmp_path / "not")[1]) == 1
    assert len(stored(tmp_path / "followed")[1]) > 2
    assert taken(tmp_path / "followed") < 0.6 * taken(tmp_path / "not")


def test_two_themes_side_by_side_do_not_make_dictionaries_for_ever(tmp_path: Path) -> None:
    keep(tmp_path, (themed(number, ("lama", "baru")[number % 2]) for number in range(200)))
    assert len(stored(tmp_path)[1]) == 1
    keep(tmp_path / "runs", (themed(number, ("lama", "baru")[number // 3 % 2]) for number in range(200)))
    assert len(stored(tmp_path / "runs")[1]) <= 3


def changing() -> list[Page]:
    """Two portals in turn, one of which changes its theme."""
    first = [themed(number, "lama" if number < 30 else "baru") for number in range(70)]
    second = [themed(number, "lain", portal=OTHER) for number in range(70)]
    return [capture for pair in zip(first, second, strict=True) for capture in pair]


@pytest.fixture(scope="module")
def at_one_go(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arsip")
    keep(folder, changing())
    assert len(stored(folder)[1]) == 3
    return folder


def test_the_same_pages_in_the_same_order_make_the_same_bytes(at_one_go: Path, tmp_path: Path) -> None:
    keep(tmp_path, changing())
    assert stored(tmp_path) == stored(at_one_go)


def test_it_is_no_matter_how_often_the_archive_was_closed(at_one_go: Path, tmp_path: Path) -> None:
    captures = changing()
    for start in range(0, len(captures), 7):
        keep(tmp_path, captures[start : start + 7])
    assert stored(tmp_path) == stored(at_one_go)


def test_writers_in_turn_pack_as_one_does(at_one_go: Path, tmp_path: Path) -> None:
    """Each has the dictionaries in memory that it knows, and the other makes a newer one."""
    with Archive(tmp_path) as one, Archive(tmp_path) as two, Archive(tmp_path) as three:
        for number, capture in enumerate(changing()):
            (one, two, three)[number % 3].keep_page(capture)
    assert stored(tmp_path) == stored(at_one_go)
    assert read(tmp_path) == changing()


def test_a_dictionary_that_is_taken_back_is_not_remembered(tmp_path: Path) -> None:
    """The id of a row that was rolled back goes to the next one."""
    with Archive(tmp_path) as archive:

        def kept_and_taken_back(theme: str) -> None:
            with archive.pages_db.atomic():
                for number in range(4):
                    archive.keep_page(themed(number, theme))
                raise InterruptedError

        for theme in ("lama", "baru"):
            with pytest.raises(InterruptedError):
                kept_and_taken_back(theme)
        for number in range(4):
            archive.keep_page(themed(number, "lain"))
    assert packed_with(tmp_path) == [None, None, 1, 1]
    assert read(tmp_path) == [themed(number, "lain") for number in range(4)]


KILLED = """
import os, signal, sys
from archive.store import Archive
from tests.test_bodies import themed
with Archive(sys.argv[1]) as archive:
    archive.keep_page(themed(0))
    archive.pages_db.conn.set_trace_callback(lambda sql: sql.lower().startswith(sys.argv[2]) and os.kill(os.getpid(), signal.SIGKILL))
    archive.keep_page(themed(1))
"""


@pytest.mark.parametrize("moment", ["insert into bodies", "insert into [captures]", "insert into dictionaries", "commit"])
def test_a_writer_that_is_killed_leaves_the_page_and_its_dictionary_or_neither(tmp_path: Path, moment: str) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), moment.replace("[captures]", '"captures"')]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, b"")
    assert_sound(tmp_path)
    assert read(tmp_path) == [themed(0)]
    assert stored(tmp_path)[1] == []
    again = [themed(number) for number in range(1, 5)]
    keep(tmp_path, again)
    keep(tmp_path / "never", [themed(0), *again])
    assert stored(tmp_path) == stored(tmp_path / "never")


def test_no_more_dictionaries_are_held_than_are_allowed(tmp_path: Path) -> None:
    portals = [f"portal{number}" for number in range(PREPARED + 5)]
    captures = [themed(number, portal, portal=portal) for number in range(4) for portal in portals]
    with Archive(tmp_path) as archive:
        bodies = Bodies(archive.pages_db)
        with archive.pages_db.atomic():
            for capture in captures:
                insert_page(archive.pages_db, bodies, capture)
        assert len(bodies._prepared) == PREPARED
    assert read(tmp_path) == captures
    assert Counter(packed_with(tmp_path)) == {None: 2 * len(portals), **dict.fromkeys(range(1, len(portals) + 1), 2)}


def before_the_step(folder: Path, captures: Sequence[Page]) -> None:
    """An archive of the version that packed every body by itself."""
    folder.mkdir(exist_ok=True)
    database = Database(folder / "pages.db")
    migrations.apply(database, stop_before="dictionaries")
    for capture in captures:
        packed = zstandard.ZstdCompressor(level=3).compress(capture.body)
        database.table("bodies").insert({"sha256": capture.sha256, "size": len(capture.body), "zstd": packed})
        row = {"portal": capture.portal, "url": capture.url, "fetched_at": capture.fetched_at.isoformat(), "status": capture.status}
        more = {"headers": '[["Content-Type", "text/html; charset=utf-8"], ["ETag", "\\"1\\""]]', "sha256": capture.sha256}
        database.table("captures").insert({**row, **more, "crawl": capture.crawl, "robots": capture.robots, "part": 1})
    database.close()


def test_an_archive_of_before_is_read_as_it_is_and_its_pages_are_a_dictionary_for_new_ones(tmp_path: Path) -> None:
    old, new = [themed(number) for number in range(5)], [themed(number) for number in range(5, 9)]
    before_the_step(tmp_path, old)
    kept = rows(tmp_path, "select sha256, size, zstd from bodies order by rowid")
    (pages,) = rows(tmp_path, "pragma page_size")
    with pytest.raises(ArchiveError, match="older version"):
        open_readonly(tmp_path / "pages.db", migrations)
    keep(tmp_path, [])
    assert read(tmp_path) == old
    keep(tmp_path, new)
    assert read(tmp_path) == old + new
    assert rows(tmp_path, "select sha256, size, zstd from bodies order by rowid limit 5") == kept
    assert packed_with(tmp_path) == [*[None] * 6, *[1] * 3]
    assert rows(tmp_path, "pragma page_size") == [pages]
    assert_sound(tmp_path)
    assert arsip(tmp_path, "verify").stdout == "Verified all: 9 pages; nothing is wrong.\n"


def test_a_new_archive_has_small_pages_of_sqlite_in_which_little_is_left_unused(tmp_path: Path) -> None:
    keep(tmp_path, [])
    assert rows(tmp_path, "pragma page_size") == [(PAGE_SIZE,)]


def test_what_an_import_puts_aside_finds_bodies_that_are_packed_with_a_dictionary(tmp_path: Path) -> None:
    keep(tmp_path, [themed(number) for number in range(4)])
    with Archive(tmp_path) as archive:
        aside = Aside(archive.pages_db, keeps_bodies=False)
        for digest, body in (("sha1:A", themed(3).body), ("sha1:B", b"nowhere")):
            aside.add(digest, Answer(record="", url=HOME, at=at(0), status=200, headers=(), body=body, told={}))
        assert (aside.body("sha1:A"), aside.body("sha1:B"), aside.body("sha1:C")) == (themed(3).body, None, None)
        aside.put("first", themed(9))
        assert list(aside.pages("first")) == [themed(9)]
        aside.close()
