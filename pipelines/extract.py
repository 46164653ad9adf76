"""The fields of a page as they stand in its markup, each with where it came from. Nothing is interpreted here."""

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from archive.records import GONE, Page, Removed
from pipelines.addresses import joined, split
from pipelines.clean import blocks, prune
from pipelines.markup import UNREAD, decode, elements, parse, text_of, tidy, value, values
from pipelines.metadata import json_ld, meta, strings
from pipelines.paragraphs import Paragraph, Told
from pipelines.rules import Rules, Selectors

RULE, JSON_LD, META, VISIBLE, GENERIC = "rule", "json-ld", "meta", "visible", "generic"

CONTAINERS: Selectors = (
    "[itemprop=articleBody]",
    "[itemprop~=articleBody]",
    "div.entry-content",
    "div.post-body",
    "div.article-content",
    "div.post-content",
    "div.content-article",
    "article",
)
"""Where the story of an unknown CMS usually stands, the surest first."""
ENOUGH = 250
"""Characters of text that make a well-known container the story's; with less, trafilatura looks for it."""

NESTED = etree.XPath("boolean(/*" + "/*" * 300 + ")")
"""Whether a page nests deeper than any that was written for readers; trafilatura's time grows with the square of it."""

TITLES: Selectors = ("h1[itemprop=headline]", "h1.entry-title", "h1.post-title", "article h1", "h1")
TIMES: Selectors = (
    "time[itemprop=datePublished]@datetime",
    "article time[datetime]@datetime",
    "time.published@datetime",
    "time[datetime]@datetime",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it came from."""

    value: str
    source: str


@dataclass(kw_only=True, slots=True)
class Draft:
    """The fields of a page as they stand in the markup; candidates in order of trust."""

    refusal: str | None = None
    title: Found | None = None
    told: list[Told] = field(default_factory=list)
    """The story's paragraphs, and between them the lines of blocks that are not the story."""
    body_source: str = ""
    published: list[Found] = field(default_factory=list)
    modified: list[Found] = field(default_factory=list)
    authors: list[Found] = field(default_factory=list)
    editors: list[Found] = field(default_factory=list)
    section: Found | None = None
    tags: list[Found] = field(default_factory=list)
    image: Found | None = None
    image_caption: str | None = None
    canonical_url: str | None = None
    site_name: str | None = None
    next_page: str | None = None


def extract(page: Page, rules: Rules) -> Draft:
    """The draft of a page; its `refusal` says why where the page is no article."""
    refusal = _refused_unread(page, rules)
    tree = None if refusal else parse(decode(page.body, page.header("Content-Type")))
    if tree is None:
        return Draft(refusal=refusal or "an empty page")
    if rules.article and next(elements(tree, rules.article), None) is None:
        return Draft(refusal="no article's page")
    draft = _fields(tree, page, rules)
    _story(tree, rules, draft)
    for further in page.rest:
        _append(further, rules, draft)
    draft.told = [_without_headline(one, draft.title) for one in draft.told]
    if not draft.title:
        draft.refusal = "no headline"
    elif not _length(draft.told):
        draft.refusal = "no text"
    return draft


def _is_home(url: str) -> bool:
    parts = split(url)
    return parts is not None and parts.path in ("", "/") and not parts.query


def _refused_unread(page: Page, rules: Rules) -> str | None:
    """Why a page is no article, as far as its status, headers and address tell."""
    if page.status in (404, 410) or (page.requested_url and page.status == 200 and _is_home(page.url)):
        # Many portals send readers of a story that they took down to their home page.
        return GONE
    if page.status != 200:
        return f"status {page.status}"
    content_type = (page.header("Content-Type") or "html").lower()
    if "html" not in content_type:
        return f"not HTML: {content_type.partition(';')[0].strip()}"
    address = split(page.url)
    if rules.address and not (address and re.fullmatch(rules.address, address.path)):
        return "no article's address"
    return None


def next_page(page: Page, rules: Rules) -> str | None:
    """Address of the article's next page, or None where this is the last."""
    tree = parse(decode(page.body, page.header("Content-Type"))) if rules.next_page else None
    return _link(tree, rules.next_page, page.url) if tree is not None else None


def _link(tree: HtmlElement, selectors: Selectors, base: str) -> str | None:
    """The first address that these links give, other than the page's own."""
    addresses = (joined(base, element.get("href")) for element in elements(tree, selectors))
    return next((address for address in addresses if address and address.partition("#")[0] != base), None)


def _fields(tree: HtmlElement, page: Page, rules: Rules) -> Draft:
    """Everything but the story, read before anything is taken out of the tree."""
    said, metas = json_ld(tree), meta(tree)
    draft = Draft(next_page=_link(tree, rules.next_page, page.url))
    draft.site_name = next(iter(metas.get("og:site_name", [])), None)
    draft.title = _title(tree, rules, said, metas)
    draft.published = [
        *_found(values(tree, rules.published)[:1], RULE),
        *_found(strings(said.get("datePublished")), JSON_LD),
        *_found(metas.get("article:published_time", []) + metas.get("datepublished", []) + metas.get("content_publisheddate", []), META),
        *_found(values(tree, TIMES)[:1], VISIBLE),
    ]
    draft.modified = [
        *_found(values(tree, rules.modified)[:1], RULE),
        *_found(strings(said.get("dateModified")), JSON_LD),
        *_found(metas.get("article:modified_time", []), META),
    ]
    draft.authors = [
        *_found(values(tree, rules.authors), RULE),
        *_found(strings(said.get("author")), JSON_LD),
        *_found(metas.get("author", []), META),
    ]
    draft.editors = [*_found(values(tree, rules.editors), RULE), *_found(strings(said.get("editor")), JSON_LD)]
    draft.section = next(
        iter(
            _found(values(tree, rules.section)[:1], RULE)
            + _found(strings(said.get("articleSection")), JSON_LD)
            + _found(metas.get("article:section", []), META)
        ),
        None,
    )
    draft.tags = _found(values(tree, rules.tags), RULE) or _found(metas.get("article:tag", []), META)
    draft.image, draft.image_caption = _image(tree, page, rules, said, metas)
    canonical = value(tree, ("link[rel=canonical]@href",)) or next(iter(metas.get("og:url", [])), None)
    draft.canonical_url = joined(page.url, canonical)
    return draft


def _found(texts: list[str], source: str) -> list[Found]:
    return [Found(text, source) for text in texts]


def _title(tree: HtmlElement, rules: Rules, said: dict[str, Any], metas: dict[str, list[str]]) -> Found | None:
    candidates = (
        _found(values(tree, rules.title)[:1], RULE)
        + _found(strings(said.get("headline"))[:1], JSON_LD)
        + _found(values(tree, TITLES)[:1], VISIBLE)
        + _found(metas.get("og:title", [])[:1], META)
        + _found(values(tree, ("title",))[:1], GENERIC)
    )
    return next(iter(candidates), None)


def _image(
    tree: HtmlElement, page: Page, rules: Rules, said: dict[str, Any], metas: dict[str, list[str]]
) -> tuple[Found | None, str | None]:
    candidates = (
        _found(values(tree, rules.image)[:1], RULE)
        + _found(strings(said.get("image"), "url")[:1], JSON_LD)
        + _found(metas.get("og:image", [])[:1], META)
    )
    image = next((Found(address, each.source) for each in candidates if (address := joined(page.url, each.value))), None)
    return image, value(tree, rules.image_caption) if image else None


def _story(tree: HtmlElement, rules: Rules, draft: Draft) -> None:
    """What the page tells: in the rules' container, in a well-known one, or where trafilatura finds it."""
    etree.strip_elements(tree, *UNREAD, with_tail=False)
    for container in elements(tree, rules.body):
        draft.told, draft.body_source = prune(container, rules), RULE
        if _length(draft.told):
            return
    if draft.body_source:
        return  # the story's container holds no text: a gallery, a video
    for container in elements(tree, CONTAINERS):
        draft.told, draft.body_source = prune(container, rules), VISIBLE
        if _length(draft.told) >= ENOUGH:
            return
    draft.told, draft.body_source = _generic(tree, rules), GENERIC


def _without_headline(one: Told, title: Found | None) -> Told:
    """What a container tells, the headline off where it stands in there as well."""
    headline = isinstance(one, Paragraph) and title is not None and one.text == title.value
    return Removed(rule="headline", text=one.text) if headline else one


def _length(told: list[Told]) -> int:
    """Characters of the story."""
    return sum(len(one.text) for one in told if isinstance(one, Paragraph))


def _generic(tree: HtmlElement, rules: Rules) -> list[Told]:
    # Imported where it is needed: pages of a known family never need it, and it takes longer to load than they to press.
    import trafilatura

    if NESTED(tree):
        return []
    told: list[Told] = []
    for block, row in blocks(tree, rules).items():
        if any(above is tree for above in block.iterancestors()):
            told.extend([Removed(rule=row, text=text)] if (text := text_of(block)) else [])
            block.clear(keep_tail=True)
    text = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_precision=False) or ""
    return [*told, *(Paragraph(text=line) for each in text.split("\n") if (line := tidy(each)))]


def _append(further: Page, rules: Rules, draft: Draft) -> None:
    """Add what a further page of the article tells."""
    tree = parse(decode(further.body, further.header("Content-Type")))
    if tree is not None:
        continued = Draft()
        _story(tree, rules, continued)
        draft.told.extend(continued.told)
