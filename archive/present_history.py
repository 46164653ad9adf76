"""What the `arsip` command prints of a story's history: its revisions, and what changed between two."""

import json
from typing import Any

from rich.table import Table
from rich.text import Text

from archive.differences import FACTS, IN, KEPT, OUT, Change, changes, excerpt, facts_changed
from archive.present import TEXT_WIDTH, console
from archive.rereadings import Difference
from archive.revisions import LISTS

SET_OFF = {OUT: ("[-", "-]", "red strike"), IN: ("{+", "+}", "green")}
"""How what went and what came is set off: by signs in a pipe, as `git diff --word-diff` does, and by colour on a terminal."""
AROUND = 40
"""Characters around a difference that are shown with it."""
LONGEST = 800
"""Characters of a difference that are shown."""
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


def provenance(told: dict[str, Any]) -> None:
    """Where a revision comes from: capture, rules, and for each field where it stood and what found it."""
    out, capture, rules = console(), told["capture"], told["rules"]
    out.print(Text(f"{told['article']}  {told['url']}\nrevision {told['revision']}\n"), soft_wrap=True)
    where = f"capture {capture['id']} of {capture['requested_url'] or capture['url']}, " if "id" in capture else ""
    lines = {"capture": f"{where}{capture['captured_at']}, page sha256 {capture['page_sha256']}"}
    if "id" in capture:
        lines["fetched"] = f"status {capture['status']}, crawl {capture['crawl'] or 'unknown'}, robots.txt: {capture['robots']}"
    if "press" in rules:
        noted = f"noted {rules['noted_at']} by Arsip Warta {rules['software']}"
        lines["rules"] = f"{rules['version']} of {rules['portal']} (press {rules['press']}), {noted}"
    else:
        lines["rules"] = rules["version"] or "not known: it was read before versions were noted; a replay reads it anew"
    for name, line in lines.items():
        out.print(Text(f"{name:<9}{line}"), soft_wrap=True)
    table = Table()
    for heading in ("field", "value", "source", "found by"):
        table.add_column(heading, overflow="fold")
    for field in told["fields"]:
        value = f"{len(field['value']):,} characters" if field["field"] == "body" else _plain(field["value"])
        value += f" (printed {field['printed']!r})" if field.get("printed") else ""
        table.add_row(field["field"], Text(value), field["source"] or "", Text(field["found_by"] or ""))
    out.print(table)
    for line in told["removed"]:
        out.print(Text(f"taken off by {line['rule']}: {line['text']}"), soft_wrap=True)
    for older in told["superseded"]:
        names = ", ".join(older["fields"]) or "no field"
        out.print(Text(f"until {older['until']} rules {older['rules'] or 'unknown'} had read otherwise: {names}"), soft_wrap=True)


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


def rereading(found: Difference) -> None:
    """How other rules read a capture: what differs in headline and text, with a few words around it, and in the facts."""
    out = console()
    out.print(Text(f"{found.article}  {found.url}  {found.size:,} characters differ"), soft_wrap=True)
    before, after = (_listed(told) for told in (found.before, found.after))
    for name in ("title", "body"):
        told = [change for change in excerpt(changes(before.get(name) or "", after.get(name) or ""), AROUND) if change.text]
        if any(change.kind != KEPT for change in told):
            shown = _set_off(told)
            shown.truncate(LONGEST, overflow="ellipsis")
            out.print(Text.assemble(f"  {name:<10} ", shown), soft_wrap=True)
    for name in FACTS:
        if before.get(name) != after.get(name):
            told = [Change(OUT, _plain(before.get(name))), Change(IN, _plain(after.get(name)))]
            out.print(Text.assemble(f"  {name:<10} ", _set_off([change for change in told if change.text])), soft_wrap=True)


def _listed(told: dict[str, Any]) -> dict[str, Any]:
    """A told row with its lists as lists, and its paragraphs on one line."""
    lists = {name: json.loads(told[name]) for name in LISTS if told.get(name)}
    return told | lists | {"body": (told.get("body") or "").replace("\n\n", " ¶ ").replace("\n", " / ")}


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
