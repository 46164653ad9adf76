"""Four crawls, replays, dumps and readers at the same time on one archive: nobody is turned away, and nothing is lost."""

import json
import subprocess
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from urllib.request import urlopen

import pytest

from archive.store import Archive
from sample.server import RunningPortal, serve
from tests import first_archive
from tests.crawling import assert_sound, rows
from tests.first_archive import assert_whole
from tests.killing import command, crawling
from tests.test_serve import PATIENCE, reading_room

CRAWLED = ("harianserayu", "radarserayu", "tribunserayu", "kabarserayu")
SPIDERS = ("-s", "SPIDER_MODULES=spiders.portals,sample.spiders")
LONGEST = 240
"""Seconds after which the reading room is closed, whatever becomes of this test."""
READ = (
    "/articles/articles.json?_size=max&_shape=objects",
    "/articles/articles?_search=warga&_sort_desc=published",
    "/articles/articles.json?_facet=portal&_facet=section&_search=desa",
    "/articles/edited.json",
    "/articles/ledger.json?_facet=state&_size=100",
    "/articles.json?sql=select+portal,count(*),sum(length(body))+from+articles+group+by+portal",
    "/articles.json?sql=select+count(*)+from+articles+join+revisions+on+revisions.article=articles.id",
)

Ended = subprocess.CompletedProcess[str]


def while_any(running: list[Future[Ended]], once: Callable[[int], None]) -> int:
    """How often something was done, again and again until all crawls had ended, and at least once."""
    for number in count(1):
        once(number)
        if all(crawl.done() for crawl in running):
            return number
    raise AssertionError


def assert_done(done: Ended) -> None:
    assert (done.returncode, done.stderr) == (0, "")


def read(room: str, number: int) -> None:
    """One look of a reader; an answer that is none raises, or says so."""
    with urlopen(room + READ[number % len(READ)], timeout=PATIENCE) as answered:
        content = answered.read().decode()
        if "json" in answered.headers["Content-Type"]:
            told = json.loads(content)
            assert told.get("ok", True) is True
            assert not told.get("error")


def dump(folder: Path, out: Path) -> None:
    """A dump, whose package and lines are those of one moment."""
    assert_done(command("arsip", "dump", "--out", str(out), folder=folder))
    (resource,) = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    lines = [json.loads(line) for line in (out / resource["path"]).read_text(encoding="utf-8").splitlines()]
    assert len(lines) == resource["rows"] == len({line["id"] for line in lines})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive that has something to replay, to dump and to read before the crawls begin."""
    folder = first_archive.unpack(tmp_path / "arsip")
    Archive(folder).close()
    return folder


def test_crawls_replays_dumps_and_readers_at_the_same_time(folder: Path, tmp_path: Path) -> None:
    held = {row["id"] for row in rows(folder, "select id from articles")}
    said: list[str] = []
    with serve(CRAWLED) as portals, reading_room(folder, said, patience=LONGEST) as room, ThreadPoolExecutor() as threads:
        crawls = [threads.submit(command, *crawling(name, portal.home), *SPIDERS, folder=folder) for name, portal in portals.items()]
        others = [
            threads.submit(while_any, crawls, lambda _: assert_done(command("scrapy", "replay", *SPIDERS, folder=folder))),
            threads.submit(while_any, crawls, lambda number: dump(folder, tmp_path / f"dump {number}")),
            *(threads.submit(while_any, crawls, lambda number: read(room, number)) for _ in range(2)),
        ]
        for crawl in crawls:
            assert_done(crawl.result())
        print("replays, dumps, looks of two readers:", *(other.result() for other in others))
        stories = {name: stories_of(portal) for name, portal in portals.items()}
    assert [line for line in said if "locked" in line or "Traceback" in line or " 500 " in line] == []

    assert_sound(folder)
    assert_whole(folder)
    for name, told in stories.items():
        found = rows(folder, f"select url, title from articles where portal = '{name}' and revision = 1")
        assert {(row["url"], row["title"]) for row in found} == told
        waiting = f"select url from ledger where portal = '{name}' and state in ('announced', 'fetched', 'failed')"
        assert rows(folder, waiting) == []
    assert held <= {row["id"] for row in rows(folder, "select id from articles")}


def stories_of(portal: RunningPortal) -> set[tuple[object, object]]:
    return {(portal.url(story.slug), story.title) for story in portal.stories}
