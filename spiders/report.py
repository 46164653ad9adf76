"""What a crawl tells: its row in the archive, progress on a terminal, and no more log than is needed."""

import importlib.metadata
import logging
import sqlite3
import sys
from contextlib import suppress
from typing import Any, Self

from rich.console import Console
from rich.status import Status
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from archive import ledger
from archive.crawls import Crawl
from pipelines.stages import Pressed, archive_of
from spiders.base import PortalSpider

TOLD_IN_THE_REPORT = ("scrapy.downloadermiddlewares.retry", "scrapy.downloadermiddlewares.robotstxt")
"""Loggers whose errors the ledger keeps with their reason and the report counts."""


SUSPICIOUS = 3
"""So many new addresses in a crawl, and no article among them: a wall, or a new theme."""


class CrawlReport:
    """Writes the crawl into the archive as it begins and ends, and shows on a terminal how far it is."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.status: Status | None = None
        if crawler.settings.get("LOG_LEVEL") == "WARNING":
            for name in TOLD_IN_THE_REPORT:
                logging.getLogger(name).setLevel(logging.CRITICAL)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        report = cls(crawler)
        crawler.signals.connect(report.opened, signals.spider_opened)
        crawler.signals.connect(report.moved, signals.response_received)
        crawler.signals.connect(report.erred, signals.spider_error)
        crawler.signals.connect(report.erred, signals.item_error)
        crawler.signals.connect(report.closed, signals.spider_closed)
        return report

    def opened(self, spider: PortalSpider) -> None:
        """The crawl's row is there from its first second: one without an end was killed."""
        archive = archive_of(self.crawler)
        spider.note_in(archive)
        archive.crawls.begin(
            Crawl(
                id=spider.crawl_id,
                portal=spider.name,
                started=spider.started,
                origin=spider.site.mirror,
                since=spider.options.since,
                until=spider.options.until,
                limit=spider.options.limit,
                user_agent=self.crawler.settings["USER_AGENT"],
                run=self.crawler.settings.get("ARSIP_RUN"),
                version=importlib.metadata.version("arsip-warta"),
            )
        )
        if sys.stderr.isatty() and not self.crawler.settings.get("ARSIP_RUN"):
            self.status = Console(stderr=True).status(f"{spider.name}: looking for stories")
            self.status.start()

    def moved(self, spider: PortalSpider) -> None:
        """One more answer: the line on the terminal says how far the crawl is."""
        if self.status:
            counts = self._counts()
            told = (
                f"{counts.get(key, 0)} {word}"
                for key, word in (("announced", "announced"), ("fetched", "fetched"), ("state/archived", "archived"))
            )
            self.status.update(f"{spider.name}: {', '.join(told)}")

    def erred(self, spider: PortalSpider) -> None:
        """A defect of ours: the log has it, and the crawl is not whole."""
        spider.count("error")

    def closed(self, spider: PortalSpider, reason: str) -> None:
        """The crawl's row gets its end, outcome and counts."""
        if self.status:
            self.status.stop()
        outcome = reason if reason != "finished" else self._outcome(spider)
        # Where the disk is full, the row stays without an end and the command says why.
        with suppress(sqlite3.Error):
            archive_of(self.crawler).crawls.end(
                spider.crawl_id, at=spider.now(), outcome=outcome, counts=self._counts(), troubles=spider.troubles, ways=spider.walk.told()
            )

    def _outcome(self, spider: PortalSpider) -> str:
        counts = self._counts()
        if not counts.get("listing/read") and not counts.get("listing/unchanged"):
            return "unreachable"
        silent = not counts.get("announced") and not counts.get("listing/unchanged")
        # On the days that were asked for there may well have been nothing.
        if not spider.options.bounded and (silent or not archive_of(self.crawler).ledger.knows(spider.name)):
            return "nothing found"
        if self._no_articles(counts):
            return "no articles"
        return "incomplete" if any(counts.get(what) for what in (f"state/{ledger.FAILED}", "listing/missed", "error")) else "finished"

    def _no_articles(self, counts: dict[str, int]) -> bool:
        """Whether new addresses were asked for and none was an article; static pages that are looked at again say nothing."""
        new, refused = counts.get("asked for the first time", 0), counts.get(f"state/{ledger.NOT_ARTICLE}", 0)
        return SUSPICIOUS <= new <= refused and not any(counts.get(f"state/{state}") for state in ledger.HELD)

    def _counts(self) -> dict[str, int]:
        assert self.crawler.stats
        stats: dict[str, Any] = self.crawler.stats.get_stats()
        return {key.removeprefix("arsip/"): value for key, value in sorted(stats.items()) if key.startswith("arsip/")}


class QuietLogFormatter(LogFormatter):
    """Log lines that name a page by its address: the page itself is a hundred kilobytes of bytes."""

    def dropped(self, item: Any, *_: Any, **__: Any) -> LogFormatterResult | None:  # type: ignore[override]
        """Nothing: what is dropped is in the ledger with its reason."""
        return None

    def item_error(self, item: Any, exception: BaseException, *_: Any, **__: Any) -> LogFormatterResult:
        """The address of the page on which a stage failed."""
        page = item.page if isinstance(item, Pressed) else item
        return {"level": logging.ERROR, "msg": "%(url)s could not be kept: %(error)s", "args": {"url": page.url, "error": repr(exception)}}

    def download_error(self, failure: Failure, request: Any, *_: Any, **__: Any) -> LogFormatterResult:
        """Debug only: the ledger keeps why an address could not be fetched."""
        return {"level": logging.DEBUG, "msg": "%(request)s: %(failure)s", "args": {"request": request, "failure": failure.value}}
