"""Faults that tests cause inside a crawl."""

import os
import re
import signal
from functools import partial
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from archive.records import Article, Page
from pipelines.stages import Press, archive_of


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

    def press(self, page: Page) -> Article:
        raise ZeroDivisionError("a defect")


class KillAt:
    """An extension that writes down each moment of a crawl's writing, and ends the process without a goodbye at one of them.

    A moment is a statement that is about to run on one of the databases, such as `articles insert ledger`; of a `begin` and a `commit` it
    says which tables were written before: `articles begin after pages.bodies pages.captures` is between a page and its note in the
    ledger. `KILL_AT` is the number of the moment, from 1; `MOMENTS` the file for their names.
    """

    STATEMENT = re.compile(
        r"\s*(?P<verb>begin|commit|insert|update|delete)\b(?:(?: or \w+)?(?: into| from)?\s+[\[\"]?(?P<table>\w+))?", re.IGNORECASE
    )

    def __init__(self, crawler: Crawler) -> None:
        self.left = crawler.settings.getint("KILL_AT")
        self.moments = Path(crawler.settings["MOMENTS"])
        self.written: set[str] = set()
        archive = archive_of(crawler)
        for name, database in (("pages", archive.pages_db), ("articles", archive.articles_db)):
            database.conn.set_trace_callback(partial(self.about, name))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def about(self, database: str, statement: str) -> None:
        found = self.STATEMENT.match(statement)
        if found is None:
            return
        verb, table = found["verb"].lower(), found["table"]
        if verb in ("begin", "commit"):
            moment = f"{database} {verb} after {' '.join(sorted(self.written))}"
            # What a transaction wrote is known until the next one begins.
            self.written = set() if verb == "begin" else self.written
        else:
            self.written.add(f"{database}.{table}")
            moment = f"{database} {verb} {table}"
        with self.moments.open("a", encoding="utf-8") as file:
            file.write(f"{moment}\n")
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
