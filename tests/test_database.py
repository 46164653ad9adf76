"""Opening an archive: whole, or refused with one sentence and nothing changed."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import schema
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.store import Archive
from tests.builders import article, keep_portal, page

NAMES = ("pages.db", "articles.db")
MIGRATIONS = {"pages.db": schema.pages, "articles.db": schema.articles}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with a page and an article, closed."""
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
        archive.keep_page(page())
        archive.keep_article(article())
    return tmp_path / "arsip"


def write(folder: Path) -> None:
    Archive(folder).close()


def read_articles(folder: Path) -> None:
    open_readonly(folder / "articles.db", schema.articles).close()


def read_pages(folder: Path) -> None:
    open_readonly(folder / "pages.db", schema.pages).close()


def sentence_of(opening: Callable[[Path], None], folder: Path) -> ArchiveError:
    with pytest.raises(ArchiveError) as refusal:
        opening(folder)
    sentence = str(refusal.value)
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
    return refusal.value


OPENINGS = pytest.mark.parametrize(
    ("name", "opening"), [("pages.db", write), ("articles.db", write), ("pages.db", read_pages), ("articles.db", read_articles)]
)


def test_an_archive_opens_again_and_again(folder: Path) -> None:
    for _ in range(2):
        with Archive(folder) as archive:
            assert archive.articles_db.table("articles").count == 1
            assert archive.pages_db.table("captures").count == 1


def test_a_closed_archive_is_two_files_to_copy(folder: Path) -> None:
    """No journal is left beside them, so that a copy of the two is a copy of all."""
    assert {path.name for path in folder.iterdir()} == {*NAMES, "writer.lock"}


def test_both_databases_refer_only_to_what_is_there(folder: Path) -> None:
    for name in NAMES:
        connection = sqlite3.connect(folder / name)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        connection.close()


@OPENINGS
def test_an_archive_of_a_newer_version_is_refused_and_left_as_it_is(folder: Path, name: str, opening: Callable[[Path], None]) -> None:
    connection = sqlite3.connect(folder / name)
    connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, 'holograms', '2046-01-01')", [MIGRATIONS[name].name]
    )
    connection.commit()
    connection.execute("pragma journal_mode = delete")
    connection.close()
    before = {each: (folder / each).read_bytes() for each in NAMES}
    refusal = sentence_of(opening, folder)
    assert "newer version" in str(refusal)
    assert "'holograms'" in str(refusal)
    assert refusal.status == 1
    assert {each: (folder / each).read_bytes() for each in NAMES} == before


def test_an_older_archive_is_brought_up_to_date_by_writing_only(folder: Path) -> None:
    Database(folder / "articles.db").execute("delete from _sqlite_migrations where name = 'repeats'").close()
    connection = sqlite3.connect(folder / "articles.db")
    connection.execute("drop table repeats")
    connection.commit()
    connection.close()
    refusal = sentence_of(read_articles, folder)
    assert "older version" in str(refusal)
    with Archive(folder) as archive:
        assert archive.keep_article(article(day=1)) == "unchanged"
    read_articles(folder)


@OPENINGS
@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"not a database, though as long as one. " * 200),
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000 + path.read_bytes()[4100:]),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["other bytes", "broken bytes", "cut off", "a folder"],
)
def test_a_broken_database_is_named_in_one_sentence(
    folder: Path, name: str, opening: Callable[[Path], None], spoil: Callable[[Path], object]
) -> None:
    spoil(folder / name)
    refusal = sentence_of(opening, folder)
    assert str(folder / name) in str(refusal)
    assert refusal.status == 1


def test_another_program_s_database_is_not_taken_for_an_archive(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "articles.db")
    connection.execute("create table articles (x)")
    connection.commit()
    connection.close()
    assert str(tmp_path / "articles.db") in str(sentence_of(write, tmp_path))
    assert sqlite3.connect(tmp_path / "articles.db").execute("select sql from sqlite_master where name = 'articles'").fetchone() == (
        "CREATE TABLE articles (x)",
    )


def test_a_folder_without_an_archive_says_how_to_make_one(tmp_path: Path) -> None:
    refusal = sentence_of(read_articles, tmp_path / "kosong")
    assert "There is no archive in" in str(refusal)
    assert "ARSIP_DIR" in str(refusal)
    assert refusal.status == 2
    assert not (tmp_path / "kosong").exists()


@pytest.mark.parametrize("below", ["berkas", "berkas/arsip", "berkas/arsip/2021"])
def test_a_folder_that_cannot_be_written_is_named_in_one_sentence(tmp_path: Path, below: str) -> None:
    (tmp_path / "berkas").write_text("a file", encoding="utf-8")
    refusal = sentence_of(write, tmp_path / below)
    assert str(tmp_path / below) in str(refusal)
    assert "ARSIP_DIR" in str(refusal)
    assert (tmp_path / "berkas").read_text(encoding="utf-8") == "a file"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc on this system")
def test_a_file_system_that_takes_no_files_is_named_in_one_sentence() -> None:
    """/proc takes no files from anyone, root included."""
    assert "cannot be written" in str(sentence_of(write, Path("/proc/arsip")))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc on this system")
def test_a_refused_archive_leaves_nothing_open(folder: Path) -> None:
    (folder / "articles.db").write_bytes(b"x" * 9000)
    before = sorted(Path("/proc/self/fd").iterdir())
    for opening in (write, read_articles):
        sentence_of(opening, folder)
    assert sorted(Path("/proc/self/fd").iterdir()) == before
