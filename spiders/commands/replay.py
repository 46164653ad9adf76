"""scrapy replay: press every stored page again, so that better rules reach all that was ever fetched."""

import argparse
import os
import sqlite3
import sys
from contextlib import ExitStack
from typing import ClassVar

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table
from scrapy.commands import ScrapyCommand

from archive import present_history
from archive.errors import ArchiveError
from archive.rereadings import CHANGED, GAINED, LOST, Rereadings
from archive.store import existing_archive
from pipelines.pool import PressPool
from spiders.commands.speech import complain, fail, folder_of, portal_classes, unknown_portal
from spiders.commands.table import show
from spiders.replaying import OUTCOMES, Replay, alone


class Command(ScrapyCommand):
    """Press stored pages again."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[<portal> ...] [--dry-run] [--jobs N]"

    def short_desc(self) -> str:
        return "Press stored pages again with the rules of today"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--jobs", type=int, metavar="N", help="worker processes (default: one for each core)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        known = portal_classes(self.settings)
        jobs = _cores() if opts.jobs is None else opts.jobs
        for name in args:
            if name not in known:
                fail("replay", unknown_portal(name, known), 2)
        if jobs < 1:
            fail("replay", f"--jobs {jobs} is not a number of workers; give 1 or more.", 2)
        try:
            with ExitStack() as stack:
                # The workers are forked before there is anything that they would be born with.
                pool = stack.enter_context(PressPool(jobs, longest=self.settings.getfloat("ARSIP_PRESS_SECONDS")))
                archive = stack.enter_context(existing_archive(folder_of(self)))
                stack.enter_context(alone(archive))
                replay = Replay(archive, known, names=tuple(args), dry=opts.dry_run)
                self._run(replay, pool)
        except ArchiveError as error:
            fail("replay", str(error), error.status)
        except KeyboardInterrupt:
            kept = "nothing was changed." if opts.dry_run else "what was read until then is kept, and the same command goes on from there."
            fail("replay", f"It was stopped; {kept}", 1)
        except (sqlite3.Error, OSError) as error:
            fail("replay", f"The archive in {folder_of(self)} cannot be written ({error}); the same command goes on when it can be.", 1)
        _report(replay, dry=opts.dry_run)
        if failed := sum(counts["failed"] for counts in replay.tally.values()):
            fail("replay", f"{failed} pages could not be pressed; their articles are as they were.", 1)

    def _run(self, replay: Replay, pool: PressPool) -> None:
        total = replay.total()
        if replay.since:
            sys.stderr.write(
                f"Going on with the replay that was begun on {replay.since:%Y-%m-%d at %H:%M} UTC: {total:,} pages are left.\n"
            )
        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("replaying", total=total)
            replay.run(pool, step=lambda: progress.advance(task), complain=complain)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _report(replay: Replay, *, dry: bool) -> None:
    table = Table(title="Replay (nothing was changed)" if dry else "Replay", title_justify="left")
    table.add_column("portal")
    for heading in ("pages", *OUTCOMES):
        table.add_column(heading, justify="right")
    for portal, counts in sorted(replay.tally.items()):
        table.add_row(portal or "(unknown)", str(counts.total()), *(str(counts[outcome]) for outcome in OUTCOMES))
    left = [f"Pages of {name or 'no portal'} were left as they are: no such portal here." for name in replay.unknown]
    show(table, *left)
    if replay.rereadings.fields:
        show(_fields(replay.rereadings))
    if largest := replay.rereadings.largest():
        of_what = " of what was read since it was gone on with" if replay.since else ""
        print(f"The largest differences{of_what}, each with what stands around it:")
        for found in largest:
            present_history.rereading(found)


def _fields(rereadings: Rereadings) -> Table:
    table = Table(title="Fields of the captures that are read otherwise", title_justify="left")
    table.add_column("field")
    for heading in (CHANGED, LOST, GAINED):
        table.add_column(heading, justify="right")
    for name, counts in sorted(rereadings.fields.items(), key=lambda each: -each[1].total()):
        table.add_row(name, *(str(counts[what]) for what in (CHANGED, LOST, GAINED)))
    return table
