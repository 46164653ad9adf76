"""What the `arsip` command prints: for people on a terminal, in a pipe, and as JSON."""

import html
import json
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.coverage import FIGURES, Span
from archive.export import Written
from archive.repeated import Repeated
from archive.search import CLOSE, OPEN

PIPE_WIDTH = 140
TEXT_WIDTH = 100
VERDICTS = {"all held": "green", "all settled": "green", "waiting": "yellow", "missed": "red", "silent": "yellow", "unknown": "magenta"}
"""The colours of coverage's verdicts on a terminal."""
GAP = "!"
"""The mark of days without announcements between days that have some."""
MOST_GAPS = 12
"""Gaps that are named below the table; all stand in it."""


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
    """An article to read, with what is known about it; of a withdrawn one only the record."""
    if record["withdrawn_at"]:
        _withdrawn(record)
        return
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


def _withdrawn(record: dict[str, Any]) -> None:
    """The record of an article whose text is withheld."""
    headline = f"Withdrawn on {record['withdrawn_at'][:10]}: {printable(record['withdrawn_reason'])}"
    click.echo(f"{headline}\n{'=' * min(len(headline), TEXT_WIDTH)}")
    facts = [(name, record[name]) for name in ("published", "portal", "url")]
    facts += [("first seen", record["first_seen"]), ("gone", record["gone_at"]), ("captured", record["captured_at"])]
    facts += [("text", f"revision {record['revision']}, sha256 {record['body_sha256']}; it is withheld"), ("id", record["id"])]
    for name, value in facts:
        if value:
            click.echo(f"{name:<10} {value}")


def withdrawn(rows: list[dict[str, Any]]) -> None:
    """The withdrawn articles as a table; a sentence where there are none."""
    if not rows:
        console().print("No article is withdrawn.")
        return
    table = Table("id", "portal", "withdrawn", "reason", "url")
    for row in rows:
        table.add_row(*(Text(printable(told)) for told in (row["id"], row["portal"], row["withdrawn_at"][:10], row["reason"], row["url"])))
    console().print(table)


def repeated(rows: list[Repeated]) -> None:
    """Repeated paragraphs as a list; a sentence where there are none."""
    out = console()
    if not rows:
        out.print("No paragraph stands in so many articles.")
    for row in rows:
        days = row.first if row.first == row.last else f"{row.first} – {row.last}"
        told = f"{row.articles} articles, {row.share:.0%}"
        out.print(Text.assemble((told, "bold"), f"  {days}  ", (" ".join(row.examples), "cyan")), soft_wrap=True)
        for line in textwrap.wrap(printable(row.text), min(out.width, TEXT_WIDTH) - 2):
            out.print(Text(f"  {line}"), soft_wrap=True)


def verified(event: dict[str, Any]) -> None:
    """When the archive was last verified, and what came of it."""
    console().print(f"Last verified {event['at'][:16].replace('T', ' ')} UTC, {scope_of(event['detail'])}: {event['outcome']}")


def scope_of(detail: dict[str, Any]) -> str:
    """What a verification looked at, in words."""
    part = f"a sample with seed {detail['seed']}" if detail.get("sample") else "all"
    return f"{part} of {detail['portal']}" if detail.get("portal") else part


def _published(row: dict[str, Any]) -> str | None:
    if not row["published"]:
        return None
    return f"{row['published']} (to the {row['published_precision']}; printed {row['published_raw']!r}, {row['published_source']})"


def span_record(span: Span) -> dict[str, Any]:
    """A span of coverage as plain values."""
    return asdict(span)


def coverage(spans: list[Span]) -> None:
    """The days as a table with their sum, and below it the days between others on which nothing was announced."""
    table = Table()
    # On a narrow terminal the headings of figures give way, and not the dates.
    for heading in ("portal", "day"):
        table.add_column(heading, no_wrap=True)
    for heading in ("announced", *FIGURES):
        table.add_column(heading, justify="right", overflow="fold")
    table.add_column("verdict", no_wrap=True)
    for span in spans:
        table.add_row(Text(span.portal), Text(_days(span)), *map(_figure, _figures(span).values()), _verdict(span))
    if spans:
        table.add_section()
        total = [sum(column) for column in zip(*(_figures(span).values() for span in spans), strict=True)]
        table.add_row("total", "", *map(_figure, total))
    out = console()
    out.print(table)
    for line in _gaps(spans):
        out.print(line, soft_wrap=True)


def addresses(days: Iterable[tuple[Span, list[dict[str, Any]]]]) -> None:
    """Each day with the addresses behind its figures, by state and with the reason; below it the days between on which there were none."""
    out, spans = console(), []
    for span, rows in days:
        spans.append(span)
        figures = ", ".join(f"{figure} {name}" for name, figure in _figures(span).items() if figure)
        told = Text.assemble((f"{span.portal} {_days(span)}", "bold"), "  ", _verdict(span), f"  {figures}" if figures else "")
        out.print(told, soft_wrap=True)
        for state, group in groupby(rows, key=itemgetter("state")):
            out.print(Text(f"  {state}", style="cyan"))
            for row in group:
                out.print(Text(f"    {printable(row['url'])}").append(_why(row), style="dim"), soft_wrap=True)
    for line in _gaps(spans):
        out.print(line, soft_wrap=True)


def array(values: Iterable[Any]) -> None:
    """Values as a JSON array, each written as it comes: there may be a million."""
    before = "["
    for value in values:
        click.echo(f"{before}\n{textwrap.indent(as_json(value), '  ')}", nl=False)
        before = ","
    click.echo("[]" if before == "[" else "\n]")


def printable(text: str) -> str:
    """Text from elsewhere without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _why(row: dict[str, Any]) -> str:
    """Why an address is in its state."""
    reason, detail = (printable(row[name] or "") for name in ("reason", "detail"))
    return f"  {reason} ({detail})" if reason and detail else f"  {reason}{detail}".rstrip()


def _days(span: Span) -> str:
    return "no day known" if span.first is None else str(span.first) if span.first == span.last else f"{span.first} – {span.last}"


def _figures(span: Span) -> dict[str, int]:
    return {name: getattr(span, name) for name in ("announced", *FIGURES)}


def _figure(number: int) -> Text:
    return Text(str(number) if number else "·")


def _verdict(span: Span) -> Text:
    """The verdict in its colour, with the mark of a gap."""
    return Text(f"{GAP} {span.verdict}" if span.gap else span.verdict, style=VERDICTS.get(span.verdict, ""))


def _gaps(spans: list[Span]) -> Iterator[Text]:
    """A line for each portal and verdict, such as `! kebumenekspres: nothing announced on 8 days between others, silent: 2021-03-02 …`."""
    gaps = sorted((span for span in spans if span.gap), key=lambda span: (span.portal, span.verdict))
    for (portal, verdict), group in groupby(gaps, key=lambda span: (span.portal, span.verdict)):
        found = list(group)
        days = sum((span.last - span.first).days + 1 for span in found if span.first and span.last)
        named = ", ".join(_days(span) for span in found[:MOST_GAPS])
        more = f" and {len(found) - MOST_GAPS} more" if len(found) > MOST_GAPS else ""
        told = f"nothing announced on {days} {'day' if days == 1 else 'days'} between others, {verdict}: {named}{more}"
        yield Text(f"{GAP} {portal}: {told}", style=VERDICTS[verdict])


def files(written: Iterable[Written]) -> None:
    """The files of an export as a table, with the sum."""
    table = Table()
    table.add_column("file")
    for heading in ("captures", "bytes"):
        table.add_column(heading, justify="right")
    captures = size = 0
    for each in written:
        table.add_row(each.name, str(each.captures), f"{each.bytes:,}")
        captures, size = captures + each.captures, size + each.bytes
    table.add_section()
    table.add_row("total", str(captures), f"{size:,}")
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
