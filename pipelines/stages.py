"""The Scrapy item pipelines, each a few lines: keep the page, press it, keep the article.

A page is stored before anything is made of it, so a bad rule never loses one.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self
from weakref import WeakKeyDictionary, WeakSet

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from archive import ledger, reasons
from archive.records import Article, Page
from archive.store import Archive
from pipelines.pool import PressPool

log = logging.getLogger(__name__)

STOPPING: WeakSet[Crawler] = WeakSet()
"""The crawls that have been told to stop."""


class Workplace:
    """What all crawls of a process into one folder share: the open archive, and the processes that press pages."""

    _open: ClassVar[dict[Path, "Workplace"]] = {}

    def __init__(self, folder: Path, workers: int, longest: float) -> None:
        self.archive = Archive(folder)
        self.pool = PressPool(workers, longest=longest)
        self._folder = folder
        self._users = 0

    @classmethod
    def enter(cls, settings: BaseSettings) -> "Workplace":
        """The workplace of these settings, to be left again; the last to leave closes it."""
        folder = Path(settings["ARSIP_DIR"]).absolute()
        workplace = cls._open.get(folder)
        if workplace is None:
            workplace = cls._open[folder] = cls(folder, settings.getint("ARSIP_PRESS_WORKERS"), settings.getfloat("ARSIP_PRESS_SECONDS"))
        workplace._users += 1
        return workplace

    def leave(self) -> None:
        """Close archive and pool when nobody is left who works here."""
        self._users -= 1
        if not self._users:
            del self._open[self._folder]
            self.pool.close()
            self.archive.close()


WORKPLACES: WeakKeyDictionary[Crawler, Workplace] = WeakKeyDictionary()
"""Where each crawl works."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A page with the article that was made of it."""

    page: Page
    article: Article
    older: Article | None = None
    """The article's latest revision read anew, where other rules had read it: only so is an edit told from better rules."""


def workplace_of(crawler: Crawler) -> Workplace:
    """The crawl's workplace, which it leaves when it has ended."""
    workplace = WORKPLACES.get(crawler)
    if workplace is None:
        workplace = WORKPLACES[crawler] = Workplace.enter(crawler.settings)
        # engine_stopped comes after every other handler of spider_closed has had its last word.
        crawler.signals.connect(workplace.leave, signals.engine_stopped, weak=False)
    return workplace


def archive_of(crawler: Crawler) -> Archive:
    """The archive into which the crawl goes."""
    return workplace_of(crawler).archive


@contextmanager
def writable(archive: Archive) -> Iterator[None]:
    """Raise CloseSpider where the archive cannot be written: what is fetched from then on would be lost."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise CloseSpider(f"the archive in {archive.folder} cannot be written ({error})") from error


def count_state(crawler: Crawler, state: str, reason: str | None) -> None:
    """Count what became of an address, and why it is not held, in the crawl's statistics under `arsip/`."""
    assert crawler.stats
    crawler.stats.inc_value(f"arsip/state/{state}")
    if reason:
        crawler.stats.inc_value(f"arsip/why/{state}/{reason}")


class Stage:
    """What the stages share: the crawl's archive, spider and counts."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.archive = archive_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Drop the item and stop the crawl where the archive can no longer be written."""
        try:
            with writable(self.archive):
                yield
        except CloseSpider as full:
            if self.crawler not in STOPPING:
                STOPPING.add(self.crawler)
                assert self.crawler.engine
                deferred_from_coro(self.crawler.engine.close_spider_async(reason=full.reason))
            raise DropItem(full.reason) from full

    def settle(
        self, page: Page, state: str, article: Article | None = None, *, reason: str | None = None, detail: str | None = None
    ) -> None:
        """Note in the ledger, and in the crawl's counts, what became of a page."""
        with self.writing():
            noted = self.archive.ledger.settle_page(page, state, article, reason=reason, detail=detail)
        count_state(self.crawler, state, noted)

    def count(self, what: str) -> None:
        """Count one more of something in the crawl's statistics, under `arsip/`."""
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"arsip/{what}")


class KeepPage(Stage):
    """The capture goes to pages.db."""

    async def process_item(self, page: Page) -> Page:
        with self.writing():
            self.archive.keep_page(page)
        self.settle(page, ledger.FETCHED)
        return page


class Press(Stage):
    """The page becomes an article. A page that the rules fail on is in pages.db, and the ledger says what failed."""

    async def process_item(self, page: Page) -> Pressed:
        try:
            article = await self.press(page)
            return Pressed(page, article, await self.older(article))
        except Exception as error:
            # Any defect of a rule on any page, and any page that is made to be one: one page's loss must not be the crawl's.
            log.exception("%s could not be pressed", page.url)
            self.settle(page, ledger.FAILED, reason=reasons.RULES_FAILED, detail=f"{type(error).__name__}: {error}")
            raise DropItem(str(error)) from error

    async def older(self, article: Article) -> Article | None:
        """The latest revision of an article read anew, where other rules had read it and it is not as this one."""
        try:
            page = self.archive.read_otherwise(article)
            return await self.press(page) if page else None
        except Exception:
            # What was fetched now is not lost with what was kept then; a replay comes to that page too.
            log.exception("the page before %s could not be read anew", article.url)
            return None

    async def press(self, page: Page) -> Article:
        """The article of a page, by the rules of the portal that is being crawled."""
        spider: Any = self.crawler.spider
        return await asyncio.wrap_future(workplace_of(self.crawler).pool.press(page, spider.rules))


class KeepArticle(Stage):
    """The article goes to articles.db, and what became of the address to the ledger."""

    STATES: ClassVar = {"gone": ledger.GONE, "refused": ledger.NOT_ARTICLE, "unchanged": ledger.UNCHANGED}

    async def process_item(self, pressed: Pressed) -> Pressed:
        page, article = pressed.page, pressed.article
        if self._outside(page, article):
            # The page is kept; a crawl that asks for its day, or a replay, makes the article of it.
            self.settle(page, ledger.ANNOUNCED, article, reason=reasons.OUTSIDE)
            return pressed
        with self.writing(), self.archive.transaction():
            if pressed.older:
                self.archive.keep_article(pressed.older)
            outcome = self.archive.keep_article(article)
        if outcome == "unchanged" and not self.archive.ledger.holds(article.id):
            # A crawl that was killed had kept the article, and could not note it any more.
            self.settle(page, ledger.ARCHIVED, article)
        elif outcome == "refused" and self.archive.ledger.article_at(page.requested_url or page.url):
            # What it held stays; a wall, a new theme or a new use of the address is for people to look at.
            self.settle(page, ledger.FAILED, article, reason=reasons.HELD_AND_NOW_NONE, detail=article.refusal)
        else:
            self.settle(page, self.STATES.get(outcome, ledger.ARCHIVED), article)
        if outcome in ("new", "revised"):
            self.count(outcome)
        for flag in article.flags:
            self.count(f"flag/{flag}")
        return pressed

    def _outside(self, page: Page, article: Article) -> bool:
        """Whether a story that is not held yet was published on another day than those that the crawl asks for."""
        spider: Any = self.crawler.spider
        if article.refusal or not article.published or self.archive.ledger.article_at(page.requested_url or page.url):
            return False
        day, since, until = article.published.day_in(spider.zone), spider.options.since, spider.options.until
        return bool((since and day < since) or (until and day > until))
