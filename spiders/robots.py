"""robots.txt, read as RFC 9309 says: obeyed, missing means allowed, unreachable means wait."""

import asyncio
from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser
from twisted.python.failure import Failure

from archive import reasons
from spiders.manners import stop
from spiders.site import FOLLOWED_ANYWHERE, origin_of
from spiders.trouble import reason_of

LARGEST = 500 * 1024
"""Bytes of robots.txt that are read, the least that RFC 9309 asks for."""

TRY_LATER = 429
"""The one status of the 4xx that says nothing about whether there is a robots.txt."""

ALLOWED, REFUSED, UNREACHABLE, UNCHECKED = "allowed", "refused", "unreachable", "unchecked"


class RobotsRefusedError(IgnoreRequest):
    """A request that robots.txt forbids."""


class RobotsUnreachableError(IgnoreRequest):
    """A request to a host whose robots.txt cannot be read: it waits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Robots:
    """What the robots.txt of a host says to us."""

    url: str
    agent: str
    """Our name in it."""
    status: int | None = None
    """The HTTP status of the answer; None where there was none."""
    missing: str = ""
    """Why there are no rules though the host answered: `404`, `a web page` …"""
    trouble: str = ""
    """Why it could not be read; then nothing of the host may be asked."""
    parser: ProtegoRobotParser | None = None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of the sitemaps that it names, in its order."""
        return tuple(urljoin(self.url, address) for address in self.parser.rp.sitemaps) if self.parser else ()

    def decision(self, url: str) -> str:
        """What it says about an address: `allowed`, `allowed: no robots.txt (404)`, `refused` or `unreachable`."""
        if self.trouble:
            return UNREACHABLE
        if self.parser is None:
            return f"{ALLOWED}: no robots.txt ({self.missing})"
        return ALLOWED if self.parser.allowed(url, self.agent) else REFUSED


def read(url: str, status: int, body: bytes, agent: str) -> Robots:
    """What an answer to the request for robots.txt means."""
    if status >= 500 or status == TRY_LATER:
        return Robots(url=url, agent=agent, status=status, trouble=f"status {status}")
    if not 200 <= status < 300:
        return Robots(url=url, agent=agent, status=status, missing=str(status))
    if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return Robots(url=url, agent=agent, status=status, missing="a web page")
    if len(body) > LARGEST:
        # A rule that is cut in two would be another rule.
        body = body[:LARGEST].rpartition(b"\n")[0]
    return Robots(url=url, agent=agent, status=status, parser=ProtegoRobotParser(body, None))


class RobotsMiddleware:
    """Asks each host of the crawl for its robots.txt once, before anything else, and keeps to it.

    What was decided about a request is in its meta, `robots`, and goes into the capture. What the home of the portal says is
    `spider.robots`.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._asked: dict[str, asyncio.Task[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        robots = await self.of(origin_of(request.url))
        decision = request.meta["robots"] = robots.decision(request.url)
        if decision == UNREACHABLE:
            raise RobotsUnreachableError("robots.txt unreachable")
        if decision == REFUSED:
            raise RobotsRefusedError("robots.txt")

    async def of(self, origin: str) -> Robots:
        """The robots.txt of an origin, fetched at the first call; whoever asks meanwhile waits for the same answer."""
        if origin not in self._asked:
            self._asked[origin] = asyncio.ensure_future(self._ask(origin))
        return await asyncio.shield(self._asked[origin])

    async def _ask(self, origin: str) -> Robots:
        url = f"{origin}/robots.txt"
        request = Request(
            url, callback=NO_CALLBACK, priority=1000, dont_filter=True, meta={"dont_obey_robotstxt": True, FOLLOWED_ANYWHERE: True}
        )
        assert self.crawler.engine
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being read
            robots = self._unanswered(url, error)
        else:
            robots = await self._answered(url, response)
        site = getattr(self.crawler.spider, "site", None)
        if site and origin == origin_of(site.asked(site.home)):
            self.crawler.spider.robots = robots  # type: ignore[union-attr]
        if robots.trouble:
            # A host that answers nothing at all is unreachable; there is no more to say about its robots.txt.
            reason = "robots.txt unreachable" if robots.status else "unreachable"
            stop(self.crawler, reason, trouble=f"{url}: {robots.trouble}")
        return robots

    def _unanswered(self, url: str, error: Exception) -> Robots:
        reason = reason_of(Failure(error))  # type: ignore[no-untyped-call]
        if reason == reasons.TOO_MANY_REDIRECTS:
            return Robots(url=url, agent=self.agent, missing=reason)
        return Robots(url=url, agent=self.agent, trouble=reason)

    async def _answered(self, url: str, response: Response) -> Robots:
        robots = read(url, response.status, response.body, self.agent)
        if robots.parser:
            await self.crawler.signals.send_catch_log_async(signals.robots_parsed, robotparser=robots.parser, request=response.request)
        return robots


async def robots_of(crawler: Crawler, home: str) -> Robots | None:
    """The robots.txt that holds for a portal's home (on the mirror where one is asked); None where robots.txt is not obeyed.

    A spider may ask in `start()`, before its first request; the crawl fetches it once either way.
    """
    middleware = crawler.get_downloader_middleware(RobotsMiddleware)
    site = getattr(crawler.spider, "site", None)
    return await middleware.of(origin_of(site.asked(home) if site else home)) if middleware else None
