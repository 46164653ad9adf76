"""Prose: text in sentences that are no links, and the element in which most of it stands together."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from lxml.etree import _Element as Element

from pipelines.paragraphs import Paragraph, Placed, Told

LONG = 80
"""Characters of text outside links that are prose whatever they end with."""
SENTENCE = 25
"""Characters that are prose where they end like a sentence."""
SENTENCE_ENDS = tuple(".!?…”\"’':")
TOGETHER = 2
"""Elements above the parts of a story, one of which they share."""
LONGEST = 1000.0
"""Characters of a paragraph that count; one of several pages is a terms of use."""
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


def of(paragraph: Told) -> float:
    """Characters of a paragraph that are prose."""
    if not isinstance(paragraph, Paragraph) or paragraph.heading or paragraph.linked > MOSTLY:
        return 0.0
    # A headline, a date and a name on three lines of one cell are no prose together.
    counts = (line for line in paragraph.text.split("\n") if len(line) >= LONG or (len(line) >= SENTENCE and line.endswith(SENTENCE_ENDS)))
    length = sum(map(len, counts)) * (1 - paragraph.linked)
    return length * (IN_LIST if paragraph.text.startswith("- ") else 1.0) if length >= SENTENCE else 0.0


def containers(page: Sequence[Placed], weights: Sequence[float], headline: int | None) -> list[Element]:
    """The element that holds most of a page's prose below its headline, and those like it beside it; none where there is no prose.

    `weights` are the characters of prose of each paragraph, `headline` the place of the headline among them.
    """
    scores: dict[Element, float] = defaultdict(float)
    for index, (one, counted) in enumerate(zip(page, weights, strict=True)):
        if not counted:
            continue
        weight = min(counted, LONGEST) * (ABOVE_HEADLINE if headline is not None and index < headline else 1.0)
        element = one.at
        while element.tag in SET_IN and (above := element.getparent()) is not None:
            element = above
        for _ in range(HIGHEST):
            scores[element] += weight
            # What stands beside the main column makes no story of the two together.
            weight *= DISTANT * (SET_BESIDE if element.tag in BESIDE else 1.0)
            above = element.getparent()
            if above is None:
                break
            element = above
    if not scores:
        return []
    best = max(scores, key=lambda element: scores[element] * _factor(element))
    return [element for element in scores if element is best or _is_like(element, best)]


def _is_like(element: Element, best: Element) -> bool:
    """Whether an element is a part of the same story: some set each part apart, under the same name, with advertisements between."""
    if not best.get("class") or element.get("class") != best.get("class") or element.tag != best.tag:
        return False
    one, other = (list(islice(each.iterancestors(), TOGETHER)) for each in (element, best))
    return any(above is beside for above, beside in zip(one, other, strict=False))


def _factor(element: Element) -> float:
    if "articleBody" in (element.get("itemprop") or ""):
        return SAID_SO
    if element.tag in BESIDE:
        return SET_BESIDE
    words = set(f"{element.get('class') or ''} {element.get('id') or ''}".lower().replace("-", " ").replace("_", " ").split())
    return NAMED_SO if element.tag == "article" or not words.isdisjoint(NAMED) else 1.0
