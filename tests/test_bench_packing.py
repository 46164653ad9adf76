"""The bench of the packing counts whole files, and its pages are as hard to pack as real ones."""

import re
import subprocess
import sys
from itertools import pairwise

import pytest
import zstandard

from bench.furnished import FAMILIES, Furnished
from tests.crawling import ROOT

KIB = 1024
REAL = {"by itself": 0.247, "beside another": 0.119}
"""How much of two real pages of one portal, fetched months apart, zstd leaves: at level 3, and at level 9 beside the other one."""


@pytest.mark.parametrize("family", FAMILIES)
def test_pages_of_the_bench_are_as_hard_as_real_ones(family: str) -> None:
    portal = Furnished(family, 12, size=60 * KIB)
    pages = [portal.page(number).body for number in range(12)]
    assert len(set(pages)) == 12
    assert all(59.5 * KIB < len(page) <= 60 * KIB for page in pages)
    alone = sum(len(zstandard.ZstdCompressor(level=3).compress(page)) for page in pages) / sum(map(len, pages))
    assert 0.92 < alone / REAL["by itself"] < 1.08
    beside = 0.0
    for known, page in pairwise(pages):
        raw = zstandard.ZstdCompressionDict(known, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        beside += len(zstandard.ZstdCompressor(level=9, dict_data=raw).compress(page)) / len(page) / 11
    assert beside > 0.98 * REAL["beside another"]


def test_a_new_theme_is_another_from_that_page_on() -> None:
    old, changed = Furnished("Disway", 4, size=60 * KIB), Furnished("Disway", 4, size=60 * KIB, redesigned=2)
    assert [old.page(number) == changed.page(number) for number in range(4)] == [True, True, False, False]


def test_every_family_is_told_and_the_target() -> None:
    command = [sys.executable, "-m", "bench.packing", "--pages", "30"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines()]
    told = {row[0]: list(map(float, row[1:])) for row in rows if row[0] in FAMILIES}
    assert list(told) == list(FAMILIES)
    for database, warc, plain, dictionaries, kept, read in told.values():
        assert 8 < database < plain < warc < 20
        assert dictionaries >= 1
        assert min(kept, read) > 0
    assert re.search(r"^Target: 9\.00 KiB of pages\.db for a page of 60 KiB: (not )?met\.$", done.stdout, re.MULTILINE)
