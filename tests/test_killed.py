"""Commands that are killed at any moment, and the same again: what comes of it is what one that was never killed leaves."""

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sample.server import STORIES, RunningPortal, serve
from tests import first_archive
from tests.arsip import printed
from tests.crawling import assert_sound, rows
from tests.first_archive import PORTAL, assert_completed, assert_whole, left
from tests.killing import command, crawling

SEED = 20210325
FEW = ("01-", "02-", "03-", "06-", "07-", "11-", "15-", "20-", "26-")
"""The stories that are crawled, by the beginnings of their files; one of them stands on two pages."""
OF_A_CRAWL = {
    "articles": {"docid", "captured_at", "first_seen"},
    "revisions": {"captured_at"},
    "repeats": {"captured_at"},
    "ledger": {"announced_at", "next_try", "fetched_at", "seen_at", "crawl"},
    "listings": {"fetched_at"},
    "captures": {"id", "fetched_at", "headers", "crawl", "first_page"},
    "bodies": {"zstd", "dictionary"},
}
"""Numbers and moments differ from crawl to crawl."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A command that is killed."""

    times: int
    places: Mapping[str, str]
    """Kinds of moments at which a kill must be tried, each with a pattern for their names; the other times it strikes anywhere."""
    differs: Mapping[str, set[str]] = field(default_factory=dict)
    """Columns that are not compared, by table."""


CASES = {
    "crawl": Case(
        times=20,
        differs=OF_A_CRAWL,
        places={
            "while the archive is made": r"articles create .*",
            "before a listing is noted": r"articles insert listings",
            "in the middle of announcing": r"articles insert ledger",
            "before the announcements are kept": r"articles commit after articles\.ledger articles\.listings",
            "before a page": r"pages begin after articles\.ledger",
            "in the middle of a page": r"pages insert captures",
            "before the page is kept": r"pages commit after pages\.bodies pages\.captures",
            "between the page and the ledger": r"articles begin after pages\.bodies pages\.captures",
            "before the ledger is kept": r"articles commit after articles\.ledger",
            "between the ledger and the article": r"articles begin after articles\.ledger",
            "in the middle of an article": r"articles insert revisions",
            "before the article is kept": r"articles commit after articles\.articles .*articles\.revisions",
            "between the article and the ledger": r"articles begin after articles\.articles .*articles\.revisions",
        },
    ),
    "import": Case(
        times=12,
        places={
            "before a page": r"pages begin .*",
            "in the middle of a page": r"pages insert captures",
            "before the page is kept": r"pages commit .*pages\.captures",
            "between the page and its article": r"articles begin after pages\.bodies pages\.captures",
            "in the middle of an article": r"articles insert revisions",
            "in the middle of the ledger": r"articles (insert|update) ledger",
            "before the article is kept": r"articles commit .*articles\.ledger.*",
        },
    ),
    "replay": Case(
        times=10,
        places={
            "before a reading": r"articles begin .*",
            "where the old reading is gone": r"articles insert revisions",
            "in the middle of an article": r"articles update articles",
            "in the middle of the ledger": r"articles update ledger",
            "before a reading is kept": r"articles commit .*articles\.revisions.*",
        },
    ),
    "migrate": Case(
        times=10,
        places={
            "before a step": r"articles begin .*",
            "where a table grows": r"articles alter ledger",
            "where reasons are named": r"articles update ledger",
            "where a table is made": r"articles create withheld",
            "before a step is noted": r"articles insert _sqlite_migrations",
            "before a step is kept": r"articles commit .*",
        },
    ),
}
KILLS = [(name, time) for name, case in CASES.items() for time in range(case.times)]


@dataclass(frozen=True)
class Whole:
    """A command that was never killed: its words, the folder that it left, and the moments that it came by."""

    words: tuple[str, ...]
    folder: Path
    moments: list[str]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    stories = tmp_path_factory.mktemp("stories")
    for path in (STORIES / PORTAL).glob("*.txt"):
        if path.name.startswith(FEW):
            shutil.copy(path, stories)
    with serve([PORTAL], stories={PORTAL: stories}) as portals:
        yield portals[PORTAL]


@pytest.fixture(scope="module")
def never_killed(portal: RunningPortal, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Whole]:
    """Each command as it goes through, run once."""
    words = {"crawl": crawling(PORTAL, portal.home), **first_archive.commands(tmp_path_factory.mktemp("files"))}
    run: dict[str, Whole] = {}

    def of(name: str) -> Whole:
        if name not in run:
            folder = tmp_path_factory.mktemp(name)
            first_archive.lay_out(name, folder)
            done = command(*words[name], folder=folder, moments=folder / "moments")
            assert (done.returncode, done.stderr) == (0, "")
            run[name] = Whole(words[name], folder, moments(folder))
        return run[name]

    return of


def moments(folder: Path) -> list[str]:
    return (folder / "moments").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("name", "time"), KILLS)
def test_what_is_killed_and_begun_again_leaves_what_one_that_was_never_killed_does(
    name: str, time: int, never_killed: Callable[[str], Whole], tmp_path: Path
) -> None:
    case, whole, chance = CASES[name], never_killed(name), random.Random(f"{SEED} {name} {time}")
    place, pattern = list(case.places.items())[time] if time < len(case.places) else ("anywhere", ".*")
    number = chance.choice([number for number, moment in enumerate(whole.moments, start=1) if re.fullmatch(pattern, moment)])
    print(f"seed {SEED}, {name} {time}: {place}, at moment {number} of {len(whole.moments)} ({whole.moments[number - 1]})")
    first_archive.lay_out(name, tmp_path)

    killed = command(*whole.words, folder=tmp_path, at=number, moments=tmp_path / "moments")
    assert killed.returncode == -9
    assert len(moments(tmp_path)) == number
    assert_whole(tmp_path)
    settled = settled_in(tmp_path) if name == "crawl" else set()

    again = command(*whole.words, folder=tmp_path)
    assert_completed(again)
    assert_sound(tmp_path)
    assert printed(tmp_path, "verify")[-1].endswith("nothing is wrong.")
    if name == "crawl":
        assert_little_was_fetched_twice(tmp_path, settled)
    else:
        assert left(tmp_path, case.differs) == left(whole.folder, case.differs)
        return
    # What was fetched twice is a second capture, and a repeat of the text.
    found, meant = (
        {table: set(told) for table, told in left(folder, case.differs).items() if table != "repeats"}
        for folder in (tmp_path, whole.folder)
    )
    assert found == meant
    texts = "select count(*) as texts from revisions"
    assert rows(tmp_path, texts) == rows(whole.folder, texts)


def settled_in(folder: Path) -> set[object]:
    """The addresses of which the ledger says what became of them; none where there is no ledger yet."""
    if not rows(folder, "select 1 from sqlite_master where name = 'ledger'"):
        return set()
    return {row["url"] for row in rows(folder, "select url from ledger where state not in ('announced', 'fetched')")}


def assert_little_was_fetched_twice(folder: Path, settled: set[object]) -> None:
    """Check that only what was in work at that moment was fetched once more."""
    captures = Counter((row["url"], row["part"]) for row in rows(folder, "select url, part from captures", "pages.db"))
    assert max(captures.values()) <= 2
    # Pages wait for the processes that press them, so there may be several.
    assert not settled & {url for (url, part), times in captures.items() if times == 2 and part == 1}
    assert rows(folder, "select count(*) <= 1 as few from repeats") == [{"few": 1}]


@pytest.mark.parametrize("name", CASES)
def test_the_kills_are_tried_at_every_kind_of_moment(name: str, never_killed: Callable[[str], Whole]) -> None:
    passed = never_killed(name).moments
    assert [pattern for pattern in CASES[name].places.values() if not any(re.fullmatch(pattern, moment) for moment in passed)] == []
    assert len(CASES[name].places) < CASES[name].times


def test_there_are_fifty_of_them() -> None:
    assert len(KILLS) >= 50
