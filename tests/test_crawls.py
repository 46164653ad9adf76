"""Every crawl is on record: what was asked of it, how it ended, what it counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.crawls import Crawl, alone, crawl, latest
from archive.errors import ArchiveError
from archive.store import Archive
from tests.builders import PORTAL, at, keep_portal


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path) as opened:
        keep_portal(opened)
        yield opened


def test_a_crawl_without_an_outcome_runs_or_was_killed(archive: Archive) -> None:
    archive.crawls.begin(Crawl(id="c1", portal=PORTAL, started=at(0), since="2021-03-01", limit=5, user_agent="arsip", version="0.1"))
    row = crawl(archive.articles_db, "c1")
    assert row
    assert (row["started"], row["since"], row["until"], row["limit"]) == ("2021-03-25T05:00:00+00:00", "2021-03-01", None, 5)
    assert (row["finished"], row["outcome"], row["counts"], row["troubles"]) == (None, None, {}, [])


@pytest.mark.parametrize(("counts", "troubles"), [({}, []), ({"announced": 3, "fetched": 2}, ["Umpan: 503", "“Peta” hilang"])])
def test_a_crawl_says_how_it_ended(archive: Archive, counts: dict[str, int], troubles: list[str]) -> None:
    archive.crawls.begin(Crawl(id="c1", portal=PORTAL, started=at(0)))
    archive.crawls.end("c1", at=at(1), outcome="finished", counts=counts, troubles=troubles)
    row = crawl(archive.articles_db, "c1")
    assert row
    assert (row["finished"], row["outcome"], row["counts"], row["troubles"]) == (
        *("2021-03-26T05:00:00+00:00", "finished"),
        *(counts, troubles),
    )


def test_the_latest_crawl_is_that_portal_s_own(archive: Archive) -> None:
    keep_portal(archive, "kebumenekspres")
    for identity, portal, day in (("c2", PORTAL, 2), ("c1", PORTAL, 1), ("c3", "kebumenekspres", 3)):
        archive.crawls.begin(Crawl(id=identity, portal=portal, started=at(day)))
    assert latest(archive.articles_db, PORTAL) == "c2"
    assert latest(archive.articles_db, "lain") is None
    with pytest.raises(ArchiveError, match="no crawl 'c9'"):
        crawl(archive.articles_db, "c9")


def test_a_portal_is_crawled_by_one_crawl_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path, "a"), alone(tmp_path, "b"), pytest.raises(ArchiveError, match="Another crawl of a into"), alone(tmp_path, "a"):
        pass
    with alone(tmp_path, "a"):
        pass
