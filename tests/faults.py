"""Faults that tests cause inside a crawl."""

import os
import signal
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from archive.records import Article, Page
from pipelines.stages import Press


class KillAfter:
    """An extension that ends the process without a goodbye once `KILL_AFTER` articles are kept."""

    def __init__(self, articles: int) -> None:
        self.left = articles

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        fault = cls(crawler.settings.getint("KILL_AFTER"))
        crawler.signals.connect(fault.kept, signals.item_scraped)
        return fault

    def kept(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class DefectivePress(Press):
    """The stage with rules that fail on every page."""

    async def press(self, page: Page) -> Article:
        raise ZeroDivisionError("a defect")
