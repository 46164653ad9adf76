"""The `arsip` command: what uses the archive. What makes articles is a `scrapy` command."""

import importlib.metadata
import sqlite3
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from archive import care, differences, events, present, present_history, read, schema
from archive import coverage as days
from archive import dump as dumping
from archive import export as exporting
from archive import search as searching
from archive.asked import Day, filtered, filters_of, opened
from archive.browse import serve as browsing
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.ledger import STATES
from archive.provenance import provenance

SHOWN = {state: (state,) for state in STATES} | days.FIGURES
"""What `arsip coverage --state` takes: a state of the ledger, or a figure of coverage and all states behind it."""


class Arsip(click.Group):
    """Says in one sentence what a user can cause, and ends with the exit status it deserves."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            click.echo(f"arsip: {error}", err=True)
            ctx.exit(error.status)
        except UnicodeEncodeError as error:
            click.echo(f"arsip: {error.object!r} is not text in UTF-8.", err=True)
            ctx.exit(2)
        except sqlite3.DatabaseError as error:
            click.echo(f"arsip: The archive in {ctx.obj} cannot be read: {error}.", err=True)
            ctx.exit(1)


@click.group(cls=Arsip, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="arsip-warta", prog_name="arsip")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    envvar="ARSIP_DIR",
    default="data",
    show_default=True,
    help="The archive's folder; also ARSIP_DIR.",
)
@click.pass_context
def main(ctx: click.Context, folder: Path) -> None:
    """Search, read, dump and serve an archive of Indonesian local news."""
    ctx.obj = folder


for command in care.COMMANDS:
    main.add_command(command)


@main.command()
@click.argument("query", nargs=-1, required=True)
@filtered
@click.option("--sort", type=click.Choice(list(searching.ORDERS)), default="relevance", show_default=True, help="What comes first.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=20, show_default=True, help="Most results.")
@click.option("--json", "as_json", is_flag=True, help="Results as a JSON array.")
@click.pass_obj
def search(
    folder: Path,
    query: tuple[str, ...],
    portals: tuple[str, ...],
    since: str | None,
    until: str | None,
    region: str | None,
    sort: str,
    limit: int,
    as_json: bool,
) -> None:
    """Find articles by their words.

    All words must be there, in any order. "Words in quotes" are a phrase, kata* is a beginning, and OR, NOT and round brackets combine.
    """
    database, text = opened(folder), " ".join(query)
    filters = filters_of(database, portals, since, until, region)
    found = searching.search(database, text, filters=filters, sort=sort, limit=limit)
    if as_json:
        click.echo(present.as_json([present.marked_in_html(row) for row in found]))
    else:
        present.results(found, searching.count(database, text, filters=filters))


@main.command()
@click.argument("wanted", metavar="ID")
@click.option("--revision", type=click.IntRange(1), help="The text as it was in this revision.")
@click.option("--revisions", is_flag=True, help="Its revisions: when each was seen, and from which page it was read.")
@click.option("--diff", type=(click.IntRange(1), click.IntRange(1)), metavar="A B", help="What changed between two revisions, by word.")
@click.option("--provenance", "origin", is_flag=True, help="Where each field comes from: capture, rule and version of the rules.")
@click.option("--json", "as_json", is_flag=True, help="Everything that is known of it, as JSON.")
@click.pass_obj
def show(
    folder: Path, wanted: str, revision: int | None, revisions: bool, diff: tuple[int, int] | None, origin: bool, as_json: bool
) -> None:
    """Read an article: its text, its history and the proof of both. ID is an id, its beginning, or the story's address.

    --revision says of which revision --provenance is asked; without it, it is the latest.
    """
    if [revision is not None or origin, revisions, diff is not None].count(True) > 1:
        raise ArchiveError("Give one of --revision, --revisions, --diff and --provenance.", status=2)
    database = opened(folder)
    record = read.article(database, wanted)
    for number in (revision, *(diff or ())):
        if number is not None and number > len(record["revisions"]):
            raise ArchiveError(f"{record['id']} has {len(record['revisions'])} revision(s), not {number}.", status=2)
    if (diff or origin) and record["withdrawn_at"]:
        raise ArchiveError(f"{record['id']} was withdrawn on {record['withdrawn_at'][:10]}; what it said is not shown.")
    if diff:
        told = differences.told(*(record["revisions"][number - 1] for number in diff))
        click.echo(present.as_json(told)) if as_json else present_history.difference(record, *diff)
    elif origin:
        pages = open_readonly(folder / "pages.db", schema.pages, still=True) if (folder / "pages.db").exists() else None
        known = provenance(database, pages, record, revision or len(record["revisions"]))
        click.echo(present.as_json(known)) if as_json else present_history.provenance(known)
    elif revisions:
        click.echo(present.as_json(record["revisions"])) if as_json else present_history.revisions(record)
    elif as_json:
        click.echo(present.as_json(record if revision is None else record["revisions"][revision - 1]))
    else:
        present.article(record, revision)


@main.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="Form of the dump.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="A folder that is new, empty, or holds an older dump."
)
@filtered
@click.pass_obj
def dump(folder: Path, form: str, out: Path, portals: tuple[str, ...], since: str | None, until: str | None, region: str | None) -> None:
    """Write articles to a folder, with a data package that counts them and gives their checksum."""
    database = opened(folder)
    filters = filters_of(database, portals, since, until, region)
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("dumping", total=read.count(database, filters))
        package = dumping.dump(
            database, out, filters=filters, version=importlib.metadata.version("arsip-warta"), step=lambda: progress.advance(task)
        )
    resource = package["resources"][0]
    withdrawn = f" ({package['withdrawn']} withdrawn, not in it)" if package["withdrawn"] else ""
    click.echo(f"{resource['rows']} articles{withdrawn}, {resource['bytes']:,} bytes, {resource['hash']}\n{out / resource['path']}")


@main.command()
@click.option("--warc", "out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="A folder that is new or empty.")
@click.option("--portal", "portals", multiple=True, metavar="NAME", help="Only this portal; may be repeated.")
@click.option("--since", type=Day(), help="First day of capture (UTC).")
@click.option("--until", type=Day(), help="Last day of capture (UTC).")
@click.option(
    "--size", type=click.IntRange(1), default=1000, show_default=True, metavar="MB", help="A file that has grown to it is closed."
)
@click.option("--with-withdrawn", is_flag=True, help="The captures of withdrawn articles too.")
@click.option("--again", is_flag=True, help="Go on in a folder with an export: what is whole and has nothing newer stays.")
@click.option("--operator", envvar="ARSIP_CONTACT", default="", metavar="CONTACT", help="Who keeps this archive; also ARSIP_CONTACT.")
@click.pass_obj
def export(
    folder: Path,
    out: Path,
    portals: tuple[str, ...],
    since: str | None,
    until: str | None,
    size: int,
    with_withdrawn: bool,
    again: bool,
    operator: str,
) -> None:
    """Write every capture to WARC files, which other web archives read: one for each portal and month, or more.

    The captures of withdrawn articles are left out, and counted.
    """
    database = opened(folder)
    portals = filters_of(database, portals, since, until, None).portals
    pages = open_readonly(folder / "pages.db", schema.pages)
    asked = exporting.Asked(since=since, until=until, size=size * 10**6, with_withdrawn=with_withdrawn)
    meant, left_out = exporting.count_captures(pages, database, asked, portals)
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("exporting", total=meant)
        files = exporting.export(
            pages,
            database,
            out,
            asked=asked,
            portals=portals,
            operator=operator,
            version=importlib.metadata.version("arsip-warta"),
            again=again,
            step=lambda: progress.advance(task),
        )
    present.files(files)
    if left_out:
        click.echo(f"Left out of withdrawn articles: {left_out:,} capture{'s' if left_out > 1 else ''}; --with-withdrawn writes them too.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.pass_obj
def serve(folder: Path, host: str, port: int) -> None:
    """Open the archive in Datasette, for readers."""
    opened(folder).close()
    browsing.serve(folder / "articles.db", host=host, port=port)


@main.command()
@click.option("--portal", "portals", multiple=True, metavar="NAME", help="Only this portal; may be repeated.")
@click.option("--since", type=Day(), help="First day.")
@click.option("--until", type=Day(), help="Last day.")
@click.option("--day", type=Day(), help="Only this day.")
@click.option("--urls", is_flag=True, help="Below each day its addresses, by state and with the reason.")
@click.option(
    "--state",
    "shown",
    type=click.Choice(list(SHOWN)),
    metavar="STATE",
    help=f"Only addresses in this state, or behind this figure, and their days: {', '.join(SHOWN)}.",
)
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_obj
def coverage(
    folder: Path,
    portals: tuple[str, ...],
    since: str | None,
    until: str | None,
    day: str | None,
    urls: bool,
    shown: str | None,
    as_json: bool,
) -> None:
    """Day by day, what was announced and what became of it: was it silent, or was it missed?"""
    if day and (since or until):
        raise ArchiveError("Give --day, or --since and --until, not both.", status=2)
    database, since, until = opened(folder), day or since, day or until
    filters_of(database, portals, since, until, None)
    spans = days.coverage(database, portals=portals, since=since, until=until)
    if not urls and not shown:
        present.array(map(present.span_record, spans)) if as_json else present.coverage(list(spans))
        return
    named = ((span, list(days.addresses(database, span, SHOWN[shown] if shown else STATES))) for span in spans)
    # Where a state was asked for, the days that have none in it say nothing.
    asked = ((span, rows) for span, rows in named if rows or not shown)
    if as_json:
        present.array(present.span_record(span) | {"urls": rows} for span, rows in asked)
    else:
        present.addresses(asked)


@main.command()
@click.option("--flags", "by_flag", is_flag=True, help="What is suspicious about its articles, and about how many.")
@click.option("--dates", "by_date", is_flag=True, help="Dates of publication that so many articles share that a template may print them.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.pass_obj
def stats(folder: Path, by_flag: bool, by_date: bool, as_json: bool) -> None:
    """What the archive holds of each portal."""
    if by_flag and by_date:
        raise ArchiveError("Give --flags or --dates, not both.", status=2)
    database = opened(folder)
    if by_flag:
        rows, show = read.flags(database), present.flags
    elif by_date:
        rows, show = read.constant_dates(database), present.constant_dates
    else:
        rows, show = read.stats(database), present.stats
    if as_json:
        click.echo(present.as_json(rows))
        return
    show(rows)
    if show is present.stats and (verified := events.latest(database, events.VERIFY)):
        present.verified(verified)
