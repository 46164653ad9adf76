"""What the templates of the reading room need beyond Datasette's own."""

import json
import re
import sqlite3
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment
from markupsafe import Markup

ID = re.compile(r"[0-9a-f]{16}")

WITHHELD = ("withheld", "superseded")
"""The tables with texts that readers may not have: those of withdrawn articles stand in one, and may stand in the other."""


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Every column of the withheld texts reads as null, also to SQL that readers write themselves: `allow` only guards pages."""

    def authorize(action: int, table: str | None, *_: str | None) -> int:
        return sqlite3.SQLITE_IGNORE if action == sqlite3.SQLITE_READ and table in WITHHELD else sqlite3.SQLITE_OK

    conn.set_authorizer(authorize)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """`value | listed`: the values of a column that holds a JSON array, [] where it holds nothing."""
    env.filters["listed"] = listed


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, database: str, table: str | None, datasette: Datasette) -> Markup | str | None:
    """Ids lead to their articles; names and tags stand as readers write them, without brackets and quotation marks."""
    if database != "articles":
        return None
    if column in ("id", "article") and isinstance(value, str) and ID.fullmatch(value):
        return Markup('<a href="{}/{}">{}</a>').format(datasette.urls.table(database, "articles"), value, value)
    if table in ("articles", "revisions") and column in ("authors", "editors", "tags", "labels", "flags"):
        return ", ".join(listed(value))
    return None


def listed(value: str | None) -> list[str]:
    """The strings of a JSON array; [] for anything else."""
    try:
        found = json.loads(value or "[]")
    except ValueError:
        return []
    return [str(each) for each in found] if isinstance(found, list) else []
