"""scrapy genspider: the file of a new portal of a family, in the form of those that are there."""

import argparse
from importlib import import_module
from pathlib import Path
from typing import ClassVar

import click
from scrapy.commands import ScrapyCommand

from archive import regions
from archive.regions import Region
from spiders.base import PortalSpider
from spiders.commands.speech import fail, portal_classes
from spiders.families import families
from spiders.portal_file import class_name_of, portal_file
from spiders.site import origin_of

ANY = "sitemap"
"""The family of portals whose CMS no other family knows."""
UNSEEN = "the word of whoever added it; neither its markup nor a crawl was looked at"


class Command(ScrapyCommand):
    """Write the file of a portal."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return '<name> <home> -t FAMILY --region CODE --title "Name as it prints it" | -l'

    def short_desc(self) -> str:
        return "Write the file of a new portal of a family"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-l", "--list", action="store_true", help="list the families, and write nothing")
        parser.add_argument("-t", "--template", metavar="FAMILY", default=ANY, help=f"the portal's family (default: {ANY}, any CMS)")
        parser.add_argument("--region", metavar="CODE", help="Kemendagri code of the region that it writes for, or the region's name")
        parser.add_argument("--title", metavar="NAME", help="the portal's name as it prints it")
        parser.add_argument("--describes", metavar="TEXT", help="what it is (default: news site of its region)")
        parser.add_argument("--evidence", metavar="TEXT", default=UNSEEN, help="on what these facts stand: who saw what, and when")
        parser.add_argument("--dry-run", action="store_true", help="print the file, and write nothing")
        parser.add_argument("--force", action="store_true", help="write over the portal's file")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        if opts.list:
            for name, family in families().items():
                click.echo(f"{name:<10} {(family.__doc__ or '').strip().splitlines()[0]}")
            return
        if len(args) != 2:
            fail("genspider", "Name the portal and its home, such as: suaracontoh suaracontoh.id.", 2)
        for fact, example in (("region", "17.08"), ("title", "'Suara Contoh'")):
            if not getattr(opts, fact):
                fail("genspider", f"A portal states its {fact}; give it with --{fact} {example}.", 2)
        name, known = args[0], portal_classes(self.settings)
        path = _folder(self.settings["NEWSPIDER_MODULE"]) / f"{name}.py"
        if (name in known or path.exists()) and not opts.force:
            fail("genspider", f"There is a portal {name} already; --force writes over its file.", 2)
        others = {each: portal for each, portal in known.items() if each != name}
        try:
            text = self._text(name, args[1], opts, others)
        except ValueError as error:
            fail("genspider", str(error), 2)
        if opts.dry_run:
            click.echo(text, nl=False)
            return
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            fail("genspider", f"{path} cannot be written: {error.strerror}.", 1)
        click.echo(f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path} is written; look at every fact in it.")

    def _text(self, name: str, url: str, opts: argparse.Namespace, others: dict[str, type[PortalSpider]]) -> str:
        """The file's text; ValueError where a fact cannot be."""
        home, region = home_of(url), region_of(opts.region)
        for other in others.values():
            if other.home == home:
                raise ValueError(f"{home} is the home of the portal {other.name}.")
        return portal_file(
            family=opts.template,
            class_name=class_name_of(opts.title, name, [other.__name__ for other in others.values()]),
            title=opts.title,
            describes=opts.describes or f"news site of {place_of(region)}",
            name=name,
            home=home,
            region=region.code,
            evidence=opts.evidence,
        )


def home_of(url: str) -> str:
    """The home of a portal by an address or a host; ValueError where it has none by https."""
    try:
        home = origin_of(url if "://" in url else f"https://{url}")
    except ValueError as error:
        raise ValueError(f"{error}.") from None
    if not home.startswith("https://"):
        raise ValueError(f"{home} is not https; a portal's home is, so that a capture is proof.")
    return home


def region_of(told: str) -> Region:
    """The region of that code, or of that name where no other is called so; ValueError with what may be meant."""
    called = () if told[:1].isdigit() else regions.named(told)
    if len(called) > 1:
        codes = ", ".join(f"{each.code} ({each.kind})" for each in called)
        raise ValueError(f"{told} may be {codes}; give --region the code.")
    return called[0] if called else regions.region(told)


def place_of(region: Region) -> str:
    """A region's name with its province."""
    return f"{region.name} in {regions.region(region.parent).name}" if region.parent else region.name


def _folder(module: str) -> Path:
    """The folder of the portals' files."""
    (folder,) = import_module(module).__path__
    return Path(folder)
