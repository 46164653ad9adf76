"""The bench of storing compares the same rows in the same settings, and says what was to be reached."""

import sqlite3
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archive.database import open_readonly
from archive.schema import articles as migrations
from archive.store import Archive
from bench import store
from bench.corpus import FACTS, stories
from bench.store import Times, main, measure, told


def test_the_bare_table_holds_what_the_archive_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "AT_ONCE", 10)
    measure(tmp_path, 25, lambda _: None)
    bare, archive = sqlite3.connect(tmp_path / "bare.db"), open_readonly(tmp_path / "archive" / "articles.db", migrations)
    for sql in (
        "select * from articles order by docid",
        "select rowid from articles_fts where articles_fts match 'air' order by 1",
        "select sql from sqlite_master where tbl_name like 'articles%' and sql is not null order by 1",
        "pragma page_size",
    ):
        rows = bare.execute(sql).fetchall()
        assert rows
        assert rows == archive.execute(sql).fetchall()
    assert archive.execute("select count(*) from revisions").fetchone() == (25,)
    assert archive.execute("select count(*) from repeats").fetchone() == (25,)
    bare.close()
    archive.close()


def test_an_archive_that_does_something_else_is_not_measured(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        archive.keep_portal(**FACTS)
        archive.keep_article(next(stories(1)))
    with pytest.raises(click.ClickException, match="and not new"):
        measure(tmp_path, 5, lambda _: None)


def test_the_figures_have_their_lines() -> None:
    result = CliRunner().invoke(main, ["--articles", "20"])
    assert result.exit_code == 0, result.output
    lines = [line.split("  ")[0] for line in result.stdout.splitlines()]
    assert lines[:-1] == [
        *("sqlite3.executemany, bare", "new articles", "unchanged, the same capture again", "unchanged, a later capture"),
        *("articles.db", "memory"),
    ]
    assert lines[-1].startswith("20 articles of 3 KB; ")


@pytest.mark.parametrize(("new", "same", "size", "peak", "met"), [(60, 50_000, 2.3, 300, "met"), (59, 49_999, 2.31, 301, "not met")])
def test_the_targets_are_told(new: int, same: int, size: float, peak: float, met: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Times, "rate", lambda _, name: {"bare": 100, "new": new, "same": same, "later": 1}[name])
    assert [line.rpartition(": ")[2] for line in told(Times(), size, peak) if "target" in line] == [met] * 4


def test_the_stories_are_the_same_every_time_and_no_two_alike() -> None:
    assert list(stories(3)) == list(stories(3))
    assert list(stories(2, first=1)) == list(stories(3))[1:]
    assert len({story.body for story in stories(50)}) == 50
    assert {round(len(story.body), -3) for story in stories(50)} == {3000}
