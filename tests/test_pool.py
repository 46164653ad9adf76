"""The pool of processes that press pages: what a page does to its worker costs that page only."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from pebble import ProcessExpired

from archive.records import Article, Page
from pipelines import pool as pools
from pipelines.pool import PressPool
from pipelines.press import press
from pipelines.rules import Rules
from tests.crawling import ROOT

TEXT = "Warga bergotong royong memperbaiki jembatan gantung yang rusak akibat banjir pekan lalu di kecamatan itu. "
PAGE = Page(
    url="https://contoh.id/2021/03/25/jembatan/",
    portal="contoh",
    fetched_at=datetime(2021, 3, 26, tzinfo=UTC),
    body=f"<html><body><article><h1>Jembatan Gantung Diperbaiki</h1><p>{TEXT * 4}</p></article></body></html>".encode(),
)
ENDLESS, DEADLY = (Page(url=f"https://contoh.id/{name}", portal="", fetched_at=PAGE.fetched_at, body=b"") for name in ("a", "b"))


def press_or_worse(page: Page, rules: Rules) -> Article:
    if page == ENDLESS:
        while True:
            pass
    if page == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return press(page, rules)


@pytest.fixture
def pool(monkeypatch):
    monkeypatch.setattr(pools, "press", press_or_worse)
    with PressPool(1, longest=0.5) as made:
        yield made


def test_a_page_becomes_the_article_that_press_makes_of_it(pool):
    assert pool.press(PAGE, Rules()).result() == press(PAGE, Rules())


def test_what_press_raises_is_raised(pool):
    with pytest.raises(AttributeError):
        pool.press(PAGE, None).result()


def test_a_page_that_takes_too_long_or_kills_its_worker_is_lost_alone(pool):
    endless, after, deadly, last = (pool.press(page, Rules()) for page in (ENDLESS, PAGE, DEADLY, PAGE))
    with pytest.raises(TimeoutError):
        endless.result()
    with pytest.raises(ProcessExpired):
        deadly.result()
    assert after.result() == last.result() == press(PAGE, Rules())


KILLED = """
import os, signal
from pebble import ProcessPool
from pipelines.pool import PressPool
pool = PressPool(2)
print(*{pool._pool.schedule(os.getpid).result() for _ in range(50)}, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_with_the_process_that_was_killed():
    # Each holds the pipe open: reading it to its end is waiting for the last of them.
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert done.stdout.split()
