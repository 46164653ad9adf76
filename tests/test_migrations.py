"""An archive of the first version that landed, opened by the code of today: nothing is lost, and all that is done with one goes on."""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard
from sqlite_utils import Database, Migrations

from archive import read, schema
from archive.captures import read_pages
from archive.database import open_readonly
from archive.reasons import PLAIN, REASONS, STATES
from archive.revisions import LISTS
from archive.store import Archive
from sample.server import serve
from tests import first_archive
from tests.arsip import arsip, printed, told
from tests.crawling import assert_sound, crawl, one_sentence, rows, scrapy

LANDED = Path(__file__).parent / "archives" / "landed.tsv"
MIGRATIONS = {"pages.db": schema.pages, "articles.db": schema.articles}

NOW_CALLED = {
    "robots.txt": "robots.txt forbids it",
    "press: ZeroDivisionError: a defect": "the rules failed on it",
    "held, and now no article's page": "held, and now no article",
    "leads to another site: lain.example": "leads to another site",
    "not HTML: application/pdf": "not HTML",
    "status 206": "an unexpected status",
    "status 403": "refused by the server",
    "status 429": "too many requests",
    "status 503": "server error",
    "page 2: status 500": "server error",
    "no article's page": "no article's page",
}
"""The reasons that the first version had noted in free words, and what they are in the closed list."""
WITHOUT = "gone"
"""What it had noted of each address that was gone: nothing that the state does not say."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as it was."""
    return first_archive.unpack(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same archive, opened by the code of today; tests that change it take `own`."""
    folder = first_archive.unpack(tmp_path_factory.mktemp("today"))
    Archive(folder).close()
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the archive as it was, to be changed."""
    return first_archive.unpack(tmp_path / "arsip")


@pytest.fixture
def reading(today: Path) -> Iterator[Database]:
    database = open_readonly(today / "articles.db", schema.articles)
    yield database
    database.close()


def lists_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row of articles or revisions with its JSON read."""
    return row | {name: json.loads(row[name]) for name in LISTS if row[name]}


def within(row: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """What a record says of the columns of a row."""
    return {name: record[name] for name in row}


def test_the_archive_has_every_kind_of_row_that_its_version_wrote(first: Path) -> None:
    """What the comparisons below would mean nothing without."""
    kept = {table: first_archive.stored(first, table) for table in first_archive.TABLES}
    assert all(kept.values())
    assert {row["revision"] for row in kept["articles"]} == {1, 2, 3}
    assert any(row["gone_at"] for row in kept["articles"])
    assert any(row["part"] == 2 for row in kept["captures"])
    assert {row["status"] for row in kept["captures"]} == {200, 206, 404, 410}
    assert {row["outcome"] for row in kept["crawls"]} >= {"finished", "incomplete", None}
    # All states but `fetched`, which only stands between a page and what is made of it.
    assert {row["state"] for row in kept["ledger"]} == {
        *("announced", "archived", "unchanged", "gone", "refused by robots", "not an article", "failed"),
    }
    assert {row["reason"] for row in kept["ledger"]} == {None, WITHOUT, *NOW_CALLED}


def test_no_page_is_lost(first: Path, today: Path) -> None:
    bodies = {row["sha256"]: zstandard.ZstdDecompressor().decompress(row["zstd"]) for row in first_archive.stored(first, "bodies")}
    database = open_readonly(today / "pages.db", schema.pages)
    pages = [each for page in read_pages(database) for each in (page, *page.rest)]
    database.close()
    read_now = [
        {
            "portal": page.portal,
            "url": page.url,
            "requested_url": page.requested_url,
            "origin": page.origin,
            "fetched_at": page.fetched_at.isoformat(),
            "status": page.status,
            "headers": json.dumps([list(each) for each in page.headers], ensure_ascii=False),
            "crawl": page.crawl,
            "robots": page.robots,
            "body": page.body,
            "sha256": hashlib.sha256(page.body).hexdigest(),
        }
        for page in pages
    ]
    captures = first_archive.stored(first, "captures")
    kept = [{name: (row | {"body": bodies[row["sha256"]]})[name] for name in read_now[0]} for row in captures]
    assert read_now == kept
    # Which page follows which, and under which number a capture is known to exports.
    numbers = "select id, sha256, first_page, part from captures order by id"
    assert rows(today, numbers, "pages.db") == rows(first, numbers, "pages.db")


def test_no_article_and_no_text_of_it_is_lost(first: Path, reading: Database) -> None:
    revisions = [lists_of(row) for row in first_archive.stored(first, "revisions")]
    for row in map(lists_of, first_archive.stored(first, "articles")):
        record = read.article(reading, row["id"])
        assert within(row, record) == row
        texts = [
            told | {"removed": json.loads(told["removed"] or "[]"), "sources": json.loads(told["sources"])}
            for told in revisions
            if told["article"] == row["id"]
        ]
        assert [within(told, now) for told, now in zip(texts, record["revisions"], strict=True)] == texts
    assert read.count(reading) == len(first_archive.stored(first, "articles"))


@pytest.mark.parametrize("table", ["regions", "portals", "crawls", "listings", "repeats"])
def test_no_row_is_lost_of(table: str, first: Path, today: Path) -> None:
    before = first_archive.stored(first, table)
    assert [within(row, now) for row, now in zip(before, first_archive.stored(today, table), strict=True)] == before


def test_no_address_of_the_ledger_is_lost_and_its_reason_is_one_of_the_list(first: Path, today: Path) -> None:
    allowed = {state: {reason.words for reason in REASONS if state in reason.states} for state in {s for r in REASONS for s in r.states}}
    before = first_archive.stored(first, "ledger")
    for row, now in zip(before, first_archive.stored(today, "ledger"), strict=True):
        words = row.pop("reason")
        assert within(row, now) == row
        if words in (None, WITHOUT):
            assert (now["reason"], now["detail"]) == (None, None)
            continue
        assert now["reason"] == NOW_CALLED[words]
        # In free words it stays readable, unless they are those of the list.
        assert now["detail"] == (words if words != now["reason"] else None)
        assert now["reason"] in allowed[now["state"]]
        assert now["state"] not in PLAIN


def test_it_has_the_tables_of_an_archive_that_was_made_today(today: Path, tmp_path: Path) -> None:
    Archive(tmp_path).close()
    for name in first_archive.NAMES:
        with sqlite3.connect(today / name) as migrated, sqlite3.connect(tmp_path / name) as new:
            assert first_archive.structure(migrated) == first_archive.structure(new)
        migrated.close()
        new.close()


def digest(database: sqlite3.Connection) -> str:
    """A digest of the structure of a database and of all that its rows say, without what is packed in them."""
    told = first_archive.structure(database)
    for name in [each.removeprefix("table ") for each in told if each.startswith("table ") and isinstance(told[each], list)]:
        found = database.execute(f"select * from {name}")
        told[f"rows {name}"] = sorted(repr([value for value in row if not isinstance(value, bytes)]) for row in found)
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]


def steps(name: str, migrations: Migrations, path: Path) -> Iterator[str]:
    """A line for every step of a database, with a digest of what it leaves: of an empty one at first, then of the first archive."""
    names = [step.name for step in migrations.pending(Database(memory=True))]
    begun = first_archive.STEPS[name]
    assert names[: len(begun)] == begun
    empty, archive = Database(memory=True), Database(path)
    for number, step in enumerate(names, start=1):
        database = empty if number <= len(begun) else archive
        migrations.apply(database, stop_before=names[number:])
        yield f"{name}\t{step}\t{digest(database.conn)}\n"
    empty.close()
    archive.close()


def test_steps_that_landed_are_never_changed_nor_put_in_another_order(own: Path) -> None:
    """A new step is a new line behind those of its database, in `landed.tsv`; no other line ever changes."""
    found = "".join(line for name, migrations in MIGRATIONS.items() for line in steps(name, migrations, own / name))
    assert found == LANDED.read_text(encoding="utf-8")


def test_readers_are_told_that_it_is_older_and_it_stays_as_it_is(own: Path) -> None:
    before = (own / "articles.db").read_bytes()
    for words in (["stats"], ["verify"], ["search", "kopi"]):
        refused = arsip(own, *words)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "made by an older version" in one_sentence(refused.stderr)
    assert (own / "articles.db").read_bytes() == before


def test_it_passes_verification(today: Path) -> None:
    assert_sound(today)
    assert printed(today, "verify")[-1].endswith("nothing is wrong.")


def test_it_is_searched_shown_dumped_and_counted(first: Path, today: Path, tmp_path: Path) -> None:
    articles = {row["id"]: row for row in first_archive.stored(first, "articles")}
    for word in ("warga", "kopi", "kemarin"):
        meant = {key for key, row in articles.items() if word in f"{row['title']} {row['body']}".lower().replace(".", " ").split()}
        assert meant
        assert meant <= {row["id"] for row in told(today, "search", word, "--limit", "100")}
    (edited,) = [row for row in articles.values() if row["revision"] == 3]
    assert edited["title"] in "\n".join(printed(today, "show", edited["id"]))
    assert len(told(today, "show", edited["id"])["revisions"]) == 3
    assert printed(today, "show", edited["id"], "--diff", "1", "3")

    printed(today, "dump", "--out", str(tmp_path / "dump"))
    dumped = [json.loads(line) for line in (tmp_path / "dump" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["id"]: row["body"] for row in dumped} == {key: row["body"] for key, row in articles.items()}

    days = told(today, "coverage")
    counted = Counter(
        {name: sum(day[name] for day in days) for name in ("announced", "archived", "unchanged", "gone", "failed", "waiting")}
    )
    states = Counter(row["state"] for row in first_archive.stored(first, "ledger"))
    assert counted == {
        "announced": states.total(),
        **{name: states[name] for name in ("archived", "unchanged", "gone", "failed")},
        "waiting": states["announced"],
    }
    assert sum(portal["articles"] for portal in told(today, "stats")) == len(articles)


def test_its_pages_are_replayed(first: Path, own: Path) -> None:
    done = scrapy("replay", folder=own)
    assert (done.returncode, done.stderr) == (0, "")
    assert printed(own, "verify")[-1].endswith("nothing is wrong.")
    # What the rules of that day had failed on is read now; what was held is held.
    held = {row["url"] for row in rows(own, "select url from articles")}
    assert held >= {row["url"] for row in first_archive.stored(first, "articles")}
    assert held >= {row["url"] for row in first_archive.stored(first, "ledger") if (row["reason"] or "").startswith("press:")}
    captures = "select captured_at, page_sha256 from {} order by 1, 2"
    made_of = {tuple(row.values()) for table in ("revisions", "repeats") for row in rows(own, captures.format(table))}
    assert made_of >= {tuple(row.values()) for table in ("revisions", "repeats") for row in rows(first, captures.format(table))}


def test_a_crawl_goes_on_from_it(first: Path, own: Path) -> None:
    with serve() as portals:
        for portal in portals.values():
            done = crawl(portal.name, portal.home, folder=own)
            assert (done.returncode, done.stderr) == (0, "")
    assert printed(own, "verify")[-1].endswith("nothing is wrong.")
    waited = [row["url"] for row in first_archive.stored(first, "ledger") if row["state"] == "announced"]
    ledger = {row["url"]: row["state"] for row in first_archive.stored(own, "ledger")}
    assert "archived" in {ledger[url] for url in waited} <= set(STATES) - {"announced", "fetched", "failed"}
    # Nothing that it held is gone from it, and what it knew is not asked for again before its time.
    assert {row["id"] for row in first_archive.stored(own, "articles")} >= {row["id"] for row in first_archive.stored(first, "articles")}
    refused = {row["url"]: row["state"] for row in first_archive.stored(first, "ledger") if row["state"] == "not an article"}
    assert {url: ledger[url] for url in refused} == refused
