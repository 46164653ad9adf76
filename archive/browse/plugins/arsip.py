"""What the templates of the reading room need beyond Datasette's own."""

import json
from typing import Any

from datasette import hookimpl
from jinja2 import Environment


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """`value | listed`: the values of a column that holds a JSON array, [] where it holds nothing."""
    env.filters["listed"] = listed


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, database: str, table: str) -> str | None:
    """Names and tags as readers write them, without brackets and quotation marks."""
    if database == "articles" and table in ("articles", "revisions") and column in ("authors", "editors", "tags", "labels", "flags"):
        return ", ".join(listed(value))
    return None


def listed(value: str | None) -> list[str]:
    """The strings of a JSON array; [] for anything else."""
    try:
        found = json.loads(value or "[]")
    except ValueError:
        return []
    return [str(each) for each in found] if isinstance(found, list) else []
