"""The bench of WARC writes and reads every page, and says whether its targets are met."""

import re
import subprocess
import sys

from tests.crawling import ROOT


def test_a_small_archive_leaves_as_warc_and_comes_in_again():
    command = [sys.executable, "-m", "bench.warc", "--pages", "20", "--page-size", "30"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    steps, targets, what = done.stdout.splitlines()[:3], *done.stdout.splitlines()[3:]
    assert [re.split(r"\s{2,}", line)[0] for line in steps] == [
        "arsip export --warc",
        "reading and keeping, no press",
        "scrapy importwarc, with the press",
    ]
    assert all(re.search(r" [1-9]\d* pages/s +[1-9]\d* MiB at most$", line) for line in steps)
    assert re.fullmatch(r"Targets: 400 pages/s without the press (not )?met, 300 MiB (not )?met\.", targets)
    assert what.startswith("20 pages of 30 KiB")
