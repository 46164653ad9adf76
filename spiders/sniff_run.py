"""Sites looked at in one process, so many at a time."""

import asyncio
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from pipelines.pool import LONGEST, PressPool
from spiders.base import PortalSpider
from spiders.findings import Sniffed
from spiders.manners import stop
from spiders.sniffing import SniffSpider
from spiders.together import GRACE, STOPPED, cut_off, stop_reactor

EVERY = 0.5
"""Seconds between two looks at how far it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A site that is to be looked at."""

    home: str
    mirror: str | None = None
    """Another origin that is asked for its pages."""
    region: str | None = None
    """Code of its region, where it is known."""
    portal: type[PortalSpider] | None = None
    """Its portal, where it has a file."""


class SniffRun:
    """Looks at sites; `done` hears of each as it ends."""

    def __init__(self, process: AsyncCrawlerProcess, *, jobs: int, done: Callable[[Target, Sniffed], None]) -> None:
        self.stopped = False
        """Whether it was told to stop before all were done."""
        self._process = process
        self._jobs = jobs
        self._done = done
        self._waiting: deque[Target] = deque()
        self._running: set[Crawler] = set()

    def look(self, targets: Sequence[Target]) -> None:
        """Look at the sites, in this order; comes back when all are done, or soon after a stop."""
        self._waiting.extend(targets)
        # Its workers are forked before the reactor has connections and threads.
        settings = self._process.settings
        longest = settings.getfloat("ARSIP_PRESS_SECONDS", LONGEST)
        with PressPool(min(self._jobs, settings.getint("ARSIP_PRESS_WORKERS")), longest=longest) as pool:
            loop = asyncio.get_event_loop()
            for signum in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(signum, self._stop)
            main = loop.create_task(self._all(pool))
            with self._progress(len(targets)):
                self._process.start(stop_after_crawl=False, install_signal_handlers=False)
            main.result()

    async def _all(self, pool: PressPool) -> None:
        try:
            await asyncio.gather(*(self._work(pool) for _ in range(self._jobs)))
        finally:
            stop_reactor()

    async def _work(self, pool: PressPool) -> None:
        while self._waiting:
            target = self._waiting.popleft()
            self._done(target, await self._one(target, pool))

    async def _one(self, target: Target, pool: PressPool) -> Sniffed:
        crawler = self._process.create_crawler(SniffSpider)
        self._running.add(crawler)
        try:
            await self._process.crawl(crawler, target.home, pool, mirror=target.mirror, region=target.region, portal=target.portal)
        except Exception:  # noqa: BLE001 - Scrapy has logged it; one site's defect must not be the others'
            return Sniffed(home=target.home, mirror=target.mirror, trouble="the look at it did not start; the log above says why")
        finally:
            self._running.discard(crawler)
        assert isinstance(crawler.spider, SniffSpider)
        return crawler.spider.sniffed

    def _stop(self) -> None:
        self.stopped = True
        self._waiting.clear()
        for crawler in self._running:
            if crawler.engine:
                stop(crawler, STOPPED, trouble=STOPPED)
        asyncio.get_event_loop().call_later(GRACE, cut_off)

    @contextmanager
    def _progress(self, total: int) -> Iterator[None]:
        """A line on a terminal that says how far it is, drawn anew while the reactor runs; nothing elsewhere."""
        if not sys.stderr.isatty():
            yield
            return
        loop = asyncio.get_event_loop()
        with Console(stderr=True).status("") as status:

            def draw() -> None:
                asked = sorted(crawler.spider.asking for crawler in self._running if isinstance(crawler.spider, SniffSpider))
                ended = total - len(self._waiting) - len(self._running)
                status.update(f"{ended} of {total} portals done" if total > 1 else " ".join(asked))
                loop.call_later(EVERY, draw)

            loop.call_soon(draw)
            yield
