"""scrapy press FILE.html: what a saved page becomes, without archive or network."""

import argparse
import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import click
from scrapy.commands import ScrapyCommand

from archive.records import Article, Page, Stamp
from pipelines.press import press
from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.commands.speech import fail, portal_classes, unknown_portal

SHOWN = ("title", "published", "modified", "place", "authors", "editors", "byline", "credited_source", "section", "tags", "labels")
SHOWN_TOO = ("image", "image_caption", "image_credit", "url", "canonical_url", "next_page", "flags")


class Command(ScrapyCommand):
    """Press one saved page and print the article."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "<file.html> [--url URL] [--portal NAME] [--json]"

    def short_desc(self) -> str:
        return "Print the article that a saved page becomes"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", default="", help="the page's address (default: the portal's home, or none)")
        parser.add_argument("--portal", metavar="NAME", help="press by this portal's rules (default: the generic ones)")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            fail("press", "Name one file with a saved page.", 2)
        portal = self._portal(opts.portal) if opts.portal else None
        rules = portal.rules if portal else Rules()
        try:
            body = Path(args[0]).read_bytes()
        except OSError as error:
            fail("press", f"{args[0]} cannot be read: {error.strerror}.", 2)
        # Any address of the site but its home page's, which is no article.
        url = opts.url or f"{portal.home if portal else 'https://example.com'}/?{Path(args[0]).name}"
        if not opts.url:
            # Without the page's own address the rule about addresses has nothing to look at.
            rules = dataclasses.replace(rules, address="")
        page = Page(url=url, portal=opts.portal or "", fetched_at=datetime.now(UTC).replace(microsecond=0), body=body)
        article = press(page, rules)
        if opts.json:
            click.echo(json.dumps(plain(article), ensure_ascii=False, indent=2))
        elif not article.refusal:
            click.echo(readable(article))
        if article.refusal:
            fail("press", f"{args[0]} is no article: {article.refusal}.", 1)

    def _portal(self, name: str) -> type[PortalSpider]:
        assert self.settings
        portals = portal_classes(self.settings)
        if name not in portals:
            fail("press", unknown_portal(name, portals), 2)
        return portals[name]


def plain(article: Article) -> dict[str, Any]:
    """An article as values that JSON knows."""
    row = dataclasses.asdict(article)
    origins = {"sources": dict(article.sources), "found_by": dict(article.found_by)}
    return row | origins | {"captured_at": article.captured_at.isoformat(), "id": article.id}


def readable(article: Article) -> str:
    """An article for people: its fields with where they came from and what found them, its text, the lines that were taken off."""
    origins = {name: f"  [{source} {by}]" for (name, source), (_, by) in zip(article.sources, article.found_by, strict=True)}
    shown = ((name, getattr(article, name)) for name in (*SHOWN, *SHOWN_TOO))
    lines = [f"{name:<16} {_text(value)}{origins.get(name, '')}" for name, value in shown if value]
    lines.append(f"{'body':<16} {len(article.body)} characters{origins['body']}")
    lines += ["", article.body, "", "Taken off the page:", *(f"  {line.rule:<16} {line.text}" for line in article.removed)]
    return "\n".join(lines)


def _text(value: Any) -> str:
    if isinstance(value, Stamp):
        return f"{value.iso} (to the {value.precision}; printed {value.raw!r})"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
