"""Crawls one after the other in a process of their own, each into an archive of its own: what it takes to start is taken once.

`python -m tests.many` reads them from its input, as JSON: a list of [portal, folder, arguments of the spider]. All is as in `scrapy crawl`,
but that pages are pressed in the same process.
"""

import asyncio
import json
import sys
from concurrent.futures import Future
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.utils.project import get_project_settings

from archive.records import Article, Page
from pipelines import stages
from pipelines.press import press
from pipelines.rules import Rules
from spiders.commands.speech import portal_classes

SETTINGS = {
    "SPIDER_MODULES": ["spiders.portals", "sample.spiders", "tests.spiders"],
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
}


class Here:
    """Presses pages at once, where a pool would do it elsewhere."""

    def __init__(self, workers: int, *, longest: float) -> None:
        """Of workers there are none, and nobody ends what takes too long."""

    def press(self, page: Page, rules: Rules) -> "Future[Article]":
        done: Future[Article] = Future()
        try:
            done.set_result(press(page, rules))
        except Exception as error:  # noqa: BLE001 handed on, as a pool does
            done.set_exception(error)
        return done

    def close(self) -> None:
        """Nothing is under way."""


def main(asked: list[tuple[str, str, dict[str, str]]]) -> None:
    """Crawl; what goes wrong is on stderr."""
    stages.PressPool = Here  # type: ignore[assignment,misc]
    settings = get_project_settings()
    settings.setdict(SETTINGS, priority="cmdline")
    portals = portal_classes(settings)
    process = AsyncCrawlerProcess(settings)

    async def crawl() -> None:
        for portal, folder, given in asked:
            own = settings.copy()
            own.set("ARSIP_DIR", folder, priority="cmdline")
            await process.crawl(Crawler(portals[portal], own), **given)

    from twisted.internet import reactor  # the import installs one, and which is for the process to say

    running: Any = reactor
    crawling = asyncio.get_event_loop().create_task(crawl())
    crawling.add_done_callback(lambda _: running.callLater(0, running.stop))
    process.start(stop_after_crawl=False, install_signal_handlers=False)
    crawling.result()


if __name__ == "__main__":
    main(json.load(sys.stdin))
