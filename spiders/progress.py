"""How far many crawls are, on a terminal."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from scrapy.crawler import Crawler

EVERY = 0.5
"""Seconds between two looks."""
SHOWN = (
    ("announced", "announced"),
    ("fetched", "fetched"),
    ("archived", "state/archived"),
    ("unchanged", "state/unchanged"),
    ("failed", "state/failed"),
)


class Progress:
    """A table of the crawls under way, drawn anew twice a second while the reactor runs; nothing where there is no terminal."""

    def __init__(self, running: Mapping[str, Crawler], total: int, console: Console) -> None:
        self.ended = 0
        self._running = running
        self._total = total
        self._live = Live(console=console, transient=True, auto_refresh=False)
        self._shown = console.is_terminal

    def __enter__(self) -> Self:
        if self._shown:
            self._live.start()
            asyncio.get_event_loop().call_soon(self._draw)
        return self

    def __exit__(self, *_: object) -> None:
        self._shown = False
        self._live.stop()

    def _draw(self) -> None:
        if not self._shown:
            return
        table = Table(title=f"{self.ended} of {self._total} portals done", title_justify="left")
        table.add_column("portal")
        for heading, _ in SHOWN:
            table.add_column(heading, justify="right")
        for portal, crawler in sorted(self._running.items()):
            counts: Callable[[str], Any] = crawler.stats.get_value if crawler.stats else lambda _: None
            table.add_row(portal, *(str(counts(f"arsip/{key}") or 0) for _, key in SHOWN))
        self._live.update(table, refresh=True)
        asyncio.get_event_loop().call_later(EVERY, self._draw)
