"""Every kind of damage is found and named; an archive that is whole passes, whatever is done to it meanwhile."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.bodies import wrong_with
from archive.store import Archive
from tests.arsip import arsip, printed
from tests.builders import HOME, article, at, page
from tests.verifying import GONE_ONE, IDENTITY, OTHER, WHOLE, WITHDRAWN, changed, failures, keep, make_whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that passes."""
    folder = tmp_path_factory.mktemp("arsip")
    make_whole(folder)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    shutil.copytree(whole, tmp_path / "arsip")
    return tmp_path / "arsip"


def test_a_whole_archive_passes_and_what_was_checked_is_counted(folder: Path) -> None:
    assert printed(folder, "verify") == [WHOLE]


def test_a_page_with_another_byte_is_named(folder: Path) -> None:
    with changed(folder, "pages") as pages:
        sha256, packed = pages.execute("select sha256, zstd from bodies limit 1").fetchone()
        other = zstandard.ZstdDecompressor().decompress(packed).replace(b"html", b"htmk")
        pages.execute("update bodies set zstd = ? where sha256 = ?", [zstandard.ZstdCompressor().compress(other), sha256])
    (line,) = failures(folder)
    assert line.startswith(f"page {sha256}: its bytes have the SHA-256 ")


BODY = b"<html>" + b"Hujan deras turun semalaman. " * 50
PACKED = zstandard.ZstdCompressor(level=3).compress(BODY)
SHA256 = page(body=BODY).sha256


@settings(max_examples=300)
@given(place=st.integers(0, len(PACKED) - 1), bit=st.integers(0, 7))
def test_no_flipped_bit_of_a_page_passes_unless_the_page_is_still_the_same(place: int, bit: int) -> None:
    damaged = bytearray(PACKED)
    damaged[place] ^= 1 << bit
    if wrong_with(SHA256, len(BODY), bytes(damaged)) is None:
        # A bit that the format leaves unused.
        assert zstandard.ZstdDecompressor().decompress(bytes(damaged)) == BODY


@pytest.mark.parametrize(
    ("size", "packed", "part"),
    [
        (len(BODY), PACKED[:-5], "it cannot be unpacked"),
        (len(BODY), b"", "it cannot be unpacked"),
        (len(BODY), b"no frame at all", "it cannot be unpacked"),
        (len(BODY), None, "it cannot be unpacked"),
        (10, PACKED, f"it has {len(BODY)} bytes and not 10"),
    ],
)
def test_what_is_wrong_with_a_page_is_said(size: int, packed: bytes, part: str) -> None:
    assert part in (wrong_with(SHA256, size, packed) or "")


DAMAGES = {
    "the text of a revision": (
        "update revisions set body = replace(body, 'semalaman', 'semalamam') where number = 1",
        [f"revision {IDENTITY} 1: its text has the SHA-256", f"revision {IDENTITY} 1: what it tells has the fingerprint"],
    ),
    "a byte that is no UTF-8": (
        f"update revisions set body = cast(x'ff' || substr(cast(body as blob), 2) as text) where article = '{IDENTITY}' and number = 1",
        [f"revision {IDENTITY} 1: its text has the SHA-256", f"revision {IDENTITY} 1: it cannot be read"],
    ),
    "the author of a revision": (
        "update revisions set authors = '[\"mat\"]' where number = 2",
        [f"revision {IDENTITY} 2: what it tells has the fingerprint", f"article {IDENTITY}: authors: not as in its latest revision"],
    ),
    "a list that is none": (
        f"update revisions set editors = '[' where article = '{IDENTITY}' and number = 1",
        [f"revision {IDENTITY} 1: it cannot be read"],
    ),
    "the hash of a revision": (
        f"update revisions set body_sha256 = 'ab' where article = '{IDENTITY}' and number = 1",
        [f"revision {IDENTITY} 1: its text has the SHA-256"],
    ),
    "the page of a revision": (
        f"update revisions set page_sha256 = 'ab' where article = '{IDENTITY}' and number = 1",
        [f"revision {IDENTITY} 1: no page ab was captured at 2021-03-25T05:00:00+00:00"],
    ),
    "the origin of a revision": (
        f"update revisions set origin = 'ab' where article = '{IDENTITY}' and number = 1",
        [f"revision {IDENTITY} 1: where its fields were found is not there: ab"],
    ),
    "the rules of a revision": (
        f"update revisions set rules = 'ab' where article = '{IDENTITY}' and number = 2",
        [f"revision {IDENTITY} 2: the rules that read it are not noted: ab"],
    ),
    "the moment of a repeat": (
        "update repeats set captured_at = '2021-04-01T05:00:00+00:00'",
        [f"repeat {IDENTITY}: no page "],
    ),
    "a place": (
        f"update articles set place = 'Curup' where id = '{IDENTITY}'",
        [f"article {IDENTITY}: place: not as in its latest revision"],
    ),
    "a number": (
        f"update revisions set number = 5 where article = '{IDENTITY}' and number = 2",
        [
            f"revision {IDENTITY} 5: it cannot be read",
            f"article {IDENTITY}: its revisions are not numbered",
            f"article {IDENTITY}: body, revision: not as in",
        ],
    ),
    "a lost text": (
        f"delete from revisions where article = '{IDENTITY}'",
        [f"article {IDENTITY}: it has no revision"],
    ),
    "a lost article": (
        f"delete from articles where id = '{IDENTITY}'",
        ["row repeats ", "row revisions ", "row revisions ", f"address {HOME}/banjir: it is unchanged, and its article {IDENTITY} is not"],
    ),
    "a withheld text": (
        "update withheld set row = replace(row, 'Melati', 'Mawar')",
        [f"revision {WITHDRAWN} 1: its text has the SHA-256", f"revision {WITHDRAWN} 1: what it tells has the fingerprint"],
    ),
    "a withheld row": (
        "update withheld set row = substr(row, 2)",
        [f"article {WITHDRAWN}: its withheld text cannot be read"],
    ),
    "a withdrawn text that came back": (
        f"update articles set title = 'Nama korban' where id = '{WITHDRAWN}'",
        [f"article {WITHDRAWN}: title: not as in its latest revision"],
    ),
    "a mark that is lost": (
        f"update articles set gone_at = null where id = '{GONE_ONE}'",
        [f"address {HOME}/hilang: it is gone, and its article {GONE_ONE} is not marked so"],
    ),
    "a mark that is too old": (
        f"update articles set gone_at = '2020-01-01T00:00:00+00:00' where id = '{GONE_ONE}'",
        [f"article {GONE_ONE}: it is marked gone since 2020-01-01T00:00:00+00:00 and was captured later"],
    ),
    "a state": (
        f"update ledger set state = 'archivad' where url = '{HOME}/banjir'",
        [f"address {HOME}/banjir: it is in no state of the ledger: 'archivad'"],
    ),
    "an article that is not named": (
        f"update ledger set article = null where url = '{HOME}/banjir'",
        [f"address {HOME}/banjir: it is unchanged, and no article is named"],
    ),
    "an address that was never asked": (
        f"update ledger set url = '{HOME}/banjur' where url = '{HOME}/banjir'",
        [f"address {HOME}/banjur: it is unchanged, and no capture of it is there"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sql", "lines"), DAMAGES.values(), ids=DAMAGES)
def test_damage_in_articles_db_is_named(folder: Path, sql: str, lines: list[str]) -> None:
    with changed(folder, "articles") as articles:
        # The index is kept in step by the triggers: what is damaged is one thing at a time.
        assert articles.execute(sql).rowcount
    found = failures(folder)
    assert len(found) == len(lines)
    for line, beginning in zip(sorted(found), sorted(lines), strict=True):
        assert line.startswith(beginning)


def test_a_capture_that_is_lost_is_named_by_what_was_made_of_it(folder: Path) -> None:
    with changed(folder, "pages") as pages:
        pages.execute(f"delete from captures where url = '{HOME}/lain'")
    sha256 = page(body=b"<html>/lain 0").sha256
    assert failures(folder) == [
        f"revision {article('/lain', portal=OTHER).id} 1: no page {sha256} was captured at {at(0).isoformat()}.",
        f"address {HOME}/lain: it is archived, and no capture of it is there.",
    ]


def test_a_page_that_is_lost_is_named_by_the_capture(folder: Path) -> None:
    with changed(folder, "pages") as pages:
        pages.execute("delete from bodies where rowid = 1")
    assert failures(folder) == ["row captures 1: it refers to a row of bodies that is not there."]


def without_trigger(articles: sqlite3.Connection, change: str) -> None:
    """Change articles behind the back of the index."""
    triggers = articles.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for name, _ in triggers:
        articles.execute(f"drop trigger {name}")
    articles.execute(change)
    for _, sql in triggers:
        articles.execute(sql)


def test_words_that_the_index_does_not_know_name_their_article(folder: Path) -> None:
    with changed(folder, "articles") as articles:
        without_trigger(articles, f"update articles set title = 'Bukan banjir' where id = '{IDENTITY}'")
    assert failures(folder) == [
        f"article {IDENTITY}: title: not as in its latest revision.",
        f"index {IDENTITY}: its words are not those of the index.",
    ]


def test_words_of_an_article_that_is_not_there_are_named(folder: Path) -> None:
    with changed(folder, "articles") as articles:
        articles.execute("insert into articles_fts (rowid, title, body) values (99, 'hantu', 'tidak ada')")
    assert failures(folder) == ["index docid 99: it is in the index only."]


def test_an_index_that_cannot_be_read_is_named(folder: Path) -> None:
    with changed(folder, "articles") as articles:
        articles.execute("update articles_fts_data set block = x'00' where id > 10")
    (line,) = failures(folder)
    assert line.startswith("index articles_fts: it ")


@pytest.mark.parametrize(("name", "words", "kind"), [("pages", b"<html>/banjir 0", "page "), ("articles", b"Warga pulang.", "")])
def test_a_byte_that_flips_in_the_file_is_found(folder: Path, name: str, words: bytes, kind: str) -> None:
    file = folder / f"{name}.db"
    content = bytearray(file.read_bytes())
    place = content.index(words) + 3
    content[place] ^= 4
    file.write_bytes(content)
    found = failures(folder)
    assert found
    assert any(line.startswith(kind) for line in found)


def test_a_damaged_page_of_a_database_is_a_failure_and_nothing_is_written_to_it(folder: Path) -> None:
    file = folder / "pages.db"
    content = bytearray(file.read_bytes())
    with changed(folder, "pages") as pages:
        (root,) = pages.execute("select rootpage from sqlite_master where name = 'bodies'").fetchone()
        (size,) = pages.execute("pragma page_size").fetchone()
    content[(root - 1) * size : root * size] = b"\xff" * size
    file.write_bytes(content)
    before = (folder / "articles.db").read_bytes()
    result = arsip(folder, "verify")
    assert result.exit_code == 1
    assert any(line.startswith("database pages.db: ") for line in result.stdout.splitlines())
    assert result.stderr == "arsip: No event was kept, because a damaged database is better not written.\n"
    assert (folder / "articles.db").read_bytes() == before


@pytest.mark.parametrize("name", ["pages.db", "articles.db"])
@pytest.mark.parametrize("content", [b"SQLite format 3\x00" + b"\xff" * 8192, b"no database" * 500], ids=["damaged", "another file"])
def test_a_database_that_cannot_be_read_at_all_is_one_sentence(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    result = arsip(folder, "verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"arsip: {folder / name} cannot be opened as an archive (")
    assert result.stderr.count("\n") == 1


def test_what_is_written_meanwhile_is_no_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crawl goes on: articles.db is looked at as it was at the beginning."""
    from archive import verify

    inner: Callable[..., object] = verify.wrong_with
    wrote = iter([True])

    def writing(*given: object) -> object:
        if next(wrote, False):
            with Archive(folder) as archive:
                keep(archive, "/baru", day=9)
                keep(archive, "/banjir", day=9, title="Banjir lagi")
        return inner(*given)

    monkeypatch.setattr(verify, "wrong_with", writing)
    assert failures(folder) == []
    assert next(wrote, None) is None
    assert failures(folder) == []
