"""The story of a page of an unknown CMS and what its surroundings tell of the fields; JSON-LD and trafilatura behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

from lxml import etree, html
from lxml.etree import _Element as Element

from archive.records import Page, Removed
from pipelines import dates, headline, prose, story, surroundings
from pipelines.addresses import joined
from pipelines.clean import blocks
from pipelines.fields import Fields, is_picture
from pipelines.found import GENERIC, JSON_LD, RULE, VISIBLE, Found, Origin, found
from pipelines.markup import answer, elements_at, text_of, tidy
from pipelines.paragraphs import Paragraph, Told, placed
from pipelines.rules import Rules
from pipelines.site_names import is_site
from pipelines.story import Story
from pipelines.surroundings import Around

ENOUGH = 250
"""Characters of prose that make a story; with less, trafilatura and JSON-LD are asked for more."""
MORE = 1.2
"""How many times the prose that these must find to be believed instead."""
NESTED = answer("boolean(/*" + "/*" * 300 + ")")
"""Whether a page nests deeper than any that was written for readers; trafilatura's time grows with the square of it."""
ASKED_OF_TRAFILATURA = 1_000_000
"""Bytes of the largest page that trafilatura is asked about; it takes seconds for more."""


@dataclass(kw_only=True, slots=True)
class Reading:
    """What such a page tells."""

    told: list[Told]
    origin: Origin
    """Where the story came from: of `visible`, `json-ld` or `generic`."""
    around: Around = field(default_factory=Around)
    teasers: int = 0
    """Links to other stories between the headline and the first prose."""


def read(tree: Element, known: Fields, page: Page, rules: Rules, *, listed: bool = False, continued: bool = False) -> Reading:
    """The story, from where its prose stands together; fields that the page told nobody are filled into `known`.

    Where that prose has fewer than ENOUGH characters, the story that JSON-LD or else trafilatura tells is taken, if it has MORE times as
    much and at least ENOUGH itself. Of a page that is `listed` as one of many stories trafilatura is not asked. `continued` says that it is
    not the first page of its story.
    """
    body = tree.find("body")
    tree = body if body is not None else tree
    all_told = placed(tree, blocks(tree, rules, captions=True))
    title = known.title.value if known.title else ""
    # Only the window's title is told, which may be the same on every page.
    headings = frozenset(headline.headings(tree)) if known.title is None or known.title.source == GENERIC else frozenset()
    best = story.find(all_told, title, known.names, headings, goes_on=known.next_page is not None, continued=continued)
    around = surroundings.read(best, known.names, page.fetched_at)
    reading = Reading(told=best.told, origin=Origin(VISIBLE, "prose"), around=around, teasers=best.teasers)
    _fill(known, best, page)
    weight = sum(map(prose.of, best.told))
    if weight < ENOUGH:
        for told, origin in _told_otherwise(tree, known, page, rules, listed=listed):
            if sum(map(prose.of, told)) >= max(weight * MORE, ENOUGH):
                return Reading(told=told, origin=origin, around=around)
    return reading


def _told_otherwise(tree: Element, known: Fields, page: Page, rules: Rules, *, listed: bool) -> Iterator[tuple[list[Told], Origin]]:
    """The story as others tell it, and who; each is asked only where the one before was not believed."""
    yield _by_json_ld(known), Origin(JSON_LD, "articleBody")
    if not listed and len(page.body) <= ASKED_OF_TRAFILATURA and not NESTED(tree):
        yield _by_trafilatura(tree, rules), Origin(GENERIC, "trafilatura")


def _fill(known: Fields, best: Story, page: Page) -> None:
    """Fill from the story's surroundings what the page told nobody: the headline above the date, the picture in the container."""
    if best.headline and (known.title is None or known.title.source == GENERIC):
        known.title = Found(best.headline.split("\n")[0], VISIBLE, "heading")
    if known.title is None or is_site(known.title.value, known.names):
        lines = [line for one in best.told for line in one.text.split("\n")][:MOST_LEAD]
        dated = next((index for index, line in enumerate(lines) if dates.readable(line, page.fetched_at)), 0)
        if dated and len(lines[dated - 1]) >= ENOUGH_OF_A_TITLE:
            known.title = Found(lines[dated - 1], VISIBLE, "lead-line")
    if known.image is None and best.container is not None:
        sources = (joined(page.url, image.get("data-src") or image.get("src")) for image in best.container.iter("img"))
        known.image = next((Found(source, VISIBLE, "img") for source in sources if source and is_picture(source)), None)
    if best.container is not None and (not known.tags or known.tags[0].source != RULE):
        known.tags = found(_tags_below(best.container), VISIBLE, "tag-link") or known.tags


def _tags_below(container: Element) -> list[str]:
    """The tags that readers see in the story's container or behind it: the first links to tags, and those beside them."""
    links = TAG_LINKS(container)
    # The tags of one story stand together; those of a cloud, or of the stories beside it, elsewhere.
    group = {above for link in links[:1] for above in islice(link.iterancestors(), TOGETHER)}
    beside = [link for link in links[:MOST_TAGS] if not group.isdisjoint(islice(link.iterancestors(), TOGETHER))]
    return [text for link in beside if (text := text_of(link).lstrip("# ")) and len(text) <= LONGEST_TAG]


TAG_LINKS = elements_at(
    "(descendant::a | following::a)[contains(@href, '/tag') or contains(@href, '/topik') or contains(@href, '/topic/')"
    " or contains(@href, '/listtag/') or contains(@href, '/search/label/') or @rel='tag']"
)
TOGETHER, MOST_TAGS, LONGEST_TAG = 3, 30, 60
"""Elements above a tag that others of the same story share; how many are looked at; characters of the longest."""
MOST_LEAD = 12
"""Lines at the top of a story's container among which its headline is looked for."""
ENOUGH_OF_A_TITLE = 15


def _by_json_ld(known: Fields) -> list[Told]:
    """The story as JSON-LD tells it, where pages are put together by scripts."""
    body = known.said.get("articleBody")
    return [Paragraph(text=text) for line in body.split("\n") if (text := tidy(unescape(line)))] if isinstance(body, str) else []


def _by_trafilatura(tree: Element, rules: Rules) -> list[Told]:
    """The story as trafilatura finds it in what is left when the blocks that are none are gone."""
    # Imported where it is needed: pages of a known family never need it, and it takes longer to load than they to press.
    import trafilatura

    # Of its own: trafilatura wants the classes of lxml.html, and leaves the tree changed.
    copy = html.document_fromstring(etree.tostring(tree, encoding="unicode", method="html"))
    told: list[Told] = []
    for block, row in blocks(copy, rules).items():
        told.extend([Removed(rule=row, text=text)] if (text := text_of(block)) else [])
        block.clear(keep_tail=True)  # type: ignore[call-arg]  # lxml has it, its stubs do not
    text = trafilatura.extract(copy, include_comments=False, include_tables=True, favor_precision=False) or ""
    return [*told, *(Paragraph(text=line) for each in text.split("\n") if (line := tidy(each)))]
