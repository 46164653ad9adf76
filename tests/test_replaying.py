"""A replay that is stopped is gone on with; what it changes is counted, and what it replaces is kept."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from archive import ledger, replays
from archive.errors import ArchiveError
from archive.records import Article, Page
from archive.rereadings import MOST, Difference, Rereadings
from archive.revisions import revision_row
from archive.store import Archive
from pipelines.pool import PressPool
from pipelines.press import press
from pipelines.rules import Rules
from pipelines.version import rules_version
from spiders import replaying
from spiders.families.wordpress import WordPress
from spiders.replaying import Replay, alone
from tests.builders import HOME, at, texts

PAGES = 25
STORY = "<html><h1>Banjir ke-{0} di Kepahiang</h1><div class='isi'><p>Air naik {0} sentimeter di desa itu kemarin sore.</p></div></html>"
RULES = Rules(title=("h1",), body=("div.isi",), zone="Asia/Jakarta")


class Portal(WordPress):
    """A portal whose rules a test may change."""

    name = "rakyatbengkulu"
    home = HOME
    region = "17"
    rules = RULES


KNOWN: Any = {Portal.name: Portal}


class Inline:
    """Presses in this process: what is tested here is what comes of the articles."""

    def press_all(self, pages: Iterable[tuple[Page, Rules]], complain: Any) -> Iterator[tuple[Page, Article | None]]:
        for page, rules in pages:
            yield page, press(page, rules)


POOL: Any = Inline()


@pytest.fixture(autouse=True)
def a_few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "AT_ONCE", 10)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of so many pages, of which nothing was made yet."""
    with Archive(tmp_path / "arsip") as opened:
        for number in range(PAGES):
            body = STORY.format(number).encode()
            opened.keep_page(Page(url=f"{HOME}/banjir-{number}", portal=Portal.name, fetched_at=at(number), body=body))
        yield opened


def replayed(archive: Archive, portal: Any = Portal, *, dry: bool = False, stop_at: int | None = None) -> Replay:
    """A replay, stopped as by an interrupt when so many pages were pressed."""
    steps = count(1)

    def step() -> None:
        if next(steps) == stop_at:
            raise KeyboardInterrupt

    replay = Replay(archive, {portal.name: portal}, names=(), dry=dry)
    try:
        replay.run(POOL, step=step, complain=pytest.fail)
    except KeyboardInterrupt:
        assert stop_at
    return replay


def other(**changes: Any) -> Any:
    """The portal with other rules."""
    facts = {"name": Portal.name, "home": HOME, "region": "17", "__doc__": Portal.__doc__}
    return type("Other", (Portal,), facts | {"rules": replace(RULES, **changes)})


def changes_of(archive: Archive) -> int:
    return archive.articles_db.conn.total_changes


def test_a_stopped_replay_keeps_what_it_read_and_the_next_goes_on_there(archive: Archive) -> None:
    replayed(archive, stop_at=17)
    assert archive.articles_db.table("articles").count == 10
    again = Replay(archive, KNOWN, names=(), dry=False)
    assert (again.total(), again.since is not None, again.tally[Portal.name]) == (PAGES - 10, True, Counter(new=10))
    assert replayed(archive).tally[Portal.name] == Counter(new=PAGES)
    assert archive.articles_db.table("articles").count == PAGES
    (row,) = archive.articles_db.table("replays").rows
    assert row["finished"]


def test_a_replay_that_came_to_its_end_is_not_gone_on_with(archive: Archive) -> None:
    replayed(archive)
    again = replayed(archive)
    assert (again.since, again.tally[Portal.name]) == (None, Counter(unchanged=PAGES))


def test_with_other_rules_a_replay_begins_anew(archive: Archive) -> None:
    replayed(archive, stop_at=17)
    again = replayed(archive, other(title=("h1", "h2")))
    assert (again.since, again.tally[Portal.name]) == (None, Counter(unchanged=10, new=PAGES - 10))


def test_a_dry_run_notes_nothing_and_goes_on_with_nothing(archive: Archive) -> None:
    replayed(archive, stop_at=17)
    before = changes_of(archive)
    dry = replayed(archive, dry=True)
    assert (dry.since, dry.tally[Portal.name]) == (None, Counter(unchanged=10, new=PAGES - 10))
    assert changes_of(archive) == before


def test_the_rules_are_noted_and_every_revision_names_its_own(archive: Archive) -> None:
    replayed(archive)
    (noted,) = archive.articles_db.table("rules").rows
    assert (noted["version"], noted["portal"]) == (rules_version(Portal.rules), Portal.name)
    assert json.loads(noted["rules"]).items() >= {"zone": "Asia/Jakarta", "title": ["h1"], "body": ["div.isi"]}.items()
    assert {row["rules"] for row in archive.articles_db.table("revisions").rows} == {noted["version"]}


def test_better_rules_make_no_revision_and_what_they_replace_is_kept(archive: Archive) -> None:
    replayed(archive)
    better = other(body=("div.isi p",), title=("html",))
    done = replayed(archive, better)
    assert done.tally[Portal.name] == Counter(reread=PAGES)
    assert done.rereadings.fields == {"title": Counter(changed=PAGES)}
    assert {number for number, _ in texts(archive)} == {1}
    superseded = list(archive.articles_db.table("superseded").rows)
    assert len(superseded) == PAGES
    assert {row["rules"] for row in superseded} == {rules_version(Portal.rules)}
    assert json.loads(superseded[3]["told"])["title"] == "Banjir ke-3 di Kepahiang"
    assert "body" not in json.loads(superseded[3]["told"])
    assert {row["rules"] for row in archive.articles_db.table("revisions").rows} == {rules_version(better.rules)}


def test_rules_that_read_the_same_leave_every_row_as_it_is(archive: Archive) -> None:
    replayed(archive)
    before = list(archive.articles_db.table("revisions").rows)
    assert replayed(archive, other(editors=("span.editor",))).tally[Portal.name] == Counter(unchanged=PAGES)
    assert list(archive.articles_db.table("revisions").rows) == before
    assert archive.articles_db.table("superseded").count == 0


def test_articles_that_are_lost_and_gained_are_told(archive: Archive) -> None:
    replayed(archive)
    lost = replayed(archive, other(article=("div.tidak-ada",)))
    assert lost.tally[Portal.name] == Counter(dropped=PAGES)
    assert len(lost.rereadings.largest()) == MOST
    assert all(found.after == {} and found.before["title"] for found in lost.rereadings.largest())
    assert archive.articles_db.table("articles").count == 0
    assert replayed(archive).tally[Portal.name] == Counter(new=PAGES)


def test_a_page_that_cannot_be_pressed_is_complained_of_and_the_others_are_kept(archive: Archive) -> None:
    complaints: list[str] = []
    with PressPool(2) as pool:
        replay = Replay(archive, {Portal.name: other(body=("div[",))}, names=(), dry=False)
        replay.run(pool, step=lambda: None, complain=complaints.append)
    assert replay.tally[Portal.name] == Counter(failed=PAGES)
    assert len(complaints) == PAGES
    assert complaints[0].startswith(f"{HOME}/banjir-0 could not be pressed: ")


def test_a_damaged_page_is_complained_of_and_the_others_are_read(archive: Archive) -> None:
    archive.pages_db.execute("update bodies set zstd = x'28b52ffd' where rowid = 7")
    complaints: list[str] = []
    replay = Replay(archive, KNOWN, names=(), dry=False)
    replay.run(POOL, step=lambda: None, complain=complaints.append)
    assert replay.tally[Portal.name] == Counter(new=PAGES - 1, failed=1)
    assert [sentence.partition(" (")[0] for sentence in complaints] == ["The body of capture 7 in pages.db is damaged"]


def test_the_ledger_learns_of_addresses_that_only_the_pages_tell_of(archive: Archive) -> None:
    """An articles.db made anew from pages.db knows which addresses are held and which are gone."""
    archive.keep_page(Page(url=f"{HOME}/banjir-0", portal=Portal.name, fetched_at=at(40), body=b"", status=404))
    archive.keep_page(Page(url=f"{HOME}/redaksi", portal=Portal.name, fetched_at=at(1), body=b"<html><p>Redaksi</p></html>"))
    replayed(archive)
    states = Counter(row["state"] for row in archive.articles_db.table("ledger").rows)
    assert states == Counter({ledger.ARCHIVED: PAGES - 1, ledger.GONE: 1})


def test_one_replay_at_a_time(archive: Archive) -> None:
    with alone(archive), pytest.raises(ArchiveError, match=r"Another replay of .* is running"), alone(archive):
        pytest.fail("two replays at once")
    with alone(archive):
        pass


def test_what_a_killed_replay_noted_is_there_with_what_it_kept(archive: Archive) -> None:
    """Both are in one transaction: no page is counted twice, none is left out."""
    replayed(archive, stop_at=24)
    with sqlite3.connect(archive.folder / "articles.db") as other_process:
        (last, counts), (kept,) = (
            other_process.execute("select last, counts from replays").fetchone(),
            other_process.execute("select count(*) from articles").fetchone(),
        )
    other_process.close()
    assert (last, json.loads(counts)["tally"], kept) == (20, {Portal.name: {"new": 20}}, 20)


def test_a_replay_of_other_portals_is_another(archive: Archive) -> None:
    with archive.transaction():
        first = replays.begin(archive.articles_db, ("a", "b"), {"a": "1", "b": "2"}, {}, at=at(0))
        replays.advance(archive.articles_db, first.id, last=7, counts={"tally": {}})
        others = [(("a",), {"a": "1"}), (("a", "b"), {"a": "1", "b": "3"})]
        assert all(replays.begin(archive.articles_db, *other, {}, at=at(1)).id != first.id for other in others)
        same = replays.begin(archive.articles_db, ("b", "a"), {"b": "2", "a": "1"}, {}, at=at(2))
        assert (same.id, same.last, same.started, same.counts) == (first.id, 7, at(0), {"tally": {}})


def read_as(**changes: Any) -> Article:
    facts: dict[str, Any] = {
        "url": f"{HOME}/a",
        "portal": "p",
        "captured_at": at(0),
        "page_sha256": "0",
        "title": "Banjir",
        "body": "Air naik.",
    }
    return Article(**facts | changes)


@pytest.mark.parametrize(
    ("before", "after", "fields", "size"),
    [
        ({}, {"title": "Banjir bandang"}, {"title": "changed"}, 8),
        ({"place": "Curup"}, {}, {"place": "lost"}, 0),
        ({}, {"authors": ("mam",), "tags": ("banjir",)}, {"authors": "gained", "tags": "gained"}, 0),
        ({"body": "Air naik. Bagikan"}, {"body": "Air naik."}, {"body": "changed"}, 8),
        ({"body": "aaa bbb ccc"}, {"body": "aaa x ccc"}, {"body": "changed"}, 3),
        ({"body": "aa"}, {"body": "aaa"}, {"body": "changed"}, 1),
    ],
)
def test_fields_are_counted_and_differences_measured(before: Any, after: Any, fields: dict[str, str], size: int) -> None:
    found = Rereadings()
    found.add(revision_row(read_as(**before)), read_as(**after))
    assert found.fields == {name: Counter({what: 1}) for name, what in fields.items()}
    assert [each.size for each in found.largest()] == [size]


def test_the_largest_differences_are_kept_largest_first() -> None:
    found = Rereadings()
    for size in (3, 14, 15, 9, 2, 6, 5, 35, 8, 97, 93, 23, 84):
        found.add(revision_row(read_as(url=f"{HOME}/{size}")), read_as(url=f"{HOME}/{size}", title="Banjir" + "!" * size))
    assert [each.size for each in found.largest()] == [97, 93, 84, 35, 23, 15, 14, 9, 8, 6]
    assert all(isinstance(each, Difference) and each.url.endswith(f"/{each.size}") for each in found.largest())
