"""What a run over many portals reports, and how it shows how far it is."""

import asyncio
import io
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from rich.console import Console

from spiders.progress import Progress
from spiders.run_report import failures, plain_line, portal_report, run_report, why
from spiders.together import BUSY, Done

AT = datetime(2021, 3, 25, tzinfo=UTC)
REST = {"way": "rest", "url": "https://contoh.id/wp-json", "state": "closed", "reason": "not found, status 404"}
COUNTS = {
    "announced": 5,
    "fetched": 4,
    "state/fetched": 4,
    "state/archived": 3,
    "state/failed": 1,
    "revised": 1,
    "why/failed/server error": 1,
}


def row(outcome: str | None, **more: object) -> dict[str, object]:
    return {"counts": COUNTS, "outcome": outcome, "ways": [REST], "troubles": [], **more}


def report(outcome: str | None = "finished", portal: str = "contoh", **more: object) -> dict[str, object]:
    return portal_report(Done(portal=portal, crawl="c", seconds=12.34), row(outcome, **more))


def test_a_portal_s_report_holds_its_figures_and_no_step_on_the_way():
    told = report()
    assert (told["portal"], told["outcome"], told["seconds"]) == ("contoh", "finished", 12.3)
    assert told["states"] == {"archived": 3, "failed": 1}
    assert (told["announced"], told["fetched"], told["revised"]) == (5, 4, 1)
    assert told["why"] == {"failed/server error": 1}


@pytest.mark.parametrize(
    ("portal", "says"),
    [
        (report(), "contoh: finished"),
        (report("unreachable"), "contoh: unreachable (rest: not found, status 404)"),
        (
            report("unreachable", ways=[], troubles=["https://contoh.id/robots.txt: no answer"]),
            "contoh: unreachable (https://contoh.id/robots.txt: no answer)",
        ),
        (report("incomplete"), "contoh: incomplete (1 server error)"),
        (report("nothing found"), "contoh: nothing found"),
        (report(None), "contoh: did not start"),
        (portal_report(Done(portal="contoh", trouble=BUSY), None), "contoh: running elsewhere"),
    ],
)
def test_an_outcome_is_told_with_what_is_behind_it(portal, says):
    assert why(portal) == says


def test_a_line_says_how_far_the_run_is_and_what_came_of_the_portal():
    assert plain_line(report(), place=3, of=12) == "[3/12] contoh: finished, 3 archived, 1 failed, 1 revised (12.3 s)"


@pytest.mark.parametrize(
    ("outcomes", "stopped", "outcome", "failed"),
    [
        (["finished", "finished"], None, "finished", 0),
        (["finished", "incomplete"], None, "failed", 1),
        (["finished", "unreachable"], "stopped", "failed", 1),
        (["finished", "stopped"], "stopped", "stopped", 0),
        (["out of time"], "out of time", "out of time", 0),
        (["the archive cannot be written"], None, "failed", 1),
        ([], None, "finished", 0),
    ],
)
def test_a_run_failed_where_a_portal_did_and_a_stop_is_no_failure(outcomes, stopped, outcome, failed):
    portals = [report(each, portal=f"portal{number}") for number, each in enumerate(outcomes, start=1)]
    told = run_report("r", started=AT, finished=AT, stopped=stopped, portals=portals)
    assert (told["outcome"], len(told["failed"])) == (outcome, failed)
    if failed:
        assert failures(told).startswith(f"{failed} of {len(portals)} portals failed: {told['failed'][0]}: ")
        assert failures(told).endswith(".")


def shown(console: Console) -> str:
    crawler = SimpleNamespace(stats=SimpleNamespace(get_value=COUNTS_OF_A_CRAWL.get))

    async def look() -> None:
        with Progress({"contoh": crawler}, 12, console) as progress:
            progress.ended = 3
            await asyncio.sleep(0)

    asyncio.run(look())
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


COUNTS_OF_A_CRAWL = {"arsip/announced": 33, "arsip/fetched": 20, "arsip/state/archived": 19}


def test_progress_is_a_table_of_the_crawls_under_way_on_a_terminal_and_nothing_elsewhere():
    terminal = shown(Console(file=io.StringIO(), force_terminal=True, width=100))
    assert "3 of 12 portals done" in terminal
    assert [cell.strip() for cell in terminal.split("contoh")[1].split("│")[1:6]] == ["33", "20", "19", "0", "0"]
    assert shown(Console(file=io.StringIO(), force_terminal=False)) == ""
