"""Tables on the terminal."""

from typing import Any

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from archive import ledger
from archive.crawls import crawl

PIPE_WIDTH = 120
FIGURES = ("announced", "fetched", "archived", "edited", "unchanged", "gone", "refused", "failed")
WHY = {ledger.ROBOTS: "refused", ledger.NOT_ARTICLE: "refused", ledger.FAILED: "failed"}
"""The columns whose figures are explained below the table, by state."""


def show(table: Table, *lines: str) -> None:
    """Print a table, and lines below it."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH, highlight=False)
    console.print(table)
    for line in lines:
        console.print(line, markup=False)


def show_crawls(database: Database, *crawl_ids: str) -> None:
    """Print what came of crawls: a row each, and below it why something was refused or failed."""
    table = Table()
    table.add_column("portal")
    for heading in FIGURES:
        table.add_column(heading, justify="right")
    lines: list[str] = []
    for crawl_id in crawl_ids:
        row = crawl(database, crawl_id)
        table.add_row(row["portal"], *map(str, _figures(row["counts"])))
        lines += _reasons(row)
    show(table, *lines)


def show_run(database: Database, report: dict[str, Any]) -> None:
    """Print what came of a run over many portals: a row each, and below it what was in trouble."""
    table = Table()
    table.add_column("portal")
    table.add_column("outcome")
    for heading in FIGURES:
        table.add_column(heading, justify="right")
    lines: list[str] = []
    for portal in sorted(report["portals"], key=lambda each: str(each["portal"])):
        row = crawl(database, portal["crawl"]) if portal["crawl"] else {"counts": {}}
        table.add_row(portal["portal"], portal["outcome"], *map(str, _figures(row["counts"])))
        if portal["portal"] in report["failed"] and portal["crawl"]:
            lines += _reasons(row)
    show(table, *lines)


def _figures(counts: dict[str, int]) -> tuple[int, ...]:
    state = {name: counts.get(f"state/{name}", 0) for name in ledger.STATES}
    return (
        counts.get("announced", 0),
        counts.get("fetched", 0),
        state[ledger.ARCHIVED],
        counts.get("revised", 0),
        state[ledger.UNCHANGED],
        state[ledger.GONE],
        state[ledger.ROBOTS] + state[ledger.NOT_ARTICLE],
        state[ledger.FAILED],
    )


def _reasons(row: dict[str, Any]) -> list[str]:
    """Lines such as `kebumenekspres: refused 1 robots.txt forbids it, 1 no article's address`."""
    told: dict[str, list[str]] = {}
    for key, number in sorted(row["counts"].items(), key=lambda counted: -counted[1]):
        what, _, rest = key.partition("/")
        state, _, reason = rest.partition("/")
        if what == "why" and state in WHY:
            told.setdefault(WHY[state], []).append(f"{number} {reason}")
    lines = [f"{row['portal']}: {what} {', '.join(reasons)}" for what, reasons in told.items()]
    return lines + _ways(row) + [f"{row['portal']}: trouble with {trouble}" for trouble in row["troubles"]]


def _ways(row: dict[str, Any]) -> list[str]:
    """Lines such as `kebumenekspres: found through feed (30), sitemap (33); closed: list (not found, status 404)`."""
    found = [f"{way['way']} ({row['counts'].get('through/' + way['way'], 0)})" for way in row["ways"] if way["state"] == "answered"]
    closed = [f"{way['way']} ({way['reason']})" for way in row["ways"] if way["state"] == "closed"]
    told = [f"{words} {', '.join(each)}" for words, each in (("found through", found), ("closed:", closed)) if each]
    return [f"{row['portal']}: {'; '.join(told)}"] if told else []
