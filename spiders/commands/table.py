"""Tables on the terminal."""

from typing import Any

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from archive import ledger
from archive.crawls import crawl, refusals


def show(table: Table) -> None:
    """Print a table; on something that is no terminal, at full width."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=120)
    console.print(table)


def crawl_table(database: Database, *crawl_ids: str) -> tuple[dict[str, Any], Table]:
    """A table with a row for each crawl, and the row of the last one in the archive."""
    table = Table(title="Crawl" if len(crawl_ids) == 1 else "Crawls", title_justify="left")
    table.add_column("portal")
    for heading in ("announced", "fetched", "archived", "edited", "unchanged", "gone", "refused", "failed"):
        table.add_column(heading, justify="right")
    table.add_column("why")
    row: dict[str, Any] = {}
    for crawl_id in crawl_ids:
        row = crawl(database, crawl_id) or {}
        counts = row["counts"]
        state = {name: counts.get(f"state/{name}", 0) for name in ledger.STATES}
        why = ", ".join(f"{number} {reason}" for kind, reason, number in refusals(database, crawl_id) if kind != ledger.GONE)
        figures = (
            counts.get("announced", 0),
            counts.get("fetched", 0),
            state[ledger.ARCHIVED],
            counts.get("revised", 0),
            state[ledger.UNCHANGED],
            state[ledger.GONE],
            state[ledger.ROBOTS] + state[ledger.NOT_ARTICLE],
            state[ledger.FAILED],
        )
        table.add_row(row["portal"], *map(str, figures), why)
    return row, table
