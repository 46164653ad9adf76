"""The bench of replay presses all its pages into articles, with the rules of five families, and times others over the same."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.captures import read_pages
from archive.store import Archive
from bench.furnished import FAMILIES
from bench.replay import TARGET, articles_in, fill, main, replayed, told


def test_every_page_of_every_family_becomes_an_article(tmp_path: Path) -> None:
    fill(tmp_path, 12, 60)
    with Archive(tmp_path) as archive:
        pages = list(read_pages(archive.pages_db))
    assert {page.portal for page in pages} == {family.name for family in FAMILIES.values()}
    assert all(58 * 1024 < len(page.body) <= 60 * 1024 for page in pages)
    replayed(tmp_path, 2)
    assert articles_in(tmp_path) == 12


def test_the_figures_have_their_lines() -> None:
    result = CliRunner().invoke(main, ["--pages", "10", "--jobs", "2"])
    assert result.exit_code == 0, result.output
    lines = [line.split("  ")[0] for line in result.stdout.splitlines()]
    assert lines[:-1] == ["trafilatura", "scrapy replay, all new", "scrapy replay, unchanged", "memory of the replay"]
    assert lines[-1].startswith("10 pages of 60 KiB, 2 processes each; ")


@pytest.mark.parametrize(("seconds", "peak", "met"), [(TARGET, 300, "met"), (TARGET - 0.01, 301, "not met")])
def test_the_targets_are_told(seconds: float, peak: float, met: str) -> None:
    lines = told(100, 1.0, 1.0, seconds, peak)
    assert [line.rpartition(": ")[2] for line in lines if "target" in line] == [met, met]
