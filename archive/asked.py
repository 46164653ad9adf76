"""What the commands of `arsip` are asked: days, filters, and the archive that is meant."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec

import click
from sqlite_utils import Database

from archive import regions, schema
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.search import Filters

Given = ParamSpec("Given")


class Day(click.ParamType[str]):
    """A day as `YYYY-MM-DD`."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        # The first and the last day there are have no neighbour to count to.
        if day in (date.min, date.max):
            self.fail(f"{value!r} is not a day; give one such as 2021-03-25.", param, ctx)
        return day.isoformat()


def filtered(command: Callable[Given, None]) -> Callable[Given, None]:
    """The options that say which articles are meant."""
    for option in (
        click.option("--region", metavar="CODE", help="Portals of this region, by Kemendagri code: 17 is a province, 17.08 a kabupaten."),
        click.option("--until", type=Day(), help="Last day of publication."),
        click.option("--since", type=Day(), help="First day of publication."),
        click.option("--portal", "portals", multiple=True, metavar="NAME", help="Only this portal; may be repeated."),
    ):
        command = option(command)
    return command


def opened(folder: Path, *, still: bool = False) -> Database:
    """The articles of the archive, for reading; `still` as for `database.address`."""
    return open_readonly(folder / "articles.db", schema.articles, still=still)


def filters_of(database: Database, portals: tuple[str, ...], since: str | None, until: str | None, region: str | None) -> Filters:
    """Filters, with an error for a portal that the archive does not know."""
    if since and until and since > until:
        raise ArchiveError(f"--since {since} is later than --until {until}; swap them.", status=2)
    if region and region not in {each.code for each in regions.regions()}:
        raise ArchiveError(f"No region has the code {region!r}; archive/regions.csv has them all.", status=2)
    known = {row["name"] for row in database.query("select name from portals")}
    for portal in portals:
        if portal not in known:
            raise ArchiveError(
                f"The archive holds nothing of {portal!r}; it knows {', '.join(sorted(known)) or 'no portal yet'}.", status=2
            )
    return Filters(portals=portals, since=since, until=until, region=region)
