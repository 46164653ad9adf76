"""A crawl that is killed at any moment, and the same command again: what comes of it is what a crawl that was never killed leaves."""

import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sample.server import RunningPortal, serve
from tests.crawling import assert_sound, crawl, rows

SEED = 20210325
TIMES = 20
PLACES = {
    "before a listing is noted": "articles insert listings",
    "in the middle of announcing": "articles insert ledger",
    "before the announcements are kept": "articles commit after articles.ledger articles.listings",
    "before a page": "pages begin after articles.ledger",
    "in the middle of a page": "pages insert captures",
    "before the page is kept": "pages commit after pages.bodies pages.captures",
    "between the page and the ledger": "articles begin after pages.bodies pages.captures",
    "before the ledger is kept": "articles commit after articles.ledger",
    "between the ledger and the article": "articles begin after articles.ledger",
    "in the middle of an article": "articles insert revisions",
    "before the article is kept": "articles commit after articles.articles articles.origins articles.revisions",
    "between the article and the ledger": "articles begin after articles.articles articles.origins articles.revisions",
}
"""Kinds of moments that each crawl comes by, and that a kill must be tried at; the other times it strikes anywhere."""

NOT_COMPARED = {
    "articles": {"docid", "captured_at", "first_seen"},
    "revisions": {"captured_at"},
    "ledger": {"announced_at", "next_try", "fetched_at", "seen_at", "crawl"},
    "listings": {"fetched_at"},
    "captures": {"id", "fetched_at", "headers", "crawl", "first_page"},
    "bodies": {"zstd", "dictionary"},
    "portals": set(),
}
"""Numbers and moments differ from crawl to crawl."""


@pytest.fixture(scope="module")
def portal() -> Iterator[RunningPortal]:
    with serve(["rakyatbengkulu"]) as portals:
        yield portals["rakyatbengkulu"]


@pytest.fixture(scope="module")
def never_killed(portal: RunningPortal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a crawl that went through, with the file of the moments it came by."""
    folder = tmp_path_factory.mktemp("whole")
    assert watched(portal, folder, at=0).returncode == 0
    return folder


def watched(portal: RunningPortal, folder: Path, *, at: int) -> subprocess.CompletedProcess[str]:
    """A crawl that is killed at the moment of that number, or never at 0."""
    extensions = '{"tests.faults.KillAt": 1, "spiders.report.CrawlReport": 100}'
    given = ("-s", f"EXTENSIONS={extensions}", "-s", f"KILL_AT={at}", "-s", f"MOMENTS={folder / 'moments'}")
    return crawl(portal.name, portal.home, *given, folder=folder)


def moments(folder: Path) -> list[str]:
    return (folder / "moments").read_text(encoding="utf-8").splitlines()


def left(folder: Path) -> dict[str, set[tuple[Any, ...]]]:
    """What an archive holds, but for what differs from crawl to crawl."""
    found = {}
    for table, but in NOT_COMPARED.items():
        database = "pages.db" if table in ("captures", "bodies") else "articles.db"
        told = rows(folder, f"select * from {table}", database)
        found[table] = {tuple((name, value) for name, value in row.items() if name not in but) for row in told}
    return found


@pytest.mark.parametrize("time", range(TIMES))
def test_a_crawl_that_is_killed_and_begun_again_leaves_what_one_that_was_never_killed_does(
    time: int, portal: RunningPortal, never_killed: Path, tmp_path: Path
) -> None:
    chance, passed = random.Random(SEED + time), moments(never_killed)
    place, named = list(PLACES.items())[time] if time < len(PLACES) else ("anywhere", None)
    number = chance.choice([number for number, moment in enumerate(passed, start=1) if named in (None, moment)])
    print(f"seed {SEED}, time {time}: {place}, at moment {number} of {len(passed)} ({passed[number - 1]})")

    assert watched(portal, tmp_path, at=number).returncode == -9
    assert len(moments(tmp_path)) == number
    assert_sound(tmp_path)
    settled = {row["url"] for row in rows(tmp_path, "select url from ledger where state not in ('announced', 'fetched')")}

    again = crawl(portal.name, portal.home, folder=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    assert_sound(tmp_path)
    assert left(tmp_path) == left(never_killed)
    # Nothing is archived twice: one text of each story, and only what was in work at that moment was fetched once more.
    assert rows(tmp_path, "select count(*) as texts from revisions") == rows(never_killed, "select count(*) as texts from revisions")
    captures = Counter((row["url"], row["part"]) for row in rows(tmp_path, "select url, part from captures", "pages.db"))
    assert max(captures.values()) <= 2
    # Pages wait for the processes that press them, so there may be several.
    assert not settled & {url for (url, part), times in captures.items() if times == 2 and part == 1}
    assert rows(tmp_path, "select count(*) <= 1 as few from repeats") == [{"few": 1}]


def test_the_kills_are_tried_at_every_kind_of_moment(never_killed: Path) -> None:
    assert set(PLACES.values()) <= set(moments(never_killed))
    assert len(PLACES) < TIMES
