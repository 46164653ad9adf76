"""Any field of any revision is traced to its capture, to the rules that read it, and to what found it there."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive import read
from archive.cli import main
from archive.provenance import provenance
from archive.records import Removed
from archive.store import Archive
from tests.builders import PORTAL, article, at, keep_portal, page

FIRST, SECOND = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
PAGE = page()
READ = article(
    page_sha256=PAGE.sha256,
    rules_version=FIRST,
    authors=("mam",),
    sources=(("authors", "text"), ("body", "rule"), ("published", "visible"), ("title", "rule")),
    found_by=(("authors", "closing"), ("body", "div.isi"), ("published", "heading"), ("title", "h1")),
    removed=(Removed(rule="baca-juga", text="Baca Juga: Gempa"),),
)
BETTER = replace(READ, rules_version=SECOND, title="Banjir", authors=("mam", "cah"), found_by=(("title", "h1.judul"), *READ.found_by[:3]))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A story that better rules read otherwise, and that was edited afterwards."""
    with Archive(tmp_path / "arsip") as opened:
        keep_portal(opened)
        opened.keep_page(PAGE)
        for version in (FIRST, SECOND):
            opened.keep_rules(version, portal=PORTAL, press="cccccccccccc", rules={"title": ["h1"]}, software="0.1.0", at=at(0))
        opened.keep_article(READ)
        opened.keep_article(BETTER)
        edited = page(day=1, body=b"surut")
        opened.keep_page(edited)
        opened.keep_article(replace(BETTER, captured_at=at(1), page_sha256=edited.sha256, body="Air surut.", sources=(), found_by=()))
        yield opened


def known(archive: Archive, number: int, *, pages: bool = True) -> dict[str, Any]:
    record = read.article(archive.articles_db, READ.id)
    return provenance(archive.articles_db, archive.pages_db if pages else None, record, number)


def test_a_field_names_its_value_where_it_stood_and_what_found_it(archive: Archive) -> None:
    fields = {row["field"]: row for row in known(archive, 1)["fields"]}
    assert fields["title"] == {"field": "title", "value": "Banjir", "source": "rule", "found_by": "h1.judul"}
    assert fields["authors"] == {"field": "authors", "value": ["mam", "cah"], "source": "text", "found_by": "closing"}
    assert (fields["published"]["value"], fields["published"]["printed"]) == ("2021-03-25", "Kamis, 25 Maret 2021")
    assert fields["body"]["value"] == READ.body
    assert "place" not in fields


def test_a_revision_names_its_capture(archive: Archive) -> None:
    capture = known(archive, 1)["capture"]
    assert capture == {
        "id": 1,
        "url": PAGE.url,
        "requested_url": None,
        "origin": None,
        "status": 200,
        "crawl": "crawl-1",
        "robots": "allowed",
        "captured_at": PAGE.fetched_at.isoformat(timespec="seconds"),
        "page_sha256": PAGE.sha256,
    }
    assert known(archive, 1, pages=False)["capture"] == {name: capture[name] for name in ("captured_at", "page_sha256")}
    assert known(archive, 2)["capture"]["id"] == 2


def test_a_revision_names_the_rules_that_read_it_and_what_others_had_read(archive: Archive) -> None:
    first = known(archive, 1)
    assert (first["rules"]["version"], first["rules"]["rules"], first["rules"]["software"]) == (SECOND, {"title": ["h1"]}, "0.1.0")
    assert first["removed"] == [{"rule": "baca-juga", "text": "Baca Juga: Gempa"}]
    (older,) = first["superseded"]
    assert (older["rules"], older["fields"]) == (FIRST, {"title": READ.title, "authors": ["mam"]})
    assert older["body_sha256"] == READ.body_sha256
    assert known(archive, 2)["superseded"] == []


def test_rules_that_nobody_noted_are_not_guessed(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        keep_portal(archive)
        archive.keep_article(replace(READ, rules_version=None))
        assert known(archive, 1)["rules"] == {"version": None}


def shown(archive: Archive, *words: str) -> Any:
    return CliRunner().invoke(main, ["--dir", str(archive.folder), "show", READ.id, *words])


def test_the_command_prints_it(archive: Archive) -> None:
    done = shown(archive, "--provenance", "--revision", "1")
    assert done.exit_code == 0
    lines = [" ".join(line.replace("│", " ").split()) for line in done.output.splitlines()]
    assert f"capture capture 1 of {PAGE.url}, 2021-03-25T05:00:00+00:00, page sha256 {PAGE.sha256}" in lines
    assert f"rules {SECOND} of {PORTAL} (press cccccccccccc), noted 2021-03-25T05:00:00+00:00 by Arsip Warta 0.1.0" in lines
    assert "title Banjir rule h1.judul" in lines
    assert "published 2021-03-25 (printed 'Kamis, 25 Maret 2021') visible heading" in lines
    assert "taken off by baca-juga: Baca Juga: Gempa" in lines
    assert any(line.endswith(f"rules {FIRST} had read otherwise: title, authors") for line in lines)


def test_the_command_tells_the_latest_revision_and_json(archive: Archive) -> None:
    told = json.loads(shown(archive, "--provenance", "--json").output)
    assert (told["revision"], told) == (2, known(archive, 2))


def test_what_a_withdrawn_article_said_is_not_told(archive: Archive) -> None:
    archive.withdraw(READ.id, "permintaan keluarga", at=at(2))
    done = shown(archive, "--provenance")
    assert done.exit_code == 1
    assert done.output == f"arsip: {READ.id} was withdrawn on 2021-03-27; what it said is not shown.\n"


def test_provenance_and_diff_are_two_questions(archive: Archive) -> None:
    done = shown(archive, "--provenance", "--diff", "1", "2")
    assert (done.exit_code, done.output) == (2, "arsip: Give one of --revision, --revisions, --diff and --provenance.\n")


def test_an_article_keeps_every_origin_once(archive: Archive) -> None:
    for number in range(5):
        archive.keep_article(replace(READ, url=f"{READ.url}-{number}"))
    origins = [json.loads(row["fields"]) for row in archive.articles_db.table("origins").rows]
    assert len(origins) == 3
    assert {"title": ["rule", "h1"], "body": ["rule", "div.isi"]}.items() <= next(
        each for each in origins if each and each["title"][1] == "h1"
    ).items()
