"""What a portal asks for in robots.txt beyond what Scrapy obeys."""

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser


class CrawlDelay:
    """Keeps the `Crawl-delay` of robots.txt, which Scrapy reads and does not apply; never less than the crawl's own delay."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.delay = 0.0
        self.longest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        manners = cls(crawler)
        crawler.signals.connect(manners.parsed, signals.robots_parsed)
        # AutoThrottle sets the delay anew after each response; extensions that are loaded later are called later.
        crawler.signals.connect(manners.keep, signals.response_downloaded)
        return manners

    def parsed(self, robotparser: RobotParser) -> None:
        """Note the delay that robots.txt asks for; one that would end the crawl of a portal is cut to a minute."""
        asked = robotparser.crawl_delay(self.crawler.settings["USER_AGENT"])
        self.delay = max(self.delay, min(asked or 0.0, self.longest))
        self.keep()

    def keep(self) -> None:
        """Keep the delay in every slot of the downloader."""
        assert self.crawler.engine
        for slot in self.crawler.engine.downloader.slots.values():
            slot.delay = max(slot.delay, self.delay)
