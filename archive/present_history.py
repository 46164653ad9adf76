"""What the `arsip` command prints of a story's history: its revisions, and what changed between two."""

from typing import Any

from rich.table import Table
from rich.text import Text

from archive.differences import IN, KEPT, OUT, Change, changes, facts_changed
from archive.present import TEXT_WIDTH, console

SET_OFF = {OUT: ("[-", "-]", "red strike"), IN: ("{+", "+}", "green")}
"""How what went and what came is set off: by signs in a pipe, as `git diff --word-diff` does, and by colour on a terminal."""
SHOWN = 12
"""Digits of a page's SHA-256 that a table shows."""


def revisions(record: dict[str, Any]) -> None:
    """The revisions of an article: when each was seen, from which page, and its headline."""
    table = Table()
    for heading in ("revision", "first seen", "last seen", "page", "headline"):
        table.add_column(heading, overflow="fold")
    for row in record["revisions"]:
        title = row.get("title") or "(withdrawn)"
        table.add_row(str(row["number"]), row["captured_at"], row["last_seen"], row["page_sha256"][:SHOWN], Text(title))
    console().print(table)


def difference(record: dict[str, Any], first: int, second: int) -> None:
    """What changed between two revisions of an article, word by word."""
    old, new = (record["revisions"][number - 1] for number in (first, second))
    out = console()
    out.print(Text(f"{record['id']}  {record['url']}"), soft_wrap=True)
    for row in (old, new):
        out.print(Text(f"revision {row['number']}, seen {row['captured_at']} to {row['last_seen']}"), soft_wrap=True)
    out.print()
    out.print(_set_off(changes(old["title"], new["title"])), soft_wrap=True)
    out.print(Text("=" * TEXT_WIDTH if len(new["title"]) > TEXT_WIDTH else "=" * len(new["title"])))
    for name, before, after in facts_changed(old, new):
        told = [Change(OUT, _plain(before)), Change(IN, _plain(after))]
        out.print(Text.assemble(f"{name:<16} ", _set_off([change for change in told if change.text])), soft_wrap=True)
    out.print()
    out.print(_set_off(changes(old["body"], new["body"])), soft_wrap=not out.is_terminal)


def _set_off(found: list[Change]) -> Text:
    coloured = console().is_terminal
    built = Text()
    for kind, text in found:
        if kind == KEPT:
            built.append(text)
            continue
        opening, closing, style = SET_OFF[kind]
        built.append(text if coloured else f"{opening}{text}{closing}", style=style)
    return built


def _plain(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")
