"""`arsip verify` as a command: samples, portals, JSON, the event that it leaves, and archives in which nothing may be written."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.arsip import arsip, printed, told
from tests.builders import HOME, PORTAL, article
from tests.verifying import GONE_ONE, IDENTITY, OTHER, WHOLE, changed, failures, make_whole

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that passes."""
    folder = tmp_path_factory.mktemp("arsip")
    make_whole(folder)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    shutil.copytree(whole, tmp_path / "arsip")
    return tmp_path / "arsip"


def test_a_sample_is_told_with_its_seed_and_can_be_chosen_again(folder: Path) -> None:
    with changed(folder, "articles") as articles:
        articles.execute("update revisions set body_sha256 = 'ab'")
    first = arsip(folder, "verify", "--sample", "2", "--seed", "7")
    assert first.stdout.splitlines()[-1] == "Verified a sample with seed 7: 2 pages, 2 revisions; 2 failures."
    assert arsip(folder, "verify", "--sample", "2", "--seed", "7").stdout == first.stdout
    assert {arsip(folder, "verify", "--sample", "1", "--seed", str(seed)).stdout.split(":")[0] for seed in range(20)} == {
        f"revision {row}" for row in (f"{IDENTITY} 1", f"{IDENTITY} 2", f"{GONE_ONE} 1", f"{article('/lain', portal=OTHER).id} 1")
    }
    assert len(failures(folder, "--sample", "100")) == 4


def test_a_portal_is_checked_without_the_others(folder: Path) -> None:
    with changed(folder, "articles") as articles:
        articles.execute(f"update revisions set body_sha256 = 'ab' where article = '{IDENTITY}'")
    assert failures(folder, "--portal", OTHER) == []
    assert len(failures(folder, "--portal", PORTAL)) == 3
    assert printed(folder, "verify", "--portal", OTHER) == [
        f"Verified all of {OTHER}: 1 pages, 1 revisions, 1 articles, 1 addresses; nothing is wrong."
    ]


def test_as_json_the_failures_and_what_was_checked(folder: Path) -> None:
    assert told(folder, "verify") == {
        "failures": [], "portal": None, "sample": None, "seed": None,
        "checked": {"pages": 7, "revisions": 5, "articles": 4, "addresses": 4}, "event": 2,
    }  # fmt: skip
    with changed(folder, "articles") as articles:
        articles.execute(f"update ledger set state = 'x' where url = '{HOME}/lain'")
    result = arsip(folder, "verify", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["failures"] == [
        {"kind": "address", "id": f"{HOME}/lain", "wrong": "it is in no state of the ledger: 'x'"}
    ]


def test_what_came_of_it_is_an_event_and_stats_tells_it(folder: Path) -> None:
    assert not any("Last verified" in line for line in printed(folder, "stats"))
    failures(folder)
    assert printed(folder, "stats")[-1].endswith(" UTC, all: nothing is wrong")
    with changed(folder, "articles") as articles:
        articles.execute(f"update ledger set state = 'x' where url = '{HOME}/lain'")
    failures(folder, "--portal", OTHER)
    assert printed(folder, "stats")[-1].endswith(f" UTC, all of {OTHER}: 1 failure")
    with changed(folder, "articles") as articles:
        (detail,) = articles.execute("select detail from events where what = 'verify' order by id desc limit 1").fetchone()
    assert json.loads(detail)["failures"] == [f"address {HOME}/lain"]


def test_an_archive_that_cannot_be_written_is_verified_all_the_same(folder: Path) -> None:
    (folder / "writer.lock").unlink()
    (folder / "writer.lock").mkdir()
    result = arsip(folder, "verify")
    assert (result.exit_code, result.stdout.splitlines()[-1][-18:]) == (0, " nothing is wrong.")
    assert result.stderr.startswith("arsip: No event was kept, because the archive cannot be written: ")
    assert result.stderr.count("\n") == 1


UNPRIVILEGED = """
import os, sys
from archive.cli import main
import rich.progress, sqlite_utils.db
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main(["--dir", sys.argv[1], "verify"], prog_name="arsip")
"""


def test_a_folder_in_which_nothing_may_be_written_is_verified(whole: Path) -> None:
    """SQLite would put shared memory beside a database; a disk that is mounted read-only takes none."""
    with tempfile.TemporaryDirectory() as above:
        # The superuser may write anywhere, so it becomes somebody else, who must be able to reach the folder.
        Path(above).chmod(0o755)
        folder = Path(above) / "arsip"
        shutil.copytree(whole, folder)
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = sorted(folder.iterdir())
        run = subprocess.run(
            [sys.executable, "-c", UNPRIVILEGED, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
        assert sorted(folder.iterdir()) == before
        folder.chmod(0o755)
    assert (run.returncode, run.stdout) == (0, f"{WHOLE}\n"), run.stderr
    assert run.stderr.startswith("arsip: No event was kept, because the archive cannot be written: ")


@pytest.mark.parametrize(
    ("words", "part"),
    [(["--seed", "1"], "give --sample too"), (["--portal", "asing"], "holds nothing of 'asing'")],
)
def test_wrong_use_is_one_sentence(folder: Path, words: list[str], part: str) -> None:
    result = arsip(folder, "verify", *words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert part in result.stderr
