"""scrapy crawlall: many portals in one process, and every way in which such a run ends."""

import json
import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from archive.crawls import alone
from sample.server import serve
from tests.crawling import BIN, QUICKLY, ROOT, articles_of, one_sentence, rows, scrapy
from tests.servers import HTML, JSON, Answer, answering
from tests.test_crawl_portals import REST, posts, stories

BOTH = ("kebumenekspres", "rakyatbengkulu")


def crawlall(folder: Path, homes: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return scrapy("crawlall", *asked(homes), *arguments, folder=folder)


def asked(homes: dict[str, str]) -> list[str]:
    return [*homes, *QUICKLY, *(part for name, url in homes.items() for part in ("--home", f"{name}={url}"))]


@pytest.fixture
def homes():
    with serve(BOTH) as portals:
        yield {name: portal.home for name, portal in portals.items()}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_all_portals_are_crawled_into_one_archive_with_a_line_and_a_row_each(jobs, homes, tmp_path):
    done = crawlall(tmp_path, homes, "--jobs", jobs, "--report", str(tmp_path / "laporan.json"))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(articles_of(tmp_path)) == 60
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    assert sorted(line.split()[1] for line in lines) == ["kebumenekspres:", "rakyatbengkulu:"]
    assert all("finished, 30 archived, 1 gone" in line for line in lines)
    report = json.loads((tmp_path / "laporan.json").read_text())
    assert (report["outcome"], report["failed"]) == ("finished", [])
    assert {portal["portal"]: portal["states"]["archived"] for portal in report["portals"]} == dict.fromkeys(BOTH, 30)
    (run,) = rows(tmp_path, "select id, outcome, report from runs")
    assert (run["id"], run["outcome"], json.loads(str(run["report"]))) == (report["run"], "finished", report)
    assert {row["run"] for row in rows(tmp_path, "select run from crawls")} == {run["id"]}


def test_without_names_only_the_portals_that_are_due_and_open_are_crawled(tmp_path):
    modules = ("-s", "SPIDER_MODULES=sample.spiders.harianserayu,spiders.portals.kebumenekspres")
    with serve(["harianserayu"]) as portals:
        home = ("--home", f"harianserayu={portals['harianserayu'].home}")
        again = [scrapy("crawlall", *modules, *QUICKLY, *home, folder=tmp_path) for _ in range(2)]
        whatever = scrapy("crawlall", *modules, *QUICKLY, *home, "-s", "ARSIP_EVERY_HOURS=0", folder=tmp_path)
    assert "[1/1] harianserayu: finished" in again[0].stdout
    assert (again[1].returncode, again[1].stdout) == (0, "No portal is due.\n")
    assert "[1/1] harianserayu: finished" in whatever.stdout


def test_a_portal_that_fails_does_not_hold_the_others_and_is_named_with_its_reason(homes, tmp_path):
    done = crawlall(tmp_path, homes | {"rakyatbengkulu": "http://127.0.0.1:1"})
    assert done.returncode == 1
    assert "1 of 2 portals failed: rakyatbengkulu: unreachable (http://127.0.0.1:1/robots.txt: the connection was refused)" in one_sentence(
        done.stderr
    )
    assert len(articles_of(tmp_path)) == 30
    assert [row["outcome"] for row in rows(tmp_path, "select outcome from runs")] == ["failed"]


def test_a_portal_that_wants_to_be_left_alone_does_not_stall_the_others(homes, tmp_path):
    with answering({REST: (503, HTML, "nanti saja")}, headers={"Retry-After": "3600"}) as busy:
        done = crawlall(tmp_path, homes | {"rakyatbengkulu": busy.home})
    assert done.returncode == 1
    assert "rakyatbengkulu: told to wait" in one_sentence(done.stderr)
    assert {row["portal"] for row in articles_of(tmp_path)} == {"kebumenekspres"}
    assert len(articles_of(tmp_path)) == 30
    assert len([path for path in busy.asked if path.startswith(REST)]) == 1


def test_a_portal_that_another_process_crawls_is_left_to_it(homes, tmp_path):
    with alone(tmp_path, "kebumenekspres"):
        done = crawlall(tmp_path, homes)
    assert done.returncode == 0
    assert "kebumenekspres: running elsewhere" in done.stdout
    assert {row["portal"] for row in articles_of(tmp_path)} == {"rakyatbengkulu"}


class Gate:
    """A story whose page is not sent before the test says so."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self, path: str) -> Answer:
        self.reached.set()
        self.open.wait(60)
        return 200, HTML, "too late"


@pytest.fixture
def slow():
    gate = Gate()
    with answering({REST: (200, JSON, posts(*"abc")), **stories("ab"), "/c/": gate}) as portal:
        yield portal, gate
        gate.open.set()


def begun(folder: Path, home: str, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"ARSIP_DIR": str(folder), "COLUMNS": "200"}
    command = [BIN / "scrapy", "crawlall", *asked({"rakyatbengkulu": home}), *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_ends_the_run_within_ten_seconds_and_keeps_everything(signum, slow, tmp_path):
    portal, gate = slow
    process = begun(tmp_path, portal.home, "--report", str(tmp_path / "laporan.json"))
    assert gate.reached.wait(60)
    process.send_signal(signum)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, "")
    assert "rakyatbengkulu: stopped, 2 archived" in out
    assert json.loads((tmp_path / "laporan.json").read_text())["outcome"] == "stopped"
    assert rows(tmp_path, "select outcome from crawls") == [{"outcome": "stopped"}]
    # What was under way waits as it waited, and the next run goes on there.
    states = {str(row["url"])[-2]: row["state"] for row in rows(tmp_path, "select url, state from ledger")}
    assert states == {"a": "archived", "b": "archived", "c": "announced"}
    assert rows(tmp_path, "pragma integrity_check") == [{"integrity_check": "ok"}]
    gate.open.set()
    assert crawlall(tmp_path, {"rakyatbengkulu": portal.home}).returncode == 0
    assert portal.asked.count("/c/") == 2
    assert rows(tmp_path, "select count(*) as waiting from ledger where state = 'announced'") == [{"waiting": 0}]


def test_a_run_ends_when_its_time_is_over_and_begins_no_further_portal(slow, tmp_path):
    portal, gate = slow
    process = begun(tmp_path, portal.home, "kebumenekspres", "--home", f"kebumenekspres={portal.home}", "--jobs", "1", "--max-time", "0.05")
    out, _ = process.communicate(timeout=60)
    assert gate.reached.is_set()
    assert process.returncode == 0
    assert "rakyatbengkulu: out of time" in out
    assert "kebumenekspres" not in out


def test_a_run_that_is_killed_leaves_no_lock_behind(slow, tmp_path):
    portal, gate = slow
    process = begun(tmp_path, portal.home)
    assert gate.reached.wait(60)
    process.kill()
    process.communicate()
    with alone(tmp_path, "rakyatbengkulu"):
        assert rows(tmp_path, "select outcome from runs") == [{"outcome": None}]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["tidakada"], "There is no portal 'tidakada'"),
        (["--jobs", "0"], "--jobs 0 is not a number of portals"),
        (["--max-time", "0"], "--max-time 0 is not a number of minutes"),
        (["--max-time", "nan"], "--max-time nan is not a number of minutes"),
        (["--home", "tidakada=http://127.0.0.1:1"], "There is no portal 'tidakada'"),
        (["--home", "rakyatbengkulu=ftp://a"], "is not an address"),
        (["--report", "tidak/ada/laporan.json"], "There is no folder for the report"),
    ],
)
def test_wrong_use_is_one_sentence_with_status_2_and_makes_no_archive(arguments, says, tmp_path):
    done = scrapy("crawlall", *arguments, folder=tmp_path / "arsip")
    assert done.returncode == 2
    assert says in one_sentence(done.stderr)
    assert not (tmp_path / "arsip").exists()


def test_a_report_that_cannot_be_written_is_said_after_the_work_is_done(homes, tmp_path):
    (tmp_path / "laporan.json").mkdir()
    done = crawlall(tmp_path, homes, "--report", str(tmp_path / "laporan.json"))
    assert done.returncode == 1
    assert "laporan.json cannot be written" in one_sentence(done.stderr)
    assert len(articles_of(tmp_path)) == 60
