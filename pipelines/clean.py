"""Applying the table of boilerplate, first to the blocks of a container, then to its paragraphs."""

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from archive.records import Removed
from pipelines import boilerplate
from pipelines.markup import elements, text_of
from pipelines.paragraphs import Paragraph, Told, paragraphs
from pipelines.rules import Rules

MOST = 0.5
"""A block that holds more of the container's text than this is the story, whatever it is called, unless as much of it stands in links."""

LENGTH = etree.XPath("string-length(normalize-space(.))")
"""Characters of an element's text, counted by libxml2: a nest of thousands of blocks is counted once for each."""


def prune(container: HtmlElement, rules: Rules) -> list[Told]:
    """What `container` tells, in the order of the page: paragraphs, and the lines of the blocks that are not the story."""
    end = next((element for element in elements(container, rules.cut) if element is not container), None)
    known = blocks(container, rules)
    for above in end.iterancestors() if end is not None else ():
        known.pop(above, None)
    return paragraphs(container, known, end)


def blocks(container: HtmlElement, rules: Rules) -> dict[HtmlElement, str]:
    """The blocks inside `container` that are not the story, each with the id of the row that knows it."""
    known = dict.fromkeys(elements(container, rules.drop), "drop")
    for element in container.iter():
        if element not in known and (row := _row(element)):
            known[element] = row
    whole = _length(container) if known else 0
    return {element: row for element, row in known.items() if element is not container and not _is_story(element, whole)}


def _row(element: HtmlElement) -> str | None:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return boilerplate.block_row(names) if names != " " else None


def _is_story(element: HtmlElement, whole: float) -> bool:
    length = _length(element)
    # A list of related headlines may well be longer than a short story, but it is made of links.
    return length > whole * MOST and sum(len(text_of(link)) for link in element.iter("a")) < length * MOST


def _length(element: HtmlElement) -> float:
    return cast("float", LENGTH(element))


def sift(told: Iterable[Told], names: frozenset[str]) -> list[Told]:
    """The same with the boilerplate lines taken off; `names` are the site's own, casefolded."""
    return [each for one in told for each in (_sifted(one, names) if isinstance(one, Paragraph) else [one])]


def _sifted(paragraph: Paragraph, names: frozenset[str]) -> list[Told]:
    """A paragraph without its boilerplate, and these lines before or behind it."""
    kept: list[str] = []
    before: list[Removed] = []
    behind: list[Removed] = []
    # A line of its own inside a paragraph, between two `<br>`, is judged like a paragraph.
    for line in paragraph.text.split("\n"):
        if row := _line_row(line, paragraph.linked, names):
            (behind if kept else before).append(Removed(rule=row, text=line))
        else:
            kept.append(line)
    return [*before, *([replace(paragraph, text="\n".join(kept))] if kept else []), *behind]


def _line_row(line: str, linked: float, names: frozenset[str]) -> str | None:
    if row := boilerplate.line_row(line, linked):
        return row
    return "site-name-line" if line.casefold().strip(" .:-–—|") in names else None
