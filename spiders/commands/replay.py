"""scrapy replay: press every stored page again, so that better rules reach all that was ever fetched."""

import argparse
import sqlite3
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import ClassVar

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from scrapy.commands import ScrapyCommand

from archive import ledger
from archive.captures import count_pages, portals_of, read_pages
from archive.errors import ArchiveError
from archive.records import Article, Page
from archive.store import Archive, existing_archive
from pipelines.pool import PressPool
from pipelines.press import press
from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.commands.speech import fail, folder_of, portal_classes, unknown_portal
from spiders.commands.table import show

AHEAD = 4
"""Pages handed out to each worker in advance: enough that none waits, few enough that a large archive is not read into memory."""

OUTCOMES = ("unchanged", "reread", "new", "revised", "refused", "withdrawn", "gone", "failed")


class Command(ScrapyCommand):
    """Press stored pages again."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar = {"LOG_ENABLED": False}
    _unknown: list[str]
    """Portals of which pages are held and that this version does not know."""

    def syntax(self) -> str:
        return "[<portal> ...] [--dry-run] [--jobs N]"

    def short_desc(self) -> str:
        return "Press stored pages again with the rules of today"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="worker processes (default: 1)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        known = portal_classes(self.settings)
        for name in args:
            if name not in known:
                fail("replay", unknown_portal(name, known), 2)
        if opts.jobs < 1:
            fail("replay", f"--jobs {opts.jobs} is not a number of workers; give 1 or more.", 2)
        try:
            tally = self._replay(tuple(args), known, jobs=opts.jobs, dry=opts.dry_run)
        except ArchiveError as error:
            fail("replay", str(error), error.status)
        except (sqlite3.Error, OSError) as error:
            fail("replay", f"The archive in {folder_of(self)} cannot be written ({error}); the same command goes on when it can be.", 1)
        self._report(tally, dry=opts.dry_run)
        if failed := sum(counts["failed"] for counts in tally.values()):
            fail("replay", f"{failed} pages could not be pressed; their articles are as they were.", 1)

    def _replay(self, names: tuple[str, ...], known: dict[str, type[PortalSpider]], *, jobs: int, dry: bool) -> dict[str, Counter[str]]:
        tally: dict[str, Counter[str]] = {}
        with (
            existing_archive(folder_of(self)) as archive,
            Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress,
        ):
            held = portals_of(archive.pages_db)
            wanted = tuple(name for name in held if name in known and (not names or name in names))
            self._unknown = [name for name in held if name not in known and not names]
            for name in () if dry else wanted:
                archive.keep_portal(**known[name].facts())
            task = progress.add_task("replaying", total=count_pages(archive.pages_db, wanted))
            pages = ((page, known[page.portal].rules) for page in read_pages(archive.pages_db, wanted))
            for page, article in pressed(pages if wanted else (), jobs=jobs):
                counts = tally.setdefault(page.portal, Counter())
                counts["failed" if article is None else _keep(archive, page, article, dry=dry)] += 1
                progress.advance(task)
        return tally

    def _report(self, tally: dict[str, Counter[str]], *, dry: bool) -> None:
        table = Table(title="Replay (nothing was changed)" if dry else "Replay", title_justify="left")
        table.add_column("portal")
        for heading in ("pages", *OUTCOMES):
            table.add_column(heading, justify="right")
        for portal, counts in sorted(tally.items()):
            table.add_row(portal or "(unknown)", str(counts.total()), *(str(counts[outcome]) for outcome in OUTCOMES))
        left = [f"Pages of {name or 'no portal'} were left as they are: no such portal here." for name in self._unknown]
        show(table, *left)


def _keep(archive: Archive, page: Page, article: Article, *, dry: bool) -> str:
    """Keep a reading, and say what it was; killed in between, the ledger would tell of an article that better rules took away."""
    if dry:
        return archive.keep_article(article, dry=True)
    with archive.transaction():
        outcome = archive.keep_article(article)
        _settle(archive, page, article, outcome)
    return outcome


def _settle(archive: Archive, page: Page, article: Article, outcome: str) -> None:
    """The ledger says what a page has become, where it said that it was none or that pressing it had failed."""
    url = page.requested_url or page.url
    was = archive.ledger.state_of(url)
    if outcome == "gone":
        state, stale = ledger.GONE, was in (ledger.FAILED, ledger.FETCHED)
    elif outcome in ("refused", "withdrawn"):
        state = ledger.NOT_ARTICLE
        stale = outcome == "withdrawn" or (was in (ledger.FAILED, ledger.FETCHED) and not archive.ledger.article_at(url))
    else:
        state, stale = ledger.ARCHIVED, was in (ledger.FAILED, ledger.FETCHED, ledger.NOT_ARTICLE)
    if stale:
        archive.ledger.settle_page(page, state, article)


def pressed(pages: Iterable[tuple[Page, Rules]], *, jobs: int) -> Iterator[tuple[Page, Article | None]]:
    """Each page with its article, in order; None where the rules failed on it."""
    if jobs == 1:
        for page, rules in pages:
            yield page, _or_none(page, partial(press, page, rules))
        return
    with PressPool(jobs) as pool:
        waiting: deque[tuple[Page, Future[Article]]] = deque()
        for page, rules in pages:
            waiting.append((page, pool.press(page, rules)))
            if len(waiting) >= jobs * AHEAD:
                yield _done(waiting)
        while waiting:
            yield _done(waiting)


def _done(waiting: deque[tuple[Page, Future[Article]]]) -> tuple[Page, Article | None]:
    page, future = waiting.popleft()
    return page, _or_none(page, future.result)


def _or_none(page: Page, make: Callable[[], Article]) -> Article | None:
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - any defect of a rule: one page's loss must not be the replay's
        sys.stderr.write(f"{page.url} could not be pressed: {type(error).__name__}: {error}\n")
        return None
