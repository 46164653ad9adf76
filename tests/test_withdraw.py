"""A withdrawn article is told by nobody, its record stays, and what is given back is what it was, to the byte."""

import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.store import Archive
from tests.arsip import arsip, printed, told
from tests.builders import PORTAL, article, at, keep_portal, page
from tests.test_serve import PATIENCE, answer, reading_room

REASON = "permintaan keluarga korban"
WORDS = "melati"


def story(day: float = 0, **changes: Any) -> Any:
    """A reading of the article that is to be withdrawn: every field that tells something tells of Melati."""
    facts = {
        "title": f"Melati hilang, hari {day}", "body": f"Melati hilang.\n\nWarga mencari Melati pada hari {day}.", "authors": ("Melati",),
        "place": "Melati", "section": "Melati", "tags": ("melati",), "image_caption": "Melati", "image": "https://x.example/melati.jpg",
    }  # fmt: skip
    return article("/berita", day=day, page_sha256=capture(day).sha256, **facts | changes)


def capture(day: float) -> Any:
    return page("/berita", day=day, body=b"<html>%d" % day)


IDENTITY = story().id
OTHER = article("/lain", title="Panen", body="Petani lega.", page_sha256=page("/lain", body=b"<html>lain").sha256)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of an edited story and another."""
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
        for day in (0, 1):
            archive.keep_page(capture(day))
            archive.keep_article(story(day))
        archive.keep_page(page("/lain", body=b"<html>lain"))
        archive.keep_article(OTHER)
    return tmp_path / "arsip"


def rows(folder: Path) -> dict[str, list[Any]]:
    """All that readers and writers find of articles, as SQLite has it."""
    connection = sqlite3.connect(folder / "articles.db")
    connection.text_factory = bytes
    tables = {
        name: connection.execute(f"select * from {name} order by 1, 2").fetchall()
        for name in ("articles", "revisions", "repeats", "withheld")
    }
    connection.execute("create virtual table temp.words using fts5vocab(main, articles_fts, instance)")
    tables["words"] = connection.execute("select term, doc, col, offset from words order by 1, 2, 3, 4").fetchall()
    connection.close()
    return tables


def passes(folder: Path) -> None:
    assert printed(folder, "verify")[-1].endswith("; nothing is wrong.")


def test_what_is_withdrawn_is_found_and_told_by_nobody_and_comes_back_whole(folder: Path) -> None:
    passes(folder)
    before = rows(folder)
    assert printed(folder, "search", WORDS)[-1] == "1 article"
    assert printed(folder, "withdraw", IDENTITY, "--reason", REASON) == [f"{IDENTITY} is withdrawn: {story().url}"]
    passes(folder)
    assert printed(folder, "search", WORDS)[-1] == "0 articles"
    for words in (["show", IDENTITY], ["show", IDENTITY, "--json"], ["stats", "--dates"], ["stats", "--flags"], ["repeated", PORTAL]):
        assert WORDS not in " ".join(printed(folder, *words)).lower()
    told_still = {name: content for name, content in rows(folder).items() if name != "withheld"}
    assert WORDS not in str(told_still).lower()
    assert len(rows(folder)["withheld"]) == 2
    assert printed(folder, "withdraw", IDENTITY, "--undo") == [f"{IDENTITY} is given back: {story().url}"]
    passes(folder)
    assert rows(folder) == before
    assert printed(folder, "search", WORDS)[-1] == "1 article"


def test_the_record_stays_with_day_reason_and_proof(folder: Path) -> None:
    shown = told(folder, "show", IDENTITY)
    printed(folder, "withdraw", IDENTITY[:8], "--reason", f" {REASON}\n")
    lines = printed(folder, "show", story().url)
    day = told(folder, "show", IDENTITY)["withdrawn_at"][:10]
    assert lines[0] == f"Withdrawn on {day}: {REASON}"
    assert f"text       revision 2, sha256 {shown['body_sha256']}; it is withheld" in lines
    record = told(folder, "show", IDENTITY)
    assert record["withdrawn_reason"] == REASON
    assert {
        name: record[name] for name in ("id", "url", "portal", "published", "first_seen", "captured_at", "body_sha256", "revision")
    } == {name: shown[name] for name in ("id", "url", "portal", "published", "first_seen", "captured_at", "body_sha256", "revision")}
    kept = ("number", "captured_at", "last_seen", "page_sha256", "body_sha256")
    assert record["revisions"] == [{name: row[name] for name in kept} for row in shown["revisions"]]
    assert arsip(folder, "show", IDENTITY, "--revision", "1").stdout == arsip(folder, "show", IDENTITY).stdout
    assert "(withdrawn)" in " ".join(printed(folder, "show", IDENTITY, "--revisions"))
    refused = arsip(folder, "show", IDENTITY, "--diff", "1", "2")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "what it said is not shown" in refused.stderr


def test_the_list_names_those_that_are_withdrawn(folder: Path) -> None:
    assert printed(folder, "withdraw", "--list") == ["No article is withdrawn."]
    printed(folder, "withdraw", IDENTITY, "--reason", REASON)
    (row,) = told(folder, "withdraw", "--list")
    assert (row["id"], row["reason"], row["url"]) == (IDENTITY, REASON, story().url)
    assert any(IDENTITY in line and REASON in line for line in printed(folder, "withdraw", "--list"))


def test_a_dump_leaves_it_out_and_counts_it(folder: Path, tmp_path: Path) -> None:
    printed(folder, "withdraw", IDENTITY, "--reason", REASON)
    (line, _) = printed(folder, "dump", "--out", str(tmp_path / "dump"))
    assert line.startswith("1 articles (1 withdrawn, not in it), ")
    (only,) = (tmp_path / "dump" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(only)["id"] == OTHER.id
    package = json.loads((tmp_path / "dump" / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["withdrawn"], package["resources"][0]["rows"]) == (1, 1)
    printed(folder, "dump", "--out", str(tmp_path / "dump"), "--since", "2030-01-01")
    assert json.loads((tmp_path / "dump" / "datapackage.json").read_text(encoding="utf-8"))["withdrawn"] == 0


def test_the_reading_room_shows_the_record_and_gives_the_text_to_no_query(folder: Path) -> None:
    printed(folder, "withdraw", IDENTITY, "--reason", REASON)
    with reading_room(folder) as address:
        with urlopen(f"{address}/articles/articles/{IDENTITY}", timeout=PATIENCE) as told_page:
            text = told_page.read().decode()
        assert REASON in text
        assert WORDS not in text.lower()
        for path in (
            "articles/articles.json?_shape=objects",
            "articles/revisions.json?_shape=objects",
            "articles/edited.json",
            "articles/withdrawn.json",
            f"articles/articles.json?_search={WORDS}",
            f"articles.json?sql={quote('select * from withheld')}",
            f"articles.json?sql={quote('select hex(row), json(row), article from withheld')}",
            f"articles.json?sql={quote('with told as (select row as other from withheld) select substr(other, 1) from told')}",
        ):
            found = json.dumps(answer(f"{address}/{path}")["rows"]).lower()
            assert WORDS not in found
            assert WORDS.encode().hex() not in found
        with pytest.raises(OSError, match="403"):
            answer(f"{address}/articles/withheld.json")


def test_what_is_captured_later_is_kept_and_withheld_too(folder: Path) -> None:
    printed(folder, "withdraw", IDENTITY, "--reason", REASON)
    with Archive(folder) as archive:
        for day, outcome in ((5, "revised"), (6, "unchanged"), (-1, "revised")):
            archive.keep_page(capture(day))
            changes = {"title": "Melati ditemukan", "body": "Melati pulang."} if day > 0 else {}
            assert archive.keep_article(story(day, **changes)) == outcome
        assert archive.keep_article(story(1, title="Melati, dibaca lain")) == "reread"
    passes(folder)
    assert printed(folder, "search", WORDS)[-1] == "0 articles"
    assert WORDS not in str({name: content for name, content in rows(folder).items() if name != "withheld"}).lower()
    assert told(folder, "show", IDENTITY)["revision"] == 4
    printed(folder, "withdraw", IDENTITY, "--undo")
    passes(folder)
    record = told(folder, "show", IDENTITY)
    assert [row["title"] for row in record["revisions"]] == [
        "Melati hilang, hari -1", "Melati hilang, hari 0", "Melati, dibaca lain", "Melati ditemukan"
    ]  # fmt: skip
    assert record["title"] == "Melati ditemukan"


def test_what_better_rules_call_no_article_stays_withdrawn(folder: Path) -> None:
    printed(folder, "withdraw", IDENTITY, "--reason", REASON)
    with Archive(folder) as archive:
        for day in (0, 1):
            archive.keep_article(story(day, refusal="no headline"))
    passes(folder)
    assert told(folder, "withdraw", "--list")[0]["id"] == IDENTITY
    with Archive(folder) as archive:
        assert archive.keep_article(story(1)) == "new"
    passes(folder)
    assert printed(folder, "search", WORDS)[-1] == "0 articles"
    printed(folder, "withdraw", IDENTITY, "--undo")
    passes(folder)
    assert told(folder, "show", IDENTITY)["title"] == "Melati hilang, hari 1"


def test_a_withdrawn_article_without_any_text_ends_when_it_is_given_back(folder: Path) -> None:
    printed(folder, "withdraw", IDENTITY, "--reason", REASON)
    with Archive(folder) as archive:
        for day in (0, 1):
            archive.keep_article(story(day, refusal="no headline"))
    printed(folder, "withdraw", IDENTITY, "--undo")
    assert arsip(folder, "show", IDENTITY).exit_code == 1
    passes(folder)


def test_both_are_events(folder: Path) -> None:
    printed(folder, "withdraw", IDENTITY, "--reason", REASON)
    printed(folder, "withdraw", IDENTITY, "--undo")
    with Archive(folder) as archive:
        found = [(row["what"], row["article"], row["outcome"]) for row in archive.articles_db.table("events").rows]
        details = [json.loads(row["detail"])["reason"] for row in archive.articles_db.table("events").rows]
    assert found == [("withdraw", IDENTITY, "withdrawn"), ("withdraw --undo", IDENTITY, "given back")]
    assert details == [REASON, REASON]


@pytest.mark.parametrize(
    ("words", "status", "part"),
    [
        (["tidakada", "--reason", "x"], 1, "There is no article 'tidakada' in this archive"),
        ([IDENTITY], 2, "either --reason TEXT or --undo"),
        ([IDENTITY, "--reason", "  "], 2, "either --reason TEXT or --undo"),
        ([IDENTITY, "--reason", "x", "--undo"], 2, "either --reason TEXT or --undo"),
        (["--undo"], 2, "Give the ID of an article"),
        (["--reason", "x"], 2, "Give the ID of an article"),
        (["--list", IDENTITY], 2, "Give --list alone"),
        (["--list", "--undo"], 2, "Give --list alone"),
        ([IDENTITY, "--undo", "--json"], 2, "Give --list alone"),
        ([IDENTITY, "--undo"], 1, "is not withdrawn"),
    ],
)
def test_wrong_use_is_one_sentence_and_changes_nothing(folder: Path, words: list[str], status: int, part: str) -> None:
    before = rows(folder)
    result = arsip(folder, "withdraw", *words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (status, "", 1)
    assert part in result.stderr
    assert rows(folder) == before


def test_a_second_withdrawal_is_refused_with_the_first_ones_day_and_reason(folder: Path) -> None:
    printed(folder, "withdraw", IDENTITY, "--reason", REASON)
    result = arsip(folder, "withdraw", IDENTITY, "--reason", "lain")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"arsip: {IDENTITY} is withdrawn already, since ")
    assert REASON in result.stderr


READINGS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["Satu", "Dua", "Tiga"]), st.booleans()), min_size=1, max_size=7)


@settings(max_examples=40, deadline=None)
@given(readings=READINGS, place=st.integers(0, 6))
def test_whatever_is_read_meanwhile_nothing_is_lost_and_nothing_told(
    tmp_path_factory: pytest.TempPathFactory, readings: list[tuple[int, str, bool]], place: int
) -> None:
    """An archive in which the article was withdrawn for a while is in the end the one in which it never was."""
    base = tmp_path_factory.mktemp("arsip")
    first = (0, "Satu", False)
    for name in ("never", "for a while"):
        with Archive(base / name) as archive:
            keep_portal(archive)
            for number, (day, title, refusal) in enumerate([first, *readings]):
                there = archive.articles_db.table("articles").count
                if name != "never" and there and number == min(place, len(readings) - 1) + 1:
                    archive.withdraw(IDENTITY, REASON, at=at(9))
                archive.keep_article(story(day, title=title, refusal="no headline" if refusal else None))
            if withdrawn := archive.articles_db.execute(
                "select title, body, authors from articles where withdrawn_at is not null"
            ).fetchone():
                assert withdrawn == ("", "", None)
                assert not archive.articles_db.table("revisions").count
                archive.give_back(IDENTITY, at=at(10))
    assert rows(base / "never") == rows(base / "for a while")
