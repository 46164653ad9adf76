"""The hostile portal, crawled: honest stories are kept word for word, a fault costs a row of the ledger, and nothing costs the crawl."""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

import settings
from sample.hostile import KabarBuruk
from sample.hostile_table import ARCHIVED, FAULTS, LISTINGS
from sample.invented import paragraphs_of
from sample.server import Request, serve_portal
from spiders.base import MOST_PAGES
from tests.crawling import BIN, QUICKLY, ROOT, rows
from tests.servers import answering

MOST_MEMORY = 400 * 1024
"""KiB; the largest page that is read has 20 MiB, and three bombs of 200 MiB lie about."""

TOLD_TO_WAIT = {"sibuk", "terlalu-sering"}
"""A long Retry-After ends a crawl, with all that stands behind it; tests/test_manners.py has crawls of their own for these."""

MEASURED = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[2:], env=os.environ)
_, status, used = os.wait4(child.pid, 0)
open(sys.argv[1], "w").write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A process between the test and the crawl: what the crawl holds at most is not to be confused with what the tests hold."""


class Crawled(NamedTuple):
    folder: Path
    done: subprocess.CompletedProcess[str]
    memory: int
    """KiB that the crawl held at most."""
    requests: list[Request]
    elsewhere: list[str]
    """What another server on this machine was asked."""
    portal: KabarBuruk
    ledger: dict[object, dict[str, object]]
    """Rows by path."""
    articles: dict[object, dict[str, object]]
    """Likewise."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("hostile")
    with answering({}) as other, serve_portal(KabarBuruk(without=TOLD_TO_WAIT, elsewhere=other.home)) as running:
        settings = ("DOWNLOAD_TIMEOUT=3", "RETRY_TIMES=0", "SPIDER_MODULES=spiders.portals,sample.spiders")
        command = [BIN / "scrapy", "crawl", "kabarburuk", "-a", f"home={running.home}", *QUICKLY]
        command += [part for setting in settings for part in ("-s", setting)]
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, folder / "memory", *command],
            cwd=ROOT,
            env=os.environ | {"ARSIP_DIR": str(folder), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        by_path = [
            {str(row["url"]).removeprefix(running.origin): row for row in rows(folder, f"select * from {table}")}
            for table in ("ledger", "articles")
        ]
        memory = int((folder / "memory").read_text())
        return Crawled(folder, done, memory, running.requests, other.asked, running.portal, *by_path)


ANNOUNCED = [fault for fault in FAULTS if fault.name not in TOLD_TO_WAIT]
KEPT = [fault for fault in ANNOUNCED if fault.state == ARCHIVED]


def test_what_is_left_out_is_in_the_table_and_the_rest_is_most_of_it():
    names = {row.name for row in (*FAULTS, *LISTINGS)}
    assert names > TOLD_TO_WAIT


def test_every_honest_story_is_archived_word_for_word(crawled):
    stories = crawled.portal.stories
    assert len(stories) == 10
    for story in stories:
        row = crawled.articles[crawled.portal.path(story)]
        assert (row["title"], row["body"]) == (story.title, "\n\n".join(paragraphs_of(story)))
        assert row["published"] == story.published.isoformat()


def test_each_fault_costs_one_row_with_its_state_and_a_reason(crawled):
    assert {fault.name: crawled.ledger[fault.path]["state"] for fault in ANNOUNCED} == {fault.name: fault.state for fault in ANNOUNCED}
    reasons = {fault.name: str(crawled.ledger[fault.path]["reason"] or "") for fault in ANNOUNCED}
    assert {name for name, reason in reasons.items() if not reason} == {fault.name for fault in KEPT}
    # Behind its words a reason may have a detail.
    told = {fault.name: reasons[fault.name][: len(fault.reason)] for fault in ANNOUNCED}
    assert told == {fault.name: fault.reason for fault in ANNOUNCED}


def test_every_story_among_faults_is_archived_word_for_word(crawled):
    held = {fault.name: (crawled.articles[fault.path]["title"], crawled.articles[fault.path]["body"]) for fault in KEPT}
    told = {fault.name: (fault.story.title, "\n\n".join(paragraphs_of(fault.story))) for fault in KEPT}
    title, body = held.pop("tanpa-akhir")
    assert (title, str(body).count(told["tanpa-akhir"][1])) == (told["tanpa-akhir"][0], MOST_PAGES)
    del told["tanpa-akhir"]
    assert held == told


def test_nothing_else_is_in_the_ledger_or_the_archive(crawled):
    honest = {crawled.portal.path(story) for story in crawled.portal.stories}
    assert set(crawled.ledger) == honest | {fault.path for fault in ANNOUNCED}
    assert set(crawled.articles) == honest | {fault.path for fault in KEPT}


def test_no_other_server_is_asked_and_nothing_that_robots_txt_forbids(crawled):
    assert crawled.elsewhere == []
    (closed,) = (fault.path for fault in FAULTS if fault.name == "tertutup")
    asked = Counter(request.path for request in crawled.requests)
    assert closed not in asked
    assert asked["/feed/?paged=1"] == 1  # a page, and no feed
    in_a_circle = {fault.path for fault in FAULTS if fault.name in ("pindah-diri", "pindah-pergi", "pindah-pulang")}
    assert max(number for path, number in asked.items() if path not in in_a_circle) == 1
    # Each of the three is followed five times.
    assert sum(asked[path] for path in in_a_circle) == 3 * (1 + settings.REDIRECT_MAX_TIMES)
    assert not [path for path in asked if path.startswith("/kalender/")]
    assert len([path for path in asked if path.startswith("/2021/05/04/tanpa-akhir/")]) == MOST_PAGES


def test_the_crawl_ends_in_a_sentence_and_names_the_listings_that_could_not_be_read(crawled):
    assert crawled.done.returncode == 1
    assert "Traceback" not in crawled.done.stderr
    assert crawled.done.stderr.splitlines()[-1] == (
        "scrapy crawl: Some pages could not be fetched; the next crawl tries them again when they are due."
    )
    said = " ".join(crawled.done.stdout.split())
    for listing in crawled.portal.listings:
        assert (f"{crawled.portal.origin}{listing.path}: gave {listing.trouble}" in said) == bool(listing.trouble)


def test_memory_stays_bounded(crawled):
    assert crawled.memory < MOST_MEMORY


def test_the_databases_are_whole(crawled):
    for name in ("pages.db", "articles.db"):
        database = sqlite3.connect(crawled.folder / name)
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        database.close()
