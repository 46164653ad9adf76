"""scrapy fixture PORTAL URL: a page and the article that it becomes, saved for review and for the tests."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import click
from scrapy.commands import ScrapyCommand
from scrapy.utils.conf import closest_scrapy_cfg

from archive import schema
from archive.captures import read_pages
from archive.database import open_readonly
from archive.records import Article, Page
from pipelines.check import CHECKS
from pipelines.press import press
from spiders.base import PortalSpider
from spiders.commands.speech import fail, introduce, portal_classes, unknown_portal
from spiders.fixtures import expectation, files_of, fixture_files, slug_of
from spiders.options import Options
from spiders.single import single
from spiders.site import Site

SELDOM = ("byline", "credited_source", "labels", "next_page", "removed")
"""Fields that most stories leave empty."""
THEIRS = "The page is the portal's: commit it only if you wrote it, or keep it in a private checkout (docs/adding-a-portal.md)."
WIDTH = 80
"""Characters that are shown of a paragraph."""
ONLY_KEPT = {"pipelines.stages.KeepPage": 100}


class Command(ScrapyCommand):
    """Save a page and its article as a fixture."""

    requires_project = True
    default_settings: ClassVar = {}

    def syntax(self) -> str:
        return "<portal> <url> [--file FILE.html] [--home URL] [--again] [--into DIR]"

    def short_desc(self) -> str:
        return "Save a page and its article below tests/pages/, for review"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--file", metavar="FILE", help="take the page from this file; nothing is fetched")
        parser.add_argument("--home", metavar="URL", help="ask this origin for the portal's site")
        parser.add_argument("--again", action="store_true", help="write over the fixture of that address")
        parser.add_argument("--into", metavar="DIR", help="the folder of the fixtures (default: tests/pages of the project)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        portal, site = self._asked(args, opts)
        url = site.official(args[1])
        folder = Path(opts.into or Path(closest_scrapy_cfg()).parent / "tests" / "pages") / portal.name
        slug = slug_of(url)
        there = files_of(folder, slug)
        if there and not opts.again:
            fail("fixture", f"There is a fixture {_short(there[0])} already; --again writes over it and what was corrected in it.", 2)
        page = _saved(Path(opts.file), portal, url) if opts.file else self._fetched(portal, url, site)
        article = press(page, portal.rules)
        if article.refusal and page.rest:
            # What looks like a list's further pages says nothing more about it.
            page = replace(page, rest=())
            article = press(page, portal.rules)
        files = fixture_files(slug, page, article)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in there:
                path.unlink()
            for name, content in files.items():
                (folder / name).write_bytes(content)
        except OSError as error:
            fail("fixture", f"{folder} cannot be written: {error.strerror}.", 1)
        theirs = [] if site.mirror else [THEIRS]
        click.echo("\n".join([*(_short(folder / name) for name in files), "", *review(article), *theirs]))

    def _asked(self, args: list[str], opts: argparse.Namespace) -> tuple[type[PortalSpider], Site]:
        """The portal and its site; wrong use ends here."""
        assert self.settings
        if len(args) != 2:
            fail("fixture", "Name a portal and the address of one of its pages.", 2)
        portals = portal_classes(self.settings)
        if args[0] not in portals:
            fail("fixture", unknown_portal(args[0], portals), 2)
        portal = portals[args[0]]
        try:
            site = Site(portal.home, Options.read(home=opts.home).home if opts.home else None)
        except ValueError as error:
            fail("fixture", str(error), 2)
        if opts.file and opts.home:
            fail("fixture", "A page comes from --file or from --home, not from both.", 2)
        if not site.includes(args[1]):
            fail("fixture", f"{args[1]} is no address of {portal.name}, whose home is {portal.home}.", 2)
        return portal, site

    def _fetched(self, portal: type[PortalSpider], url: str, site: Site) -> Page:
        """The page as a crawl fetches it, by way of an archive that is thrown away."""
        assert self.settings
        assert self.crawler_process
        introduce(self.settings, live=site.mirror is None)
        with TemporaryDirectory() as folder:
            for name, value in {"ARSIP_DIR": folder, "ARSIP_PRESS_WORKERS": 1, "ITEM_PIPELINES": ONLY_KEPT}.items():
                self.crawler_process.settings.set(name, value, priority="cmdline")
            crawler = self.crawler_process.create_crawler(single(portal, url))
            self.crawler_process.crawl(crawler, **({"home": site.mirror} if site.mirror else {}))
            self.crawler_process.start()
            assert isinstance(crawler.spider, PortalSpider)
            page = _kept(Path(folder))
            if page is None:
                fail("fixture", f"{url} could not be fetched: {_trouble(Path(folder), crawler.spider)}.", 1)
        if page.status != 200:
            fail("fixture", f"{url} answered with status {page.status}; there is no page to keep.", 1)
        return page


def review(article: Article) -> list[str]:
    """What whoever saved a page has to look at, in a few lines."""
    if article.refusal:
        return [f"Read as no article: {article.refusal}. Where readers see a story, mend the rules and write it again with --again."]
    told, means = expectation(article), {check.id: check.means for check in CHECKS}
    paragraphs, removed = told["body"], told["removed"]
    published = f"{article.published.iso}, printed {article.published.raw!r}" if article.published else "no date"
    pages = f" on {article.pages} pages" if article.pages > 1 else ""
    empty = [name for name, value in told.items() if not value and name not in SELDOM]
    return [
        f"title      {article.title}",
        f"published  {published}",
        f"body       {len(paragraphs)} paragraphs{pages}, {len(removed)} lines taken off",
        f"begins     {_cut(paragraphs[0], start=True)}",
        f"ends       {_cut(paragraphs[-1], start=False)}",
        f"empty      {', '.join(empty) or 'nothing'}",
        *(f"suspicious {means[flag]}" for flag in article.flags),
        "",
        "Compare every field of the JSON with what readers see, and correct it there; the tests then say what is read otherwise.",
    ]


def _cut(text: str, *, start: bool) -> str:
    """The beginning or the end of a paragraph, on one line."""
    line = " ".join(text.split())
    if len(line) <= WIDTH:
        return line
    return f"{line[:WIDTH].rstrip()} …" if start else f"… {line[-WIDTH:].lstrip()}"


def _short(path: Path) -> str:
    """A path as seen from here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _saved(file: Path, portal: type[PortalSpider], url: str) -> Page:
    """The page of a file."""
    try:
        body = file.read_bytes()
    except OSError as error:
        fail("fixture", f"{file} cannot be read: {error.strerror}.", 2)
    return Page(url=url, portal=portal.name, fetched_at=datetime.now(UTC).replace(microsecond=0), body=body)


def _kept(folder: Path) -> Page | None:
    """The only page of an archive."""
    database = open_readonly(folder / "pages.db", schema.pages)
    page = next(read_pages(database), None)
    database.close()
    return page


def _trouble(folder: Path, spider: PortalSpider) -> str:
    """Why an archive has no page."""
    database = open_readonly(folder / "articles.db", schema.articles)
    told = [" ".join(filter(None, row)) for row in database.execute("select reason, detail from ledger where reason is not null")]
    database.close()
    return "; ".join(told or spider.troubles) or "the log above says why"
