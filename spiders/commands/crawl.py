"""scrapy crawl NAME: Scrapy's own command, with one sentence for what went wrong and an exit status that says it."""

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import AsyncCrawlerProcess

from archive.crawls import crawl
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.schema import articles
from archive.store import Archive
from spiders.base import PortalSpider
from spiders.commands.speech import fail, folder_of, introduce, portal_classes, unknown_portal
from spiders.commands.table import show_crawls
from spiders.options import Options
from spiders.site import Site
from spiders.together import BUSY, Done, Together


class Command(ScrapyCrawl):
    """Crawl one portal and say what came of it."""

    def syntax(self) -> str:
        return "<portal> [-a home=URL] [-a since=YYYY-MM-DD] [-a until=YYYY-MM-DD] [-a limit=N]"

    def short_desc(self) -> str:
        return "Crawl a portal into the archive"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        portal, site = self._asked(args, opts)
        try:
            # Opened here first, so that a folder that cannot be written stops the crawl before it asks for anything.
            Archive(folder_of(self)).close()
            introduce(self.settings, live=site.mirror is None)
            self._crawl(portal, opts.spargs)
        except ArchiveError as error:
            fail("crawl", str(error), error.status)

    def _asked(self, args: list[str], opts: argparse.Namespace) -> tuple[type[PortalSpider], Site]:
        """The portal that is to be crawled, and where; wrong use ends here."""
        assert self.settings
        if len(args) != 1:
            fail("crawl", "Name one portal; `scrapy list` shows them.", 2)
        portals = portal_classes(self.settings)
        if args[0] not in portals:
            fail("crawl", unknown_portal(args[0], portals), 2)
        if opts.output or opts.overwrite_output:
            fail("crawl", "Articles go to the archive; `arsip dump --out DIR` writes them to files.", 2)
        portal = portals[args[0]]
        try:
            return portal, Site(portal.home, Options.read(**opts.spargs).home)
        except ValueError as error:
            fail("crawl", str(error), 2)

    def _crawl(self, portal: type[PortalSpider], given: dict[str, str]) -> None:
        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        ended: list[Done] = []
        Together(self.crawler_process, jobs=1, given={portal.name: given}, done=ended.append).crawl([portal])
        (done,) = ended
        if done.trouble == BUSY:
            fail("crawl", done.says, 1)
        if done.crawl is None:
            fail("crawl", f"The crawl of {portal.name} did not start; the log above says why.", 1)
        self._report(done.crawl, done.says)

    def _report(self, crawl_id: str, reason: str) -> None:
        database = open_readonly(folder_of(self) / "articles.db", articles)
        row = crawl(database, crawl_id)
        show_crawls(database, crawl_id)
        outcome, troubles = row["outcome"] or reason, row["troubles"]
        closed = [f"{way['way']} {way['url']}: {way['reason']}" for way in row["ways"] if way["state"] == "closed"]
        database.close()
        if outcome == "finished":
            return
        sentences = {
            "robots.txt unreachable": f"The robots.txt of {row['portal']} cannot be read now ({'; '.join(troubles)}), so nothing more was "
            "asked and everything stays due.",
            "told to wait": f"{row['portal']} wants no more requests now ({'; '.join(troubles)}); what is left stays due.",
            "unreachable": f"{row['portal']} announced nothing: {'; '.join(closed or troubles)}.",
            "nothing found": f"{row['portal']} announced no story; look whether its CMS has changed.",
            "no articles": f"No page that {row['portal']} announced is an article by its rules; look for a wall or a new theme.",
            "incomplete": "Some pages could not be fetched; the next crawl tries them again when they are due.",
        }
        fail("crawl", sentences.get(outcome, f"The crawl was stopped: {outcome}."), 1)
