"""The bench of fixity makes an archive that is whole, and measures commands on it."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archive.store import Archive
from bench.corpus import PORTAL
from bench.fixity import CLOSING, TARGET, Run, fill, main, run, told
from tests.arsip import printed
from tests.arsip import told as said


def test_the_archive_is_whole_and_has_lines_that_repeat(tmp_path: Path) -> None:
    fill(tmp_path, 12, 8)
    assert printed(tmp_path, "verify") == ["Verified all: 12 pages, 12 revisions, 12 articles, 12 addresses; nothing is wrong."]
    assert [(row["text"], row["articles"]) for row in said(tmp_path, "repeated", PORTAL)] == [(CLOSING, 8)]
    with Archive(tmp_path) as archive:
        assert {len(body) // 1000 for (body,) in archive.articles_db.execute("select body from articles")} <= {2, 3}


def test_each_command_has_its_line() -> None:
    result = CliRunner().invoke(main, ["--articles", "5", "--page-size", "8"])
    assert result.exit_code == 0, result.output
    *lines, last = result.output.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["arsip verify", "arsip verify --sample 1000", f"arsip repeated {PORTAL}"]
    assert all(line.endswith(": met") for line in lines)
    assert last.startswith("5 articles of 3 KB, pages of 8 KiB; ")


@pytest.mark.parametrize(("peak", "met"), [(TARGET, "met"), (TARGET + 1, "not met")])
def test_the_figures_are_told_with_their_target(peak: int, met: str) -> None:
    line = told("verify", Run(seconds=2.0, peak=peak * 2**20), 3_000)
    assert line.split() == f"arsip verify 2.0 s 1,500 articles/s {peak} MiB at most, target {TARGET} MiB: {met}".split()


def test_a_command_that_fails_is_said(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="arsip verify ended with status 2"):
        run(tmp_path, "verify")
