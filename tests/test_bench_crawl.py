"""The bench of the crawl measures the crawler and what it started, and not the portal."""

import os
import subprocess
import sys

import pytest

from bench.crawl import TARGET, Run, memory, told
from tests.crawling import ROOT

HOLDING = "import sys; held = b'x' * {size}; print('ready', flush=True); sys.stdin.read()"


def test_memory_is_that_of_a_process_and_all_below_it():
    size = 60 * 2**20
    parent = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {HOLDING.format(size=size)!r}], stdin=subprocess.PIPE)
sys.stdin.read()
child.communicate()
"""
    with subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        assert size < memory(process.pid) < size + 60 * 2**20
        process.communicate()
    assert memory(process.pid) == 0
    assert memory(os.getpid()) > 0


@pytest.mark.parametrize(("peak", "said"), [(TARGET, "met"), (TARGET + 1, "not met")])
def test_the_figures_are_told_with_their_target(peak, said):
    run = Run(seconds=20.0, processor=10.0, pages=1_100, articles=1_000, peak=peak * 2**20)
    lines = told(run, 1_000, 8).splitlines()
    assert "55.0 pages/s, 50.0 articles/s" in lines[1]
    assert "10.0 ms an article" in lines[2]
    assert lines[3] == f"{peak} MiB at most, target {TARGET} MiB: {said}"


def test_a_small_portal_is_crawled_to_its_last_article():
    done = subprocess.run(
        [sys.executable, "-m", "bench.crawl", "--articles", "30", "--page-size", "20"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("30 articles announced, 30 pages kept, 30 articles\n")
