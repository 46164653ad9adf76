"""Labelled pages: the bytes of a page, what a reader says it holds, and what an extractor says."""

import gzip
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from archive.records import Page
from bench.texts import words
from pipelines.rules import Rules
from tests.page_fixtures import FAMILIES, FOLDER

ENDS = 6
"""Words at either end of a paragraph."""
FETCHED = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Label:
    """A page and what it holds."""

    name: str
    page: Page
    rules: Rules | None = None
    """The rules of its family, with the portal's names and zone; None where the page is of no family."""
    zone: str = "Asia/Jakarta"
    refusal: str | None = None
    """Why the page is no article; then nothing below is told."""
    title: str = ""
    body: tuple[str, ...] = ()
    published: str | None = None
    """ISO date, with a time and an offset where the page prints a time."""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    dateline: str | None = None
    """The dateline as printed, where the page prints one."""
    without: tuple[str, ...] = ()
    """Phrases on the page that are not the story; where a label names none, the lines that were taken off."""
    keep: tuple[str, ...] = ()
    """Phrases of the story; where a label names none, the first and the last words of each paragraph."""

    @cached_property
    def words(self) -> list[str]:
        """The words of the story."""
        return words("\n".join(self.body))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What an extractor says a page holds."""

    title: str = ""
    body: str = ""
    """Empty where it takes the page for no article."""
    published: str | None = None
    """ISO, as fine as the extractor gives it; without an offset it is the portal's own clock."""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()

    @cached_property
    def words(self) -> list[str]:
        """The words of the body."""
        return words(self.body)


def read_labels(folder: Path = FOLDER) -> list[Label]:
    """The labelled pages of a folder, `NAME.json` beside `NAME.html.gz`, by name."""
    return [_label(path) for path in sorted(folder.glob("*.json"))]


def _label(path: Path) -> Label:
    told = json.loads(path.read_text(encoding="utf-8"))
    # The project's own fixtures set the page and the article apart; a flat label says the same in one object.
    about, article = told.get("page", told), told.get("article", told)
    page = Page(
        url=about.get("url") or "https://example.org/",
        portal="",
        fetched_at=FETCHED,
        body=gzip.decompress(path.with_suffix(".html.gz").read_bytes()),
    )
    zone = about.get("zone") or "Asia/Jakarta"
    label = Label(name=path.stem, page=page, rules=_family(path.stem, zone, about.get("site_names", ())), zone=zone)
    if told.get("refusal"):
        return replace(label, refusal=told["refusal"])
    published = article["published"]
    removed: list[tuple[str, str]] = article.get("removed", [])
    return replace(
        label,
        title=article["title"],
        body=tuple(article["body"]),
        published=published if isinstance(published, str) or not published else published[0],
        authors=tuple(article["authors"]),
        editors=tuple(article["editors"]),
        dateline=next((text for row, text in removed if row == "dateline"), told.get("dateline_prefix")),
        without=tuple(told.get("without") or (text for row, text in removed if row != "dateline")),
        keep=tuple(told.get("keep") or _ends(article["body"])),
    )


def _family(name: str, zone: str, site_names: list[str]) -> Rules | None:
    """The rules of the family that the name of a page begins with."""
    rules = FAMILIES.get(name.partition("-")[0])
    return replace(rules, zone=zone, site_names=tuple(site_names)) if rules and rules != Rules() else None


def _ends(body: list[str]) -> list[str]:
    """The first and the last words of each paragraph."""
    paragraphs = [paragraph.split() for paragraph in body]
    return [" ".join(end) for paragraph in paragraphs for end in (paragraph[:ENDS], paragraph[-ENDS:])]
