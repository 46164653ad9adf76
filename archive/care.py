"""The commands of `arsip` by which an archive is looked after: verify, withdraw, repeated."""

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, TaskID

from archive import events, present, read
from archive import repeated as repeating
from archive.asked import filters_of, opened
from archive.errors import ArchiveError
from archive.store import existing_archive
from archive.verify import Failure, Scope, Verification
from archive.withdrawals import withdrawn

SEEDS = 1_000_000
MOST_KEPT = 100
"""Failures that the event of a verification names."""


@contextmanager
def progress(what: str) -> Iterator[tuple[Progress, TaskID]]:
    """A progress bar on a terminal, and none elsewhere."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        yield bar, bar.add_task(what, total=None)


@click.command()
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Only N pages and N revisions, chosen by chance.")
@click.option("--seed", type=click.IntRange(0), metavar="S", help="Choose the sample again that was chosen with S.")
@click.option("--portal", metavar="NAME", help="Only what is this portal's.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object with what was checked and the failures.")
@click.pass_context
def verify(ctx: click.Context, sample: int | None, seed: int | None, portal: str | None, as_json: bool) -> None:
    """Check that everything in the archive is what it was when it came.

    Every page and every text against its SHA-256, every revision against its capture, every article against its revisions, the ledger
    against both, the full-text index against the articles, and both databases as such. Each failure is a line; with any, the exit status
    is 1. What came of it is kept in the archive as an event.
    """
    folder: Path = ctx.obj
    if seed is not None and sample is None:
        raise ArchiveError("--seed chooses a sample; give --sample too.", status=2)
    if sample is not None and seed is None:
        seed = random.randrange(SEEDS)  # noqa: S311 - no secret hangs on it
    if portal is not None:
        filters_of(opened(folder, still=True), (portal,), None, None, None)
    with progress("verifying") as (bar, task):
        scope = Scope(portal=portal, sample=sample, seed=seed or 0, step=lambda: bar.advance(task))
        verification = Verification(folder, scope)
        bar.update(task, total=verification.total())
        told = Told(verification.failures())
        if as_json:
            click.echo('{"failures": ', nl=False)
            present.array(asdict(failure) for failure in told)
        else:
            for failure in told:
                click.echo(present.printable(f"{failure.kind} {failure.id}: {failure.wrong}."))
        verification.close()
    outcome = "nothing is wrong" if not told.count else f"{told.count:,} failure{'s' if told.count > 1 else ''}"
    detail = {"portal": portal, "sample": sample, "seed": seed, "checked": dict(scope.checked)}
    event = _noted(folder, outcome, detail | {"failures": told.first}, damaged=told.damaged)
    if as_json:
        more = present.as_json(detail | {"event": event})
        click.echo(f",{more[1:]}")
    else:
        checked = ", ".join(f"{count:,} {kind}" for kind, count in scope.checked.items()) or "nothing"
        click.echo(f"Verified {present.scope_of(detail)}: {checked}; {outcome}.")
    ctx.exit(1 if told.count else 0)


class Told:
    """Failures as they are told, counted, the first of them kept."""

    def __init__(self, failures: Iterator[Failure]) -> None:
        self._failures = failures
        self.count = 0
        self.first: list[str] = []
        self.damaged = False
        """Whether a database as such is not whole."""

    def __iter__(self) -> Iterator[Failure]:
        for failure in self._failures:
            self.count += 1
            self.damaged = self.damaged or failure.kind == "database"
            self.first += [present.printable(f"{failure.kind} {failure.id}")] * (self.count <= MOST_KEPT)
            yield failure


def _noted(folder: Path, outcome: str, detail: dict[str, Any], *, damaged: bool) -> int | None:
    """The id of the event that was noted, or None, with a sentence, where the archive cannot be written or is better left as it is."""
    if damaged:
        click.echo("arsip: No event was kept, because a damaged database is better not written.", err=True)
        return None
    try:
        with existing_archive(folder) as archive:
            return archive.note(events.VERIFY, outcome, at=datetime.now(UTC), detail=detail)
    except (ArchiveError, sqlite3.Error, OSError) as error:
        click.echo(f"arsip: No event was kept, because the archive cannot be written: {str(error).rstrip('.')}.", err=True)
        return None


@click.command()
@click.argument("wanted", metavar="ID", required=False)
@click.option("--reason", metavar="TEXT", help="Why; readers see it.")
@click.option("--undo", is_flag=True, help="Give the text back.")
@click.option("--list", "listed", is_flag=True, help="The articles that are withdrawn.")
@click.option("--json", "as_json", is_flag=True, help="The list as a JSON array.")
@click.pass_obj
def withdraw(folder: Path, wanted: str | None, reason: str | None, undo: bool, listed: bool, as_json: bool) -> None:
    """Take an article's text out of search, browse and dumps, or give it back.

    The record stays, with day and reason. What is captured of it later is kept, and withheld too. ID is as in `arsip show`.
    """
    if listed or as_json:
        if wanted or reason or undo or not listed:
            raise ArchiveError("Give --list alone or with --json, or the ID of an article with --reason or --undo.", status=2)
        rows = withdrawn(opened(folder))
        click.echo(present.as_json(rows)) if as_json else present.withdrawn(rows)
        return
    reason = " ".join((reason or "").split())
    if not wanted or bool(reason) == undo:
        raise ArchiveError("Give the ID of an article, and either --reason TEXT or --undo.", status=2)
    record = read.article(opened(folder), wanted)
    with existing_archive(folder) as archive:
        if undo:
            archive.give_back(record["id"], at=datetime.now(UTC))
        else:
            archive.withdraw(record["id"], reason, at=datetime.now(UTC))
    click.echo(f"{record['id']} {'is given back' if undo else 'is withdrawn'}: {record['url']}")


@click.command()
@click.argument("portal")
@click.option("--least", type=click.IntRange(2), default=5, show_default=True, help="In how many articles a paragraph must stand.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Most paragraphs.")
@click.option("--digits", is_flag=True, help="Count paragraphs as one that differ in numbers only; they are shown with 0.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_obj
def repeated(folder: Path, portal: str, least: int, limit: int, digits: bool, as_json: bool) -> None:
    """Find paragraphs that stand in many articles of a portal: boilerplate that no rule takes off yet."""
    database = opened(folder)
    filters_of(database, (portal,), None, None, None)
    with progress("reading") as (bar, task):
        bar.update(task, total=2 * repeating.size(database, portal))
        rows = repeating.repeated(database, portal, least=least, digits=digits, step=lambda: bar.advance(task))
    rows = list(islice(rows, limit))
    if as_json:
        click.echo(present.as_json([asdict(row) for row in rows]))
    else:
        present.repeated(rows)


COMMANDS = (verify, withdraw, repeated)
