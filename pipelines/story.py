"""Where the story stands on a page of an unknown CMS: the element that holds most of its prose, and what stands around it.

Prose is text in sentences that are no links. Markup calls the story's container by a hundred names, and puts it into `<p>`, `<div>` or
bare between `<br>`; that prose stands together in one element, below the headline, is true of all of them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from archive.records import Removed
from pipelines.boilerplate import line_row
from pipelines.datelines import is_place
from pipelines.headline import folded
from pipelines.paragraphs import SHORT, Paragraph, Placed, Told

TEASER = 20
"""Characters of the shortest link that can be another story's headline."""
LONG = 80
"""Characters of text outside links that are prose whatever they end with."""
SENTENCE = 25
"""Characters that are prose where they end like a sentence."""
ENDS = tuple(".!?…”\"’'):;")
HIGHEST = 8
"""Elements above a paragraph that can be the story's container."""
DISTANT = 0.7
"""What of a paragraph's weight counts for each element further up: less, so that the narrowest container wins, but not a part of it."""
ABOVE_HEADLINE = 0.2
"""What of it counts where it stands above the headline."""
MOSTLY = 0.6
"""Share of a paragraph in links that makes it none of the story's prose."""
IN_LIST = 0.4
"""What of it counts where it is a list: menus and teasers are, stories only in parts."""
SET_IN = frozenset("p blockquote h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre address table tr".split())
"""Elements that hold a paragraph and no story."""
BESIDE = frozenset("aside footer nav header".split())
NAMED = frozenset("article articlebody artikel berita body content contents detail entry isi konten post read story text teks txt".split())
"""Words in the names of many story containers."""
NAMED_SO, SAID_SO, SET_BESIDE = 1.2, 1.6, 0.3
"""How much more a container counts by its name, by `itemprop=articleBody`, and how much less beside the page's main column."""


@dataclass(kw_only=True, slots=True)
class Story:
    """What the story's container tells, and the lines that stand around it on the page."""

    told: list[Told]
    before: list[str]
    """Lines between the headline and the story, the nearest last."""
    above: list[str]
    """Lines above the headline, the nearest first; the date of the day stands there as often as the story's."""
    times: list[str]
    """Dates that the lines before the story give to machines."""
    after: list[str]
    """Lines behind the story, the nearest first."""
    captions: list[str]
    """Printed captions between the headline and the story."""
    container: HtmlElement | None = None
    teasers: int = 0
    """Links to other stories between the headline and the first prose: with many of them the prose belongs to none."""


def prose(paragraph: Told) -> float:
    """Characters of a paragraph that are prose."""
    if not isinstance(paragraph, Paragraph) or paragraph.heading or paragraph.linked > MOSTLY:
        return 0.0
    # A headline, a date and a name on three lines of one cell are no prose together.
    counts = (line for line in paragraph.text.split("\n") if len(line) >= LONG or (len(line) >= SENTENCE and line.endswith(ENDS)))
    length = sum(map(len, counts)) * (1 - paragraph.linked)
    return length * (IN_LIST if paragraph.text.startswith("- ") else 1.0) if length >= SENTENCE else 0.0


def find(page: Sequence[Placed], title: str, *, goes_on: bool = False) -> Story:
    """The story among all that a page tells; an empty one where there is no prose. One that `goes_on` may break off anywhere."""
    headline = _headline(page, title)
    container = _container(page, headline)
    if container is None:
        return Story(told=[], before=[], above=[], times=[], after=[], captions=[])
    inside = set(container.iter())
    held = [index for index, one in enumerate(page) if one.at in inside]
    start, stop = held[0], held[-1] + 1
    told: list[Told] = []
    if headline is not None and start <= headline < stop:
        start = headline + 1
        told = [Removed(rule="headline", text=title)]
    first = next((index for index in range(start, stop) if prose(page[index].told)), start)
    last = next((index for index in range(stop - 1, start, -1) if prose(page[index].told)), start)
    around = page[max(first - MOST_BEFORE, 0) : first] if headline is None else page[headline + 1 : first][-MOST_BEFORE:]
    above = page[max(headline - ABOVE, 0) : headline][::-1] if headline is not None and headline < first else []
    told += [_lead(one.told) for one in page[start:first]]
    told += [one.told for one in page[first : last + 1]]
    told += _tail([one.told for one in page[last + 1 : stop]], goes_on=goes_on)
    return Story(
        told=told,
        before=_lines(around) if headline is None else [*_behind(page[headline], title), *_lines(around)],
        above=_lines(above)[:MOST_ABOVE],
        times=_times(around),
        after=_lines(_until_listing(page[last + 1 : stop + AROUND])),
        container=container,
        teasers=sum(isinstance(one.told, Paragraph) and one.told.linked > MOSTLY and len(one.told.text) > TEASER for one in around),
        captions=[one.told.text for one in around if isinstance(one.told, Removed) and one.told.rule in CAPTIONS],
    )


def _behind(headline: Placed, title: str) -> list[str]:
    """What stands on the lines below the headline in its own paragraph."""
    printed = headline.told.text.split("\n")
    return printed[[folded(line) for line in printed].index(folded(title)) + 1 :]


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
    ends = one.text.endswith((*ENDS, "]", "*")) or one.text.startswith("- ") or "\n" in one.text
    return ((ends and not one.heading) or (goes_on and one.heading)) and one.linked <= MOSTLY


def _until_listing(page: Sequence[Placed]) -> list[Placed]:
    """What stands behind the story, up to the first heading of a list of others."""
    near: list[Placed] = []
    for one in page:
        row = one.told.rule if isinstance(one.told, Removed) else line_row(one.told.text)
        if row == "listing-heading" or len(near) >= AROUND:
            break
        near.append(one)
    return near


NUMBERED = re.compile(r"\d{1,2}[.)]\s")
ABOVE, MOST_ABOVE, AROUND, MOST_BEFORE = 4, 6, 30, 40
"""Paragraphs above the headline, behind the story and before it in which dates and names are looked for."""
ELSEWHERE = frozenset({"related-block", "ad-block", "comments-block", "furniture-block", "caption-block"})
"""Blocks whose dates and names are other stories', or pictures'."""
CAPTIONS = frozenset({"caption-block", "caption-line", "photo-line"})
MOST_TIMES = 10
DASHES = ("-", "–", "—")


def _lines(page: Sequence[Placed]) -> list[str]:
    """The lines of what stands around the story; elements that stand side by side on one of them are set apart."""
    shown = [one for one in page if not (isinstance(one.told, Removed) and one.told.rule in ELSEWHERE)]
    return [line for one in shown for line in _apart(one.told)]


def _apart(told: Told) -> list[str]:
    return [told.apart] if isinstance(told, Paragraph) and told.apart else told.text.split("\n")


def _times(page: Sequence[Placed]) -> list[str]:
    """The dates that short lines around the story give to machines: `<time datetime>`, `<abbr title>`."""
    short = {
        one.at: None for one in page if len(one.told.text) <= SHORT and not (isinstance(one.told, Removed) and one.told.rule in ELSEWHERE)
    }
    marked = (element for at in short for element in at.iter("time", "abbr"))
    return list(dict.fromkeys(date for element in islice(marked, MOST_TIMES) if (date := element.get("datetime") or element.get("title"))))


def _headline(page: Sequence[Placed], title: str) -> int | None:
    """Where the headline stands: of the places where its words are printed, the one before most of the prose."""
    wanted = folded(title)
    at = [index for index, one in enumerate(page) if isinstance(one.told, Paragraph) and _is_headline(one.told, wanted)]
    behind = [*at[1:], len(page)] if at else []
    weights = [sum(prose(one.told) for one in page[start:stop]) for start, stop in zip(at, behind, strict=True)]
    return at[weights.index(max(weights))] if at else None


def _is_headline(paragraph: Paragraph, wanted: str) -> bool:
    # A link to the page itself stands in lists; a heading may be one all the same.
    return (paragraph.heading or paragraph.linked < 1.0) and wanted in map(folded, paragraph.text.split("\n"))


def _container(page: Sequence[Placed], headline: int | None) -> HtmlElement | None:
    scores: dict[HtmlElement, float] = defaultdict(float)
    seen: set[str] = set()
    for index, one in enumerate(page):
        weight = prose(one.told)
        if not weight or one.told.text in seen:
            continue
        seen.add(one.told.text)
        weight = min(weight, 1000.0) * (ABOVE_HEADLINE if headline is not None and index < headline else 1.0)
        element = one.at
        while element.tag in SET_IN and (above := element.getparent()) is not None:
            element = above
        for _ in range(HIGHEST):
            scores[element] += weight
            weight *= DISTANT
            above = element.getparent()
            if above is None:
                break
            element = above
    if not scores:
        return None
    return max(scores, key=lambda element: scores[element] * _factor(element))


def _factor(element: HtmlElement) -> float:
    if "articleBody" in (element.get("itemprop") or ""):
        return SAID_SO
    if element.tag in BESIDE:
        return SET_BESIDE
    words = set(f"{element.get('class') or ''} {element.get('id') or ''}".lower().replace("-", " ").replace("_", " ").split())
    return NAMED_SO if element.tag == "article" or not words.isdisjoint(NAMED) else 1.0
