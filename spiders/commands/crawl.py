"""scrapy crawl NAME: Scrapy's own command, with one sentence for what went wrong and an exit status that says it."""

import argparse
import logging

from scrapy.commands.crawl import Command as ScrapyCrawl

from archive.crawls import crawl
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.schema import articles
from archive.store import Archive
from spiders.commands.speech import fail, folder_of, portal_classes, unknown_portal
from spiders.commands.table import show_crawls
from spiders.options import Options
from spiders.site import Site


class Command(ScrapyCrawl):
    """Crawl one portal and say what came of it."""

    def syntax(self) -> str:
        return "<portal> [-a home=URL] [-a since=YYYY-MM-DD] [-a until=YYYY-MM-DD] [-a limit=N]"

    def short_desc(self) -> str:
        return "Crawl a portal into the archive"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            fail("crawl", "Name one portal; `scrapy list` shows them.", 2)
        assert self.crawler_process
        assert self.settings
        portals = portal_classes(self.settings)
        if args[0] not in portals:
            fail("crawl", unknown_portal(args[0], portals), 2)
        portal = portals[args[0]]
        try:
            site = Site(portal.home, Options.read(**opts.spargs).home)
            # Opened here first, so that a folder that cannot be written stops the crawl before it asks for anything.
            Archive(folder_of(self)).close()
        except ValueError as error:
            fail("crawl", str(error), 2)
        except ArchiveError as error:
            fail("crawl", str(error), error.status)
        self._introduce(site)
        crawler = self._create_crawler(portal)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        spider = crawler.spider
        if spider is None:
            fail("crawl", f"The crawl of {args[0]} did not start; the log above says why.", 1)
        self._report(spider.crawl_id, str(crawler.stats.get_value("finish_reason")))  # type: ignore[attr-defined]

    def _introduce(self, site: Site) -> None:
        """Say so when a live portal is about to be asked by someone it cannot reach."""
        assert self.settings
        if site.mirror is None and not self.settings["ARSIP_CONTACT"]:
            logging.getLogger("arsip").warning("Set ARSIP_CONTACT to an address where the portal's owner can reach you.")

    def _report(self, crawl_id: str, reason: str) -> None:
        database = open_readonly(folder_of(self) / "articles.db", articles)
        row = crawl(database, crawl_id) or {}
        show_crawls(database, crawl_id)
        outcome, troubles = row["outcome"] or reason, row["troubles"]
        database.close()
        if outcome == "finished":
            return
        sentences = {
            "unreachable": f"{row['portal']} announced nothing: {'; '.join(troubles)}.",
            "nothing found": f"{row['portal']} announced no story; look whether its CMS has changed.",
            "incomplete": "Some pages could not be fetched; the next crawl tries them again when they are due.",
        }
        fail("crawl", sentences.get(outcome, f"The crawl was stopped: {outcome}."), 1)
