"""scrapy sniff URL: what a site is, how it announces its stories, how they read; and the file of a portal for it."""

import argparse
import importlib
import json
import logging
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import click
from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess

from archive import regions
from pipelines.addresses import host_of
from spiders import proposals
from spiders.commands.sniffed import check_row, plain, show_catalogue, show_sniffed
from spiders.commands.speech import fail, introduce, portal_classes, unknown_portal
from spiders.findings import Sniffed
from spiders.options import Options
from spiders.portal_file import NAME, class_name_of, portal_file
from spiders.report import TOLD_IN_THE_REPORT
from spiders.site import origin_of
from spiders.sniff_run import SniffRun, Target
from spiders.sniffing import PLAIN_ORIGIN

JOBS = 8
"""Portals of the catalogue at a time."""
ONE_SITE = ("write", "name", "region", "to", "given")
"""Options that make sense with one address only."""


class Command(ScrapyCommand):
    """Look at a site, or at the portals of the catalogue."""

    requires_project = True
    default_settings: ClassVar = {}

    def syntax(self) -> str:
        return "<url> [--write] [--name NAME] [--region CODE] [--json] | --catalogue [<portal> ...] [--jobs N] [--json]"

    def short_desc(self) -> str:
        return "Say what a site is and how it can be crawled, and write its portal file"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--write", action="store_true", help="write the portal's file")
        parser.add_argument("--name", metavar="NAME", help="the portal's short name (default: by its host)")
        parser.add_argument(
            "--region", metavar="CODE", help="its region in archive/regions.csv (default: the one that its name or host names)"
        )
        parser.add_argument("--to", metavar="FOLDER", help="write the file into this folder (default: spiders/portals)")
        parser.add_argument(
            "-a", dest="given", action="append", default=[], metavar="home=URL", help="ask this origin for the site's pages"
        )
        parser.add_argument("--catalogue", action="store_true", help="check the portals that there are, or those named")
        parser.add_argument("--jobs", type=int, metavar="N", help=f"portals of the catalogue at a time (default: {JOBS})")
        parser.add_argument(
            "--home", action="append", default=[], metavar="PORTAL=URL", help="ask this origin for a portal of the catalogue"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.catalogue:
            self._catalogue(args, opts)
        else:
            self._site(args, opts)

    def _site(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        if len(args) != 1:
            fail("sniff", "Give one address such as https://example.com, or --catalogue.", 2)
        if opts.jobs is not None or opts.home:
            fail("sniff", "--jobs and --home go with --catalogue; another origin for one site is -a home=URL.", 2)
        target = _target(args[0], opts)
        name = opts.name or proposals.name_from(host_of(target.home))
        path = self._path(name, opts) if opts.write else None
        introduce(self.settings, live=target.mirror is None)
        found: list[Sniffed] = []
        self._look([target], 1, lambda _, sniffed: found.append(sniffed))
        (sniffed,) = found
        if not sniffed.reached:
            fail("sniff", f"{target.home} cannot be looked at: {sniffed.trouble}.", 1)
        region = opts.region or proposals.region_from(sniffed.title, sniffed.home)
        if opts.json:
            written = {"name": name, "region": region, "file": str(path) if path else None}
            click.echo(json.dumps(plain(sniffed) | written, ensure_ascii=False, indent=2))
        else:
            show_sniffed(sniffed, region)
        _judge(sniffed)
        if path:
            _write(path, sniffed, name, region, told=not opts.json)

    def _path(self, name: str, opts: argparse.Namespace) -> Path:
        """Where the portal's file goes; what cannot be written ends here, before anything is asked."""
        assert self.settings
        if not NAME.fullmatch(name):
            fail("sniff", f"--name {name} is no short name; take lower-case letters, digits and _, a letter first.", 2)
        folder = Path(opts.to) if opts.to else Path(str(importlib.import_module(self.settings["NEWSPIDER_MODULE"]).__file__)).parent
        if not folder.is_dir():
            fail("sniff", f"There is no folder {folder} for the portal's file.", 2)
        path = folder / f"{name}.py"
        if path.exists():
            fail("sniff", f"{path} is there already; give another --name, or remove it first.", 2)
        return path

    def _catalogue(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        known = portal_classes(self.settings)
        homes = dict(given.partition("=")[::2] for given in opts.home)
        if any(getattr(opts, option) for option in ONE_SITE):
            fail("sniff", "--write, --name, --region, --to and -a go with one address, not with --catalogue.", 2)
        jobs = JOBS if opts.jobs is None else opts.jobs
        if jobs < 1:
            fail("sniff", f"--jobs {jobs} is not a number of portals; give 1 or more.", 2)
        for name in (*args, *homes):
            if name not in known:
                fail("sniff", unknown_portal(name, known), 2)
        try:
            mirrors = {name: Options.read(home=url).home for name, url in homes.items()}
        except ValueError as error:
            fail("sniff", str(error), 2)
        names = list(dict.fromkeys(args)) or sorted(name for name, portal in known.items() if portal.closed is None)
        targets = [Target(home=known[name].home, mirror=mirrors.get(name), portal=known[name]) for name in names]
        introduce(self.settings, live=any(target.mirror is None for target in targets))
        rows: list[dict[str, Any]] = []

        def done(target: Target, sniffed: Sniffed) -> None:
            assert target.portal
            rows.append(check_row(target.portal, sniffed))
            if not opts.json and not sys.stderr.isatty():
                told = "; ".join(rows[-1]["differs"]) or "as its file says"
                click.echo(f"[{len(rows)}/{len(targets)}] {target.portal.name}: {told}")

        self._look(targets, jobs, done)
        rows.sort(key=lambda row: str(row["portal"]))
        if opts.json:
            click.echo(json.dumps({"portals": rows}, ensure_ascii=False, indent=2))
        else:
            show_catalogue(rows)
        if wrong := [str(row["portal"]) for row in rows if row["differs"]]:
            fail("sniff", f"{len(wrong)} of {len(rows)} portals differ from their files: {', '.join(wrong)}.", 1)

    def _look(self, targets: Sequence[Target], jobs: int, done: Callable[[Target, Sniffed], None]) -> None:
        """Look at the sites, so many at a time; `done` hears of each. A stop ends the command."""
        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        if self.crawler_process.settings.get("LOG_LEVEL") == "WARNING":
            for name in TOLD_IN_THE_REPORT:
                logging.getLogger(name).setLevel(logging.CRITICAL)
        run = SniffRun(self.crawler_process, jobs=jobs, done=done)
        run.look(targets)
        if run.stopped:
            fail("sniff", "Stopped before it was done.", 1)


def _target(url: str, opts: argparse.Namespace) -> Target:
    """What is to be looked at; wrong use ends here."""
    try:
        home = origin_of(url)
    except ValueError:
        home = ""
    if not PLAIN_ORIGIN.fullmatch(home):
        fail("sniff", f"{url} is not an address; give one such as https://example.com.", 2)
    given = dict(each.partition("=")[::2] for each in opts.given)
    if unknown := given.keys() - {"home"}:
        fail("sniff", f"Sniffing takes -a home=URL, not {min(unknown)!r}.", 2)
    try:
        if opts.region:
            regions.region(opts.region)
        return Target(home=home, mirror=Options.read(**given).home, region=opts.region)
    except ValueError as error:
        fail("sniff", str(error), 2)


def _judge(sniffed: Sniffed) -> None:
    """End with a sentence where what was found is not enough to crawl by."""
    if sniffed.trouble:
        fail("sniff", f"{sniffed.home} could not be looked at to the end: {sniffed.trouble}.", 1)
    if not sniffed.open_ways:
        fail("sniff", f"No way to the stories of {sniffed.home} answers; it needs a family of its own.", 1)
    if not sniffed.read:
        fail("sniff", f"No page that {sniffed.home} announces can be read as an article; it needs rules of its own.", 1)


def _write(path: Path, sniffed: Sniffed, name: str, region: str | None, *, told: bool) -> None:
    """Write the portal's file, never over another."""
    if region is None:
        fail(
            "sniff", f"Neither name nor host of {sniffed.home} names one region; say which with --region, a code of archive/regions.csv.", 2
        )
    title = proposals.title_from(sniffed.title)
    try:
        text = portal_file(
            family=sniffed.verdict.family,
            class_name=class_name_of(title, name),
            title=title,
            describes=f"news portal of {regions.region(region).name}",
            name=name,
            home=sniffed.home,
            region=region,
            evidence=proposals.evidence_from(f"scrapy sniff, {datetime.now(UTC).date()}: {', '.join(sniffed.evidence)}"),
        )
    except ValueError as error:
        fail("sniff", f"No file can be written for {sniffed.home}: {error}", 1)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        fail("sniff", f"{path} is there already; give another --name, or remove it first.", 2)
    except OSError as error:
        fail("sniff", f"{path} cannot be written: {error.strerror}.", 1)
    if told:
        click.echo(f"Written: {path}")
