"""Many crawls in one process: so many at a time, one archive, one pool, and an end that keeps everything."""

import asyncio
import signal
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from twisted.internet import tcp

from archive.crawls import alone
from archive.errors import ArchiveError
from spiders.base import PortalSpider
from spiders.manners import let_go

STOPPED, OUT_OF_TIME = "stopped", "out of time"
"""Outcomes of crawls that were ended before they were done."""
BUSY = "running elsewhere"
"""Outcome of a portal that another process is crawling."""
BROKEN = "did not start"
"""Outcome of a crawl that ended without a row in the archive."""
GRACE, LAST_RESORT = 4.0, 8.5
"""Seconds after a stop when answers under way are no longer waited for, and when crawls that still hang are left as they are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What came of one portal."""

    portal: str
    crawl: str | None = None
    """Id of the crawl, where there was one."""
    trouble: str | None = None
    """`running elsewhere` or `did not start`; the outcome of a crawl stands in its row."""
    says: str = ""
    """The sentence for the trouble, or the reason with which Scrapy ended the crawl: where the disk is full, its row has none."""
    seconds: float = 0.0


class Together:
    """Crawls portals in one process; `given` are the arguments of their spiders, and `done` hears of each portal as it ends."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        *,
        jobs: int,
        longest: float | None = None,
        given: Mapping[str, Mapping[str, str]],
        done: Callable[[Done], None],
    ) -> None:
        self.reason: str | None = None
        """Why no further portal is crawled: `stopped` or `out of time`."""
        self.hangs = False
        """Whether a crawl hung when it was stopped; then its threads may hang as well."""
        self.running: dict[str, Crawler] = {}
        """The crawls under way, by portal."""
        self._process = process
        self._jobs = jobs
        self._longest = longest
        self._given = given
        self._done = done
        self._closing: set[asyncio.Task[None]] = set()

    def crawl(self, portals: Sequence[type[PortalSpider]]) -> None:
        """Crawl the portals, in this order; comes back when all are done, or a second or ten after a stop."""
        loop = asyncio.get_event_loop()
        for signum in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(signum, self.stop, STOPPED)
        if self._longest:
            loop.call_later(self._longest, self.stop, OUT_OF_TIME)
        main = loop.create_task(self._crawl(deque(portals)))
        self._process.start(stop_after_crawl=False, install_signal_handlers=False)
        if not self.hangs:
            main.result()

    def stop(self, reason: str) -> None:
        """Begin no further crawl, and end those that run; asked twice, do not wait for answers."""
        if self.reason:
            cut_off()
            return
        self.reason = reason
        loop = asyncio.get_event_loop()
        for crawler in self.running.values():
            if crawler.engine:
                self._closing.add(loop.create_task(crawler.engine.close_spider_async(reason=reason)))
                let_go(crawler)
        # An answer that drips would hold its crawl for a minute.
        loop.call_later(GRACE, cut_off)
        loop.call_later(LAST_RESORT, self._leave)

    async def _crawl(self, portals: deque[type[PortalSpider]]) -> None:
        try:
            await asyncio.gather(*(self._work(portals) for _ in range(self._jobs)))
        finally:
            stop_reactor()

    async def _work(self, portals: deque[type[PortalSpider]]) -> None:
        while portals and not self.reason:
            self._done(await self._one(portals.popleft()))

    async def _one(self, portal: type[PortalSpider]) -> Done:
        begun = time.monotonic()
        try:
            with alone(Path(self._process.settings["ARSIP_DIR"]), portal.name):
                crawler = self.running[portal.name] = self._process.create_crawler(portal)
                try:
                    await self._process.crawl(crawler, **self._given.get(portal.name, {}))
                except Exception:  # noqa: BLE001 - Scrapy has logged it; one portal's defect must not be the others'
                    return Done(portal=portal.name, trouble=BROKEN)
                finally:
                    del self.running[portal.name]
        except ArchiveError as busy:
            return Done(portal=portal.name, trouble=BUSY, says=str(busy))
        reason = crawler.stats.get_value("finish_reason") if crawler.stats else None
        if not reason or not isinstance(crawler.spider, PortalSpider):
            return Done(portal=portal.name, trouble=BROKEN)
        return Done(portal=portal.name, crawl=crawler.spider.crawl_id, says=str(reason), seconds=time.monotonic() - begun)

    def _leave(self) -> None:
        """End the rows of crawls that hang in spite of all, and go."""
        if not self.running:
            return
        self.hangs = True
        for portal, crawler in self.running.items():
            spider = crawler.spider
            if isinstance(spider, PortalSpider):
                spider.archive.crawls.end(
                    spider.crawl_id, at=spider.now(), outcome=self.reason or STOPPED, counts={}, troubles=spider.troubles
                )
                self._done(Done(portal=portal, crawl=spider.crawl_id))
        stop_reactor()


def _reactor() -> Any:
    # Imported where it runs: the import installs a reactor, and which is the command's to say.
    from twisted.internet import reactor

    return reactor


def cut_off() -> None:
    """Abort every connection of the process to another host."""
    for connection in {*_reactor().getReaders(), *_reactor().getWriters()}:
        if isinstance(connection, tcp.Client):
            connection.abortConnection()  # type: ignore[no-untyped-call]


def stop_reactor() -> None:
    """Let the process's `start` come back."""
    if _reactor().running:
        _reactor().callLater(0, _reactor().stop)
