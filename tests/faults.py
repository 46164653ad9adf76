"""Faults that tests cause inside a crawl."""

import logging
import os
import signal
import socket
from functools import partial
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later
from twisted.internet._resolver import GAIResolver

from archive.records import Article, Page
from pipelines import pool
from pipelines.rules import Rules
from pipelines.stages import Press
from spiders.connections import GuardedResolver
from spiders.manners import stop
from spiders.robots import robots_of


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


def endless(page: Page, rules: Rules) -> Article:
    """Rules that never come to an end on a page."""
    while True:
        pass


class EndlessPress:
    """An extension with which the processes that press pages never come to an end."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pool.press = endless
        return cls()


class DefectivePress(Press):
    """The stage with rules that fail on every page."""

    async def press(self, page: Page) -> Article:
        raise ZeroDivisionError("a defect")


class RebindingResolver(GuardedResolver):
    """A resolver to which every name leads to this machine, as a name server of ill will may say at any moment."""

    def __init__(self, reactor: Any, cache_size: int) -> None:
        super().__init__(reactor, cache_size)
        here = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        self.original_resolver = GAIResolver(reactor, getaddrinfo=lambda host, port, *_: [(*here, ("127.0.0.1", port))])


class RobotsFirst:
    """A spider middleware that reads robots.txt before the spider's first request, and says what sitemaps it names."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_start(self, start: Any) -> Any:
        spider: Any = self.crawler.spider
        robots = await robots_of(self.crawler, spider.home)
        assert robots
        logging.getLogger("arsip").warning("sitemaps: %s; the spider's: %s", " ".join(robots.sitemaps), spider.robots is robots)
        async for request in start:
            yield request


class EndWhileWaiting:
    """An extension that ends the crawl when a second page waits for its turn."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.pages = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        fault = cls(crawler)
        crawler.signals.connect(fault.waits, signals.request_reached_downloader)
        return fault

    def waits(self, request: Request) -> None:
        self.pages += "/a/" in request.url
        if self.pages == 2:
            call_later(0, partial(stop, self.crawler, "told to wait", trouble="by this test"))
