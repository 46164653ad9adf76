"""How a crawl keeps its distance: the delay that robots.txt asks for, and waiting when the portal is in trouble or says so."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from pipelines.stages import STOPPING

TOLD_TO_WAIT = (429, 503)
"""Statuses that say: not now."""

EASING = 0.9
"""What is left of a delay after each good answer, once the portal had been in trouble."""

LONGEST_WAIT = timedelta(days=30)
"""The longest `Retry-After` that is believed; a slip of the pen must not lose an address."""


class StoppedError(IgnoreRequest):
    """A request that was not made, because the crawl ends: its address stays due."""


def retry_after(response: Response, now: datetime) -> timedelta | None:
    """How long an answer asks to wait, by its `Retry-After` in seconds or as a date; None where it does not say."""
    told = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if told.isascii() and told.isdigit():
        return min(timedelta(seconds=min(int(told[:9]), 10**8)), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST_WAIT)


@dataclass(kw_only=True, slots=True)
class Pace:
    """The least delay between two requests to a portal, in seconds, as it follows from what the portal says and does."""

    own: float
    """What the crawl keeps anyway."""
    longest: float
    asked: float = 0.0
    """The `Crawl-delay` of robots.txt."""
    slowed: float = 0.0
    """What the portal's troubles made of it."""
    in_a_row: int = 0
    """Troubles since the last good answer."""

    @property
    def least(self) -> float:
        """The delay to keep now."""
        return max(self.own, self.asked, self.slowed)

    def trouble(self) -> None:
        """Twice the delay, up to the longest."""
        self.slowed = min(self.least * 2, self.longest)
        self.in_a_row += 1

    def better(self) -> None:
        """A little less, down to what was kept before."""
        self.in_a_row = 0
        self.slowed = self.slowed * EASING if self.slowed > max(self.own, self.asked) else 0.0


class Manners:
    """Keeps a portal's pace in its crawl's own downloader, and ends the crawl when it is told to wait; other crawls never notice.

    A middleware, because only these see a timeout; it stands between the retries and the network, so that it sees each. The
    delay is set as an answer comes in, after AutoThrottle has set it, and before the next request is taken.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.pace = Pace(own=settings.getfloat("DOWNLOAD_DELAY"), longest=settings.getfloat("AUTOTHROTTLE_MAX_DELAY"))
        self.throttled = settings.getbool("AUTOTHROTTLE_ENABLED")
        self.longest_pause = timedelta(seconds=settings.getfloat("LONGEST_PAUSE"))
        self.most_in_a_row = settings.getint("TROUBLES_IN_A_ROW")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        manners = cls(crawler)
        crawler.signals.connect(manners.parsed, signals.robots_parsed)
        crawler.signals.connect(manners.answered, signals.response_downloaded)
        # A new slot of the downloader starts with the crawl's own delay.
        crawler.signals.connect(manners.keep, signals.request_reached_downloader)
        return manners

    def parsed(self, robotparser: RobotParser) -> None:
        """Note the delay that robots.txt asks for; one that would end the crawl of a portal is cut to a minute."""
        asked = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        self.pace.asked = max(self.pace.asked, min(asked or 0.0, self.pace.longest))
        self.keep()

    def answered(self, request: Request, response: Response) -> None:
        """Slow down when told to wait; come back when the portal is well again."""
        if response.status in TOLD_TO_WAIT:
            self._wait(request, f"status {response.status}", retry_after(response, datetime.now(UTC)))
        elif response.status < 500:
            self.pace.better()
        self.keep()

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """A portal that does not answer in time is in trouble too."""
        if isinstance(exception, DownloadTimeoutError):
            self._wait(request, "no answer in time", None)
            self.keep()

    def _wait(self, request: Request, trouble: str, asked: timedelta | None) -> None:
        self.pace.trouble()
        if asked and asked > self.longest_pause:
            trouble = f"{trouble}, Retry-After {asked.total_seconds():.0f} seconds"
        elif self.pace.in_a_row >= self.most_in_a_row:
            trouble = f"{trouble}, {self.pace.in_a_row} times in a row"
        else:
            if asked:
                self._pause(asked)
            return
        # The address itself is noted as failed; what else is left stays as it is.
        request.meta["dont_retry"] = True
        stop(self.crawler, "told to wait", trouble=f"{request.url}: {trouble}")

    def _pause(self, pause: timedelta) -> None:
        """Let no request out for so long: the downloader counts its delays from the last one."""
        assert self.crawler.engine
        for slot in self.crawler.engine.downloader.slots.values():
            slot.lastseen = max(slot.lastseen, monotonic() + pause.total_seconds())

    def keep(self) -> None:
        """Keep the delay in every slot of the downloader."""
        assert self.crawler.engine
        for slot in self.crawler.engine.downloader.slots.values():
            slot.delay = max(slot.delay, self.pace.least) if self.throttled else self.pace.least


def stop(crawler: Crawler, reason: str, *, trouble: str) -> None:
    """End a crawl before it is done, once, with an outcome; what it has not asked for stays due."""
    if crawler in STOPPING:
        return
    STOPPING.add(crawler)
    troubles = getattr(crawler.spider, "troubles", None)
    if troubles is not None:
        troubles.append(trouble)
    assert crawler.engine
    deferred_from_coro(crawler.engine.close_spider_async(reason=reason))
    let_go(crawler)


def let_go(crawler: Crawler) -> None:
    """Fail what waits in a crawl's downloader for its turn: Scrapy closes a crawl only when that has been asked for, minutes later."""
    assert crawler.engine
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(StoppedError("the crawl was stopped")))  # type: ignore[no-untyped-call]
