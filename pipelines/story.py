"""Where the story stands on a page of an unknown CMS: the element that holds most of its prose, and what stands around it.

Prose is text in sentences that are no links. Markup calls the story's container by a hundred names, and puts it into `<p>`, `<div>` or
bare between `<br>`; that prose stands together in one element, below the headline, is true of all of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element as Element

from archive.records import Removed
from pipelines import captions, prose
from pipelines.boilerplate import CAPTIONS, line_row
from pipelines.datelines import dateline, is_place
from pipelines.headline import folded
from pipelines.paragraphs import SHORT, Paragraph, Placed, Told, lines
from pipelines.prose import MOSTLY, SENTENCE_ENDS

TEASER = 20
"""Characters of the shortest link that can be another story's headline."""


@dataclass(kw_only=True, slots=True)
class Story:
    """What the story's container tells, and the lines that stand around it on the page."""

    told: list[Told] = field(default_factory=list)
    headline: str | None = None
    """The headline as it is printed on the page."""
    before: list[str] = field(default_factory=list)
    """Lines between the headline and the story, the nearest last."""
    above: list[str] = field(default_factory=list)
    """Lines above the headline, the nearest first; the date of the day stands there as often as the story's."""
    times: list[str] = field(default_factory=list)
    """Dates that the lines before the story give to machines."""
    after: list[str] = field(default_factory=list)
    """Lines behind the story, the nearest first."""
    captions: list[str] = field(default_factory=list)
    """Printed captions between the headline and the story."""
    container: Element | None = None
    teasers: int = 0
    """Links to other stories between the headline and the first prose: with many of them the prose belongs to none."""


def find(
    page: Sequence[Placed],
    title: str,
    names: frozenset[str] = frozenset(),
    headings: frozenset[str] = frozenset(),
    *,
    goes_on: bool = False,
    continued: bool = False,
) -> Story:
    """The story among all that a page tells; an empty one where there is no prose.

    `names` are the site's own, casefolded. Where the title does not stand on the page, the one of `headings` next above the prose is the
    headline. A story that `goes_on` on another page may break off anywhere, and one that is `continued` from another may begin with a
    subheading.
    """
    weights = _weights(page)
    headline = _headline(page, title, weights)
    containers = prose.containers(page, weights, headline)
    if not containers:
        return Story()
    inside = {element for container in containers for element in container.iter()}
    held = [index for index, one in enumerate(page) if one.at in inside]
    start, stop = held[0], held[-1] + 1
    if headline is None and headings:
        headline, title = _heading_above(page, next((index for index in range(start, stop) if weights[index]), start), headings)
    told: list[Told] = []
    if headline is not None and start <= headline < stop:
        start = headline + 1
        told = [Removed(rule="headline", text=title)]
    elif headline is not None and headline < start:
        # Some set the first paragraph apart; its dateline tells it from a summary.
        start = next((index for index in range(headline + 1, start) if _opens(page[index].told, weights[index], names)), start)
    first = next((index for index in range(start, stop) if weights[index] and not _is_caption(page[index].told)), start)
    last = next((index for index in range(stop - 1, start, -1) if weights[index]), start)
    around = page[max(first - MOST_BEFORE, 0) : first] if headline is None else page[headline + 1 : first][-MOST_BEFORE:]
    above = page[max(headline - ABOVE, 0) : headline][::-1] if headline is not None and headline < first else []
    lead = _told(page[start:first])
    opens = continued and bool(lead) and isinstance(lead[-1], Paragraph) and lead[-1].heading and lead[-1].linked <= MOSTLY
    told += [_lead(one) for one in (lead[:-1] if opens else lead)] + (lead[-1:] if opens else [])
    told += _told(page[first : last + 1])
    told += _tail(_told(page[last + 1 : stop]), goes_on=goes_on)
    return Story(
        told=told,
        headline=title if headline is not None else None,
        before=_lines(around) if headline is None else [*_beside(page[headline], title), *_lines(around)],
        above=_lines(above)[:MOST_ABOVE],
        times=_times(around),
        after=_lines(_until_listing(page[last + 1 : stop + AROUND]))[:AROUND],
        container=containers[-1],
        teasers=sum(isinstance(one.told, Paragraph) and one.told.linked > MOSTLY and len(one.told.text) > TEASER for one in around),
        captions=[one.text for one in _told(around) if _is_caption(one) or (isinstance(one, Removed) and one.rule in CAPTIONS)],
    )


def _weights(page: Sequence[Placed]) -> list[float]:
    """Characters of prose of each paragraph; boilerplate counts nothing, nor does what was printed before."""
    seen: set[str] = set()
    weights = []
    for one in page:
        weight = prose.of(one.told) if one.told.text not in seen else 0.0
        seen.add(one.told.text)
        weights.append(0.0 if weight and line_row(one.told.text) else weight)
    return weights


def _opens(told: Told, weight: float, names: frozenset[str]) -> bool:
    """Whether a paragraph above the container opens the story: prose behind a dateline."""
    return weight > 0 and isinstance(told, Paragraph) and dateline(told.text, told.lead, names) is not None


def _is_caption(told: Told) -> bool:
    """Whether a paragraph that stands above the story is the caption of its picture, with a credit behind it."""
    return isinstance(told, Paragraph) and len(told.text) <= LONGEST_CAPTION and captions.read(told.text).credit is not None


def _heading_above(page: Sequence[Placed], first: int, headings: frozenset[str]) -> tuple[int | None, str]:
    """The heading next above the prose: where it stands, and what it says."""
    for index in range(first - 1, max(first - MOST_BEFORE, 0) - 1, -1):
        for line in page[index].told.text.split("\n"):
            if len(line) >= HEADLINE and line in headings:
                return index, line
    return None, ""


HEADLINE = 15
"""Characters of the shortest headline."""
LONGEST_CAPTION = 250


def _beside(headline: Placed, title: str) -> list[str]:
    """What stands on the other lines of the headline's own paragraph."""
    return [line for line in headline.told.text.split("\n") if folded(line) != folded(title)]


def _lead(one: Told) -> Told:
    """What stands in the container above the first prose: a dateline on a line of its own is the story's, a date or a name is not."""
    if (
        isinstance(one, Removed)
        or one.text.endswith(DASHES)
        or is_place(one.text.strip(" .,:"))
        or (one.heading and NUMBERED.match(one.text))
    ):
        return one
    return Removed(rule="lead-line", text=one.text)


def _tail(told: Sequence[Told], *, goes_on: bool) -> list[Told]:
    """What stands there below its last prose, up to the first thing that ends no story: a link, a heading, a line of the page's own."""
    kept = 0
    while kept < len(told) and _may_end_a_story(told[kept], goes_on=goes_on):
        kept += 1
    return [*told[:kept], *(gone for one in told[kept:] for gone in _gone(one))]


def _gone(one: Told) -> list[Removed]:
    return [one] if isinstance(one, Removed) else [Removed(rule="tail-line", text=line) for line in one.text.split("\n")]


def _may_end_a_story(one: Told, *, goes_on: bool) -> bool:
    if isinstance(one, Removed):
        return True
    ends = one.text.endswith((*SENTENCE_ENDS, ")", "]", "*", ";")) or one.text.startswith("- ") or "\n" in one.text
    return ((ends and not one.heading) or (goes_on and one.heading)) and one.linked <= MOSTLY


def _until_listing(page: Sequence[Placed]) -> list[Placed]:
    """What stands behind the story, up to the first heading of a list of others."""
    near: list[Placed] = []
    for one in page:
        row = one.told.rule if isinstance(one.told, Removed) else line_row(one.told.text)
        if row in OTHERS or len(near) >= AROUND:
            break
        near.append(one)
    return near


NUMBERED = re.compile(r"\d{1,2}[.)]\s")
ABOVE, MOST_ABOVE, AROUND, MOST_BEFORE = 4, 6, 30, 40
"""Paragraphs above the headline, behind the story and before it in which dates and names are looked for."""
ELSEWHERE = frozenset({"related-block", "ad-block", "comments-block", "furniture-block", "caption-block"})
"""Blocks whose dates and names are other stories', or pictures'."""
OTHERS = frozenset({"listing-heading", "comment-line", "comments-block"})
"""Rows with which others have the word."""
MOST_TIMES = 10
DASHES = ("-", "–", "—")


def _lines(page: Sequence[Placed]) -> list[str]:
    """The lines of what stands around the story; elements that stand side by side on one of them are set apart."""
    shown = [one for one in page if not (isinstance(one.told, Removed) and one.told.rule in ELSEWHERE)]
    return [line for one in _told(shown) for line in _apart(one)]


def _told(page: Sequence[Placed]) -> list[Told]:
    """What is told there, blocks with their lines."""
    return [
        told
        for one in page
        for told in ([Removed(rule=one.told.rule, text=line) for line in lines(one.at)] if isinstance(one.told, Removed) else [one.told])
    ]


def _apart(told: Told) -> list[str]:
    return [told.apart] if isinstance(told, Paragraph) and told.apart else told.text.split("\n")


def _times(page: Sequence[Placed]) -> list[str]:
    """The dates that short lines around the story give to machines: `<time datetime>`, `<abbr title>`."""
    short = {
        one.at: None for one in page if len(one.told.text) <= SHORT and not (isinstance(one.told, Removed) and one.told.rule in ELSEWHERE)
    }
    marked = (element for at in short for element in at.iter("time", "abbr"))
    return list(dict.fromkeys(date for element in islice(marked, MOST_TIMES) if (date := element.get("datetime") or element.get("title"))))


def _headline(page: Sequence[Placed], title: str, weights: Sequence[float]) -> int | None:
    """Where the headline stands: of the places where its words are printed, the one before most of the prose."""
    wanted = folded(title)
    at = [index for index, one in enumerate(page) if isinstance(one.told, Paragraph) and _is_headline(one.told, wanted)]
    behind = [*at[1:], len(page)] if at else []
    told = [sum(weights[start:stop]) for start, stop in zip(at, behind, strict=True)]
    return at[told.index(max(told))] if at else None


def _is_headline(paragraph: Paragraph, wanted: str) -> bool:
    # A link to the page itself stands in lists; a heading may be one all the same.
    return (paragraph.heading or paragraph.linked < 1.0) and wanted in map(folded, paragraph.text.split("\n"))
