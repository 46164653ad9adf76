"""scrapy importwarc: pages that other archives hold, of portals that may be long dead, become captures and articles here."""

import argparse
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import ClassVar

from rich.console import Console
from rich.progress import DownloadColumn, Progress
from rich.table import Table
from scrapy.commands import ScrapyCommand

from archive.errors import ArchiveError
from archive.store import Archive
from pipelines.pool import PressPool
from spiders.base import PortalSpider
from spiders.commands.speech import complain, fail, folder_of, portal_classes, unknown_portal
from spiders.commands.table import show
from spiders.importing import Import

COLUMNS = ("read", "kept", "there before", "new", "revised", "unchanged", "refused", "gone", "failed")


class Command(ScrapyCommand):
    """Import WARC files."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "<file.warc[.gz]> ... [--portal NAME] [--dry-run] [--jobs N]"

    def short_desc(self) -> str:
        return "Take in the pages that WARC files hold of the portals"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--portal", metavar="NAME", help="take all pages for this portal's, whatever their host")
        parser.add_argument("--dry-run", action="store_true", help="say what would come, and change nothing")
        parser.add_argument("--jobs", type=int, metavar="N", help="worker processes (default: ARSIP_PRESS_WORKERS)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        known = portal_classes(self.settings)
        jobs = self.settings.getint("ARSIP_PRESS_WORKERS") if opts.jobs is None else opts.jobs
        files = [Path(name) for name in args]
        if not files:
            fail("importwarc", "Name one file or more, such as portal.warc.gz.", 2)
        if opts.portal and opts.portal not in known:
            fail("importwarc", unknown_portal(opts.portal, known), 2)
        if jobs < 1:
            fail("importwarc", f"--jobs {jobs} is not a number of workers; give 1 or more.", 2)
        for path in files:
            _refuse_unreadable(path)
        try:
            done = self._import(files, known, named=opts.portal, jobs=jobs, dry=opts.dry_run)
        except ArchiveError as error:
            fail("importwarc", str(error), error.status)
        except (sqlite3.Error, OSError) as error:
            fail("importwarc", f"The archive in {folder_of(self)} cannot be written ({error}); the same command goes on when it can be.", 1)
        _report(done, dry=opts.dry_run)
        if failed := sum(counts["failed"] for counts in done.tally.values()):
            done.troubles.append(f"{failed} pages could not be pressed; they are kept, and a replay presses them again.")
        if done.troubles:
            fail("importwarc", " ".join(done.troubles), 1)

    def _import(self, files: list[Path], known: dict[str, type[PortalSpider]], *, named: str | None, jobs: int, dry: bool) -> Import:
        assert self.settings
        folder = folder_of(self)
        with ExitStack() as stack:
            if dry and not (folder / "pages.db").exists():
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            pool = stack.enter_context(PressPool(jobs, longest=self.settings.getfloat("ARSIP_PRESS_SECONDS")))
            archive = stack.enter_context(Archive(folder))
            identity = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-import"
            importing = Import(archive, known, named=named, identity=identity, dry=dry)
            stack.callback(importing.close)
            progress = stack.enter_context(
                Progress(
                    *Progress.get_default_columns(),
                    DownloadColumn(),
                    console=Console(stderr=True),
                    transient=True,
                    disable=not sys.stderr.isatty(),
                )
            )
            task = progress.add_task("importing", total=sum(path.stat().st_size for path in files))
            pages = importing.pages(files, lambda size: progress.advance(task, size))
            # What is gone is asked for when all else is kept.
            for page, article in chain(pool.press_all(pages, complain), pool.press_all(importing.gone(), complain)):
                importing.done(page, article)
        return importing


def _refuse_unreadable(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        fail("importwarc", f"{path} cannot be read: {error.strerror}.", 2)


def _report(done: Import, *, dry: bool) -> None:
    table = Table(title="Import (nothing was changed)" if dry else "Import", title_justify="left")
    table.add_column("portal")
    for heading in COLUMNS:
        table.add_column(heading, justify="right")
    for portal, counts in sorted(done.tally.items()):
        table.add_row(portal, *(str(counts[heading]) for heading in COLUMNS))
    show(table, *_skipped(done.skipped))


def _skipped(skipped: Counter[str]) -> list[str]:
    """A line such as `Skipped: 12 of other hosts, 3 not HTML.`"""
    told = ", ".join(f"{number} {reason}" for reason, number in skipped.most_common() if number)
    return [f"Skipped: {told}."] if told else []
