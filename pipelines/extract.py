"""The fields of a page as they stand in its markup, each with where it came from. Nothing is interpreted here."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from archive.records import GONE, Page, Removed
from pipelines.clean import prune
from pipelines.markup import decode, elements, parse, tidy, value, values
from pipelines.metadata import json_ld, meta, strings
from pipelines.paragraphs import Paragraph, paragraphs
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
    paragraphs: list[Paragraph] = field(default_factory=list)
    body_source: str = ""
    removed: list[Removed] = field(default_factory=list)
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
    if not draft.title:
        draft.refusal = "no headline"
    elif not draft.paragraphs:
        draft.refusal = "no text"
    return draft


def _refused_unread(page: Page, rules: Rules) -> str | None:
    """Why a page is no article, as far as its status, headers and address tell."""
    if page.status in (404, 410):
        return GONE
    if page.status != 200:
        return f"status {page.status}"
    content_type = (page.header("Content-Type") or "html").lower()
    if "html" not in content_type:
        return f"not HTML: {content_type.partition(';')[0].strip()}"
    if rules.address and not re.fullmatch(rules.address, urlsplit(page.url).path):
        return "no article's address"
    return None


def next_page(page: Page, rules: Rules) -> str | None:
    """Address of the article's next page, or None where this is the last."""
    tree = parse(decode(page.body, page.header("Content-Type"))) if rules.next_page else None
    return _link(tree, rules.next_page, page.url) if tree is not None else None


def _link(tree: HtmlElement, selectors: Selectors, base: str) -> str | None:
    return next((urljoin(base, href) for element in elements(tree, selectors) if (href := element.get("href"))), None)


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
    draft.canonical_url = _joined(page.url, canonical)
    return draft


def _found(texts: list[str], source: str) -> list[Found]:
    return [Found(text, source) for text in texts]


def _joined(base: str, address: str | None) -> str | None:
    """An address made absolute; None where it is none."""
    try:
        joined = urljoin(base, address) if address else ""
        return joined if urlsplit(joined).scheme in ("http", "https") else None
    except ValueError:
        return None


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
    image = next((Found(address, each.source) for each in candidates if (address := _joined(page.url, each.value))), None)
    return image, value(tree, rules.image_caption) if image else None


def _story(tree: HtmlElement, rules: Rules, draft: Draft) -> None:
    """The story's paragraphs: from the rules' container, a well-known one, or where trafilatura finds them."""
    container = next(elements(tree, rules.body), None)
    if container is not None:
        draft.removed = prune(container, rules)
        draft.paragraphs, draft.body_source = paragraphs(container), RULE
        return
    for container in elements(tree, CONTAINERS):
        removed = prune(container, rules)
        found = paragraphs(container)
        if sum(len(each.text) for each in found) >= ENOUGH:
            draft.removed, draft.paragraphs, draft.body_source = removed, found, VISIBLE
            return
    draft.paragraphs, draft.body_source = _generic(tree), GENERIC


def _generic(tree: HtmlElement) -> list[Paragraph]:
    # Imported where it is needed: pages of a known family never need it, and it takes longer to load than they to press.
    import trafilatura

    text = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_precision=False) or ""
    return [Paragraph(text=line) for each in text.split("\n") if (line := tidy(each))]


def _append(further: Page, rules: Rules, draft: Draft) -> None:
    """Add the story's continuation on a further page."""
    tree = parse(decode(further.body, further.header("Content-Type")))
    if tree is None:
        return
    continued = Draft()
    _story(tree, rules, continued)
    draft.paragraphs.extend(continued.paragraphs)
    draft.removed.extend(continued.removed)
