"""Applying the table of boilerplate, first to the blocks of a container, then to its paragraphs."""

from dataclasses import replace

from lxml.html import HtmlElement

from archive.records import Removed
from pipelines import boilerplate
from pipelines.markup import elements, text_of
from pipelines.paragraphs import Paragraph
from pipelines.rules import Rules

MOST = 0.5
"""A block that holds more of the container's text than this is the story, whatever it is called."""


def prune(container: HtmlElement, rules: Rules) -> list[Removed]:
    """Take the blocks that are not the story out of `container`, in place; what they said comes back in the order of the page."""
    removed: list[Removed] = []
    whole = len(text_of(container))
    for element in elements(container, rules.cut):
        for later in _from(container, element):
            _take(container, later, "cut", whole, removed)
    for element in elements(container, rules.drop):
        _take(container, element, "drop", whole, removed)
    named = [(each, row) for each in container.iter() if each is not container and (row := _row(each))]
    for element, row in named:
        _take(container, element, row, whole, removed)
    return removed


def _row(element: HtmlElement) -> str | None:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return boilerplate.block_row(names) if names != " " else None


def _from(container: HtmlElement, element: HtmlElement) -> list[HtmlElement]:
    """`element` and all that follows it inside `container`."""
    found = [element]
    while element is not None and element is not container:
        found.extend(element.itersiblings())
        element = element.getparent()
    return found


def _take(container: HtmlElement, element: HtmlElement, row: str, whole: int, removed: list[Removed]) -> None:
    if element is container or not any(above is container for above in element.iterancestors()):
        return
    text = text_of(element)
    if len(text) > whole * MOST and row != "cut":
        return
    if text:
        removed.append(Removed(rule=row, text=text))
    element.drop_tree()


def sift(paragraphs: list[Paragraph], names: frozenset[str]) -> tuple[list[Paragraph], list[Removed]]:
    """The paragraphs that are the story, and the lines that are not; `names` are the site's own, casefolded."""
    kept: list[Paragraph] = []
    removed: list[Removed] = []
    for paragraph in paragraphs:
        told = []
        # A line of its own inside a paragraph, between two `<br>`, is judged like a paragraph.
        for line in paragraph.text.split("\n"):
            if row := _line_row(line, paragraph.linked, names):
                removed.append(Removed(rule=row, text=line))
            else:
                told.append(line)
        if told:
            kept.append(replace(paragraph, text="\n".join(told)))
    return kept, removed


def _line_row(line: str, linked: float, names: frozenset[str]) -> str | None:
    if row := boilerplate.line_row(line, linked):
        return row
    return "site-name-line" if line.casefold().strip(" .:-–—|") in names else None
