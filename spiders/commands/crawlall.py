"""scrapy crawlall: the portals that are due, in one process; what a timer runs."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess

from archive.crawls import crawl
from archive.errors import ArchiveError
from archive.runs import Run, due_portals
from archive.store import Archive
from pipelines.stages import Workplace
from spiders.base import PortalSpider
from spiders.commands.speech import fail, introduce, portal_classes, unknown_portal
from spiders.commands.table import show_run
from spiders.options import Options
from spiders.progress import Progress
from spiders.run_report import failures, plain_line, portal_report, run_report
from spiders.together import Done, Together

JOBS = 8
"""Portals at a time: each is asked once in some seconds, so one process has time for many."""


class Command(ScrapyCommand):
    """Crawl the portals that are due."""

    requires_project = True
    default_settings: ClassVar = {}
    _hangs = False

    def syntax(self) -> str:
        return "[<portal> ...] [--jobs N] [--max-time MINUTES] [--report FILE]"

    def short_desc(self) -> str:
        return "Crawl the portals that are due, several at a time"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--jobs", type=int, default=JOBS, metavar="N", help=f"portals at a time (default: {JOBS})")
        parser.add_argument("--max-time", type=float, metavar="MINUTES", help="end cleanly after so many minutes")
        parser.add_argument("--report", metavar="FILE", help="write what came of each portal to this file, as JSON")
        parser.add_argument("--home", action="append", default=[], metavar="PORTAL=URL", help="ask this origin for a portal's site")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        known = portal_classes(self.settings)
        homes = self._refuse_wrong_use(args, opts, known)
        try:
            workplace = Workplace.enter(self.settings)
        except ArchiveError as error:
            fail("crawlall", str(error), error.status)
        archive = workplace.archive
        names = list(dict.fromkeys(args)) or self._due(archive, known)
        if not names:
            workplace.leave()
            sys.stdout.write("No portal is due.\n")
            return
        introduce(self.settings, live=any(name not in homes for name in names))
        report = self._crawl(archive, [known[name] for name in names], opts, homes, asked=tuple(args))
        show_run(archive.articles_db, report)
        workplace.leave()
        status = self._conclude(report, opts.report)
        if self._hangs:
            # A thread that still asks a name server would hold the process.
            sys.stdout.flush()
            os._exit(status)
        sys.exit(status)

    def _refuse_wrong_use(self, args: list[str], opts: argparse.Namespace, known: dict[str, type[PortalSpider]]) -> dict[str, str]:
        """The mirrors that are to be asked, by portal; wrong use ends here."""
        if opts.jobs < 1:
            fail("crawlall", f"--jobs {opts.jobs} is not a number of portals; give 1 or more.", 2)
        if opts.max_time is not None and not 0 < opts.max_time < float("inf"):
            fail("crawlall", f"--max-time {opts.max_time:g} is not a number of minutes; give one above 0.", 2)
        homes = dict(given.partition("=")[::2] for given in opts.home)
        for name in (*args, *homes):
            if name not in known:
                fail("crawlall", unknown_portal(name, known), 2)
        try:
            for url in homes.values():
                Options.read(home=url)
        except ValueError as error:
            fail("crawlall", str(error), 2)
        if opts.report and not Path(opts.report).absolute().parent.is_dir():
            fail("crawlall", f"There is no folder for the report {opts.report}.", 2)
        return homes

    def _due(self, archive: Archive, known: dict[str, type[PortalSpider]]) -> list[str]:
        assert self.settings
        every = timedelta(hours=self.settings.getfloat("ARSIP_EVERY_HOURS"))
        open_ones = sorted(name for name, portal in known.items() if portal.closed is None)
        return due_portals(archive.articles_db, open_ones, at=datetime.now(UTC), every=every)

    def _crawl(
        self,
        archive: Archive,
        portals: list[type[PortalSpider]],
        opts: argparse.Namespace,
        homes: dict[str, str],
        *,
        asked: tuple[str, ...],
    ) -> dict[str, Any]:
        """Crawl the portals, and keep the run's report in the archive."""
        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        started = datetime.now(UTC)
        run = f"{started:%Y%m%dT%H%M%S.%fZ}"
        self.crawler_process.settings.set("ARSIP_RUN", run, priority="cmdline")
        archive.runs.begin(Run(id=run, started=started, jobs=opts.jobs, asked=asked))
        reports: list[dict[str, Any]] = []

        def told(done: Done) -> None:
            reports.append(portal_report(done, crawl(archive.articles_db, done.crawl) if done.crawl else None))
            progress.ended += 1
            if not console.is_terminal:
                sys.stdout.write(plain_line(reports[-1], place=progress.ended, of=len(portals)) + "\n")
                sys.stdout.flush()

        console = Console(stderr=True)
        given = {name: {"home": url} for name, url in homes.items()}
        longest = opts.max_time * 60 if opts.max_time else None
        together = Together(self.crawler_process, jobs=opts.jobs, longest=longest, given=given, done=told)
        with Progress(together.running, len(portals), console) as progress:
            together.crawl(portals)
        report = run_report(run, started=started, finished=datetime.now(UTC), stopped=together.reason, portals=reports)
        archive.runs.end(run, at=datetime.now(UTC), outcome=report["outcome"], report=report)
        self._hangs = together.hangs
        return report

    def _conclude(self, report: dict[str, Any], path: str | None) -> int:
        """The exit status, after the report was written and what failed was said."""
        status = 0
        if path and (problem := _written(report, Path(path))):
            sys.stderr.write(f"scrapy crawlall: The report {path} cannot be written: {problem}.\n")
            status = 1
        if report["failed"]:
            sys.stderr.write(f"scrapy crawlall: {failures(report)}\n")
            status = 1
        return status


def _written(report: dict[str, Any], path: Path) -> str | None:
    """Write the report whole, so that whoever watches the file never sees half of one; what was in the way, or None."""
    partly = path.with_name(f"{path.name}.part")
    try:
        partly.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        partly.replace(path)
    except OSError as error:
        return error.strerror
    return None
