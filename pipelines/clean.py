"""Applying the table of boilerplate, first to the blocks of a container, then to its paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from lxml.etree import _Element as Element

from archive.records import Removed
from pipelines import boilerplate
from pipelines.markup import answer, number
from pipelines.paragraphs import Paragraph, Told, paragraphs
from pipelines.rules import Rules
from pipelines.selectors import elements
from pipelines.site_names import names_site

MOST = 0.4
"""A block that holds more of the container's text outside links than this is the story, whatever it is called."""

PICTURE_TABLE = answer("boolean(.//img) and count(.//tr) < 4 and string-length(normalize-space(.)) < 300 and not(.//table)")
"""Whether a table holds a picture and its caption, as old CMSs set them."""
LENGTH = number("string-length(normalize-space(.))")
"""Characters of an element's text, counted by libxml2: a nest of thousands of blocks is counted once for each."""


def prune(container: Element, rules: Rules) -> list[Told]:
    """What `container` tells, in the order of the page: paragraphs, and the lines of the blocks that are not the story."""
    end = next((element for element in elements(container, rules.cut) if element is not container), None)
    known = blocks(container, rules)
    for above in end.iterancestors() if end is not None else ():
        known.pop(above, None)
    return paragraphs(container, known, end)


def blocks(container: Element, rules: Rules, *, captions: bool = False) -> dict[Element, str]:
    """The blocks inside `container` that are not the story, each with the id of the row that knows it.

    With `captions`, the captions of figures are among them, so that their text is not passed over.
    """
    known = dict.fromkeys(elements(container, rules.drop), "drop")
    for element in container.iter():
        if captions and element.tag == "figcaption":
            known[_figure(element)] = "caption-block"
        elif element not in known and (row := _row(element)):
            known[element] = row
        elif captions and element.tag == "table" and PICTURE_TABLE(element):
            known[element] = "caption-block"
    known.pop(container, None)
    whole = _unlinked(container) if known else 0
    gone: dict[Element, str] = {}
    for element in container.iter():
        # What stands inside a block that goes need not be asked.
        if element in known and not any(above in gone for above in islice(element.iterancestors(), NEAR)) and not _is_story(element, whole):
            gone[element] = known[element]
    return gone


NEAR = 40
"""Elements above a block that are looked at; where pages nest deeper, a block more or less says nothing."""


def _figure(caption: Element) -> Element:
    figure = caption.getparent()
    return figure if figure is not None and figure.tag == "figure" and figure.find(".//table") is None else caption


def _row(element: Element) -> str | None:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return boilerplate.block_row(names) if names != " " else None


def _is_story(element: Element, whole: float) -> bool:
    length = _unlinked(element)
    return length > whole * MOST and length >= FEWEST


def _unlinked(element: Element) -> float:
    """Characters of an element's text outside links."""
    return LENGTH(element) - sum(LENGTH(link) for link in element.iter("a"))


FEWEST = 40
"""Characters that a story has at least."""
LABELS = frozenset({"related-label", "listing-heading", "related-quoted", "tags-label"})
"""Rows that announce a list of links."""
LINKED = 0.8
"""Share of a paragraph in links that makes it one of such a list."""
ONLY_LINKS = 0.95
"""Share that makes a paragraph a link to elsewhere on the pages of an unknown CMS, though nothing announces it."""


def sift(told: Iterable[Told], names: frozenset[str], *, generic: bool = False) -> list[Told]:
    """The same with the boilerplate lines taken off; `names` are the site's own, casefolded.

    With `generic`, for pages of an unknown CMS, so are paragraphs that are nothing but links.
    """
    left: list[Told] = []
    label: str | None = None
    told_something = commented = False
    told = _without_pull_quotes(list(told)) if generic else told
    for one in told:
        if isinstance(one, Removed):
            left.append(one)
            continue
        if generic and commented:
            left.extend(Removed(rule="comments", text=line) for line in one.text.split("\n"))
            continue
        if row := _linked_row(one, label, generic=generic):
            left.extend(Removed(rule=row, text=line) for line in one.text.split("\n"))
            continue
        sifted = _sifted(one, names)
        left.extend(sifted)
        gone = [each.rule for each in sifted if isinstance(each, Removed)]
        label = gone[-1] if len(gone) == len(sifted) and gone[-1] in LABELS else None
        told_something = told_something or len(gone) < len(sifted)
        commented = commented or ("comment-line" in gone and told_something)
    return left


def _without_pull_quotes(told: list[Told]) -> list[Told]:
    """The same without the words of the story that are printed again, large, beside it."""
    if len(told) > MOST_PARAGRAPHS:
        return told
    texts = [_words(one.text) for one in told if isinstance(one, Paragraph) and len(one.text) > SHORTEST_QUOTE]
    plain = [(one, _words(one.text) if len(one.text) <= LONGEST_QUOTE else "") for one in told]
    return [
        Removed(rule="pull-quote", text=one.text)
        if isinstance(one, Paragraph)
        and SHORTEST_QUOTE <= len(quote) <= LONGEST_QUOTE
        and any(quote in text and quote != text for text in texts)
        else one
        for one, quote in plain
    ]


def _words(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


WORD = re.compile(r"\w+")
MOST_PARAGRAPHS = 300
"""Paragraphs of a story that are compared with each other."""
SHORTEST_QUOTE, LONGEST_QUOTE = 25, 200
"""Characters of a pull quote."""


def _linked_row(paragraph: Paragraph, label: str | None, *, generic: bool) -> str | None:
    if label and paragraph.linked >= LINKED:
        return label
    if generic and paragraph.linked >= ONLY_LINKS and not paragraph.text.endswith((".", "!", "?", "”", '"')):
        return boilerplate.line_row(paragraph.text, paragraph.linked) or "linked-line"
    return None


def _sifted(paragraph: Paragraph, names: frozenset[str]) -> list[Told]:
    """A paragraph without its boilerplate, and these lines before or behind it."""
    kept: list[str] = []
    before: list[Removed] = []
    behind: list[Removed] = []
    label = None
    # A line of its own inside a paragraph, between two `<br>`, is judged like a paragraph.
    for index, line in enumerate(paragraph.text.split("\n")):
        linked = paragraph.links[index] if paragraph.links else paragraph.linked
        row = _line_row(line, linked, names) or (label if linked >= LINKED else None)
        label = row if row in LABELS else None
        if row:
            (behind if kept else before).append(Removed(rule=row, text=line))
        else:
            kept.append(line)
    if not before and not behind:
        return [paragraph]
    return [*before, *([replace(paragraph, text="\n".join(kept))] if kept else []), *behind]


def _line_row(line: str, linked: float, names: frozenset[str]) -> str | None:
    if row := boilerplate.line_row(line, linked):
        return row
    return "site-name-line" if names_site(line, names) else None
