"""What the `arsip` command prints: for people on a terminal, in a pipe, and as JSON."""

import html
import json
import textwrap
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.coverage import Span
from archive.search import CLOSE, OPEN

PIPE_WIDTH = 120
TEXT_WIDTH = 100


def console() -> Console:
    """A console on standard output; in a pipe it is wide and plain."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(width=PIPE_WIDTH, highlight=False)


def as_json(value: Any) -> str:
    """JSON for people who read it too."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def marked(text: str) -> Text:
    """Text with the found words set off: bold on a terminal, in square brackets elsewhere."""
    terminal = console().is_terminal
    built = Text()
    for piece in text.replace("\n\n", " ¶ ").replace("\n", " ").split(OPEN):
        found, closed, rest = piece.partition(CLOSE)
        if not closed:
            found, rest = "", found
        built.append(found if terminal or not found else f"[{found}]", style="bold yellow")
        built.append(rest)
    return built


def marked_in_html(row: dict[str, Any]) -> dict[str, Any]:
    """A result with its found words in `<mark>`, and all else escaped."""

    def mark(text: str) -> str:
        return html.escape(text).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")

    return row | {"title": mark(row["title"]), "snippet": mark(row["snippet"])}


def results(rows: list[dict[str, Any]], total: int) -> None:
    """Search results, the found words set off."""
    out = console()
    for row in rows:
        gone = " · gone from the portal" if row["gone_at"] else ""
        out.print(Text.assemble((row["id"], "cyan"), f"  {(row['published'] or 'no date')[:10]}  {row['portal']}{gone}"))
        out.print(Text("  ").append_text(marked(row["title"])))
        for line in marked(row["snippet"]).wrap(out, min(out.width, TEXT_WIDTH) - 4):
            out.print(Text("    ").append_text(line), soft_wrap=True)
        out.print()
    shown = "" if total == len(rows) else f", the first {len(rows)} shown"
    out.print(f"{total} {'article' if total == 1 else 'articles'}{shown}")


def article(record: dict[str, Any], revision: int | None = None) -> None:
    """An article to read, with what is known about it."""
    text = record if revision is None else record["revisions"][revision - 1]
    proof = text if revision is not None else record["revisions"][-1]
    facts = [
        ("published", _published(text)),
        ("modified", text["modified"]),
        ("place", text["place"]),
        ("authors", ", ".join(text["authors"] or [])),
        ("editors", ", ".join(text["editors"] or [])),
        ("source", text["credited_source"]),
        ("section", text["section"]),
        ("tags", ", ".join(text["tags"] or [])),
        ("labels", ", ".join(text["labels"] or [])),
        ("flags", ", ".join(text["flags"] or [])),
        ("portal", record["portal"]),
        ("url", record["url"]),
        ("gone", record["gone_at"] and f"{record['gone_at']}: the portal took it down; this is what it said"),
        ("captured", f"{text['captured_at']}, page sha256 {proof['page_sha256']}"),
        ("text", f"revision {text.get('number') or record['revision']}, sha256 {text['body_sha256']}"),
        ("id", record["id"]),
    ]
    click.echo(f"{text['title']}\n{'=' * min(len(text['title']), TEXT_WIDTH)}")
    for name, value in facts:
        if value:
            click.echo(f"{name:<10} {value}")
    click.echo()
    for paragraph in text["body"].split("\n\n"):
        click.echo("\n".join(textwrap.fill(line, TEXT_WIDTH) for line in paragraph.split("\n")) + "\n")
    if proof["removed"]:
        click.echo("Taken off the page:")
        for line in proof["removed"]:
            click.echo(f"  {line['rule']:<16} {line['text']}")
    if len(record["revisions"]) > 1:
        click.echo("Revisions:")
        for row in record["revisions"]:
            click.echo(f"  {row['number']}  {row['captured_at']}  {row['title']}")


def _published(row: dict[str, Any]) -> str | None:
    if not row["published"]:
        return None
    return f"{row['published']} (to the {row['published_precision']}; printed {row['published_raw']!r}, {row['published_source']})"


def span_record(span: Span) -> dict[str, Any]:
    """A span of coverage as plain values."""
    return asdict(span)


def coverage(spans: list[Span]) -> None:
    """The days as a table."""
    table = Table()
    table.add_column("portal")
    table.add_column("day")
    for heading in ("announced", "held", "gone", "refused", "failed", "waiting"):
        table.add_column(heading, justify="right")
    table.add_column("verdict")
    for span in spans:
        day = "no day known" if span.first is None else str(span.first) if span.first == span.last else f"{span.first} – {span.last}"
        figures = (span.announced, span.held, span.gone, span.refused, span.failed, span.waiting)
        table.add_row(span.portal, day, *(str(figure) if figure else "·" for figure in figures), span.verdict)
    console().print(table)


def stats(rows: list[dict[str, Any]]) -> None:
    """The portals as a table."""
    table = Table()
    for heading in ("portal", "region"):
        table.add_column(heading)
    for heading in ("announced", "articles", "edited", "gone", "undated"):
        table.add_column(heading, justify="right")
    for heading in ("first", "last", "crawled"):
        table.add_column(heading)
    for row in rows:
        figures = (row["announced"], row["articles"], row["edited"], row["gone"], row["undated"])
        table.add_row(
            row["portal"], row["region_name"] or "", *map(str, figures), *((row[name] or "")[:10] for name in ("first", "last", "crawled"))
        )
    console().print(table)


def flags(rows: list[dict[str, Any]]) -> None:
    """What is suspicious, by portal, as a table; a sentence where nothing is."""
    if not rows:
        console().print("Nothing is suspicious.")
        return
    table = Table("portal", "flag")
    table.add_column("articles", justify="right")
    table.add_column("of", justify="right")
    for row in rows:
        table.add_row(row["portal"], row["flag"], str(row["articles"]), str(row["of_all"]))
    console().print(table)


def constant_dates(rows: list[dict[str, Any]]) -> None:
    """Dates that a template may print on every page, by portal, as a table; a sentence where there is none."""
    if not rows:
        console().print("No date stands on so many articles that a template may print it.")
        return
    table = Table("portal", "printed", "found in")
    table.add_column("articles", justify="right")
    for heading in ("first came", "last came"):
        table.add_column(heading)
    for row in rows:
        table.add_row(row["portal"], row["printed"], row["source"], str(row["articles"]), row["first"], row["last"])
    console().print(table)
