"""The draft of an article: its fields and its story as they stand in the markup, or the reason why the page is none."""

import re
from dataclasses import dataclass, field

from lxml import etree

from archive import reasons
from archive.records import GONE, Page, Removed
from pipelines import kinds, surroundings, unknown
from pipelines.addresses import split
from pipelines.clean import prune
from pipelines.fields import Fields, fields, next_link
from pipelines.found import RULE, Found, Origin
from pipelines.headline import folded
from pipelines.kinds import Look
from pipelines.markup import UNREAD, decode, parse
from pipelines.paragraphs import Paragraph, Told
from pipelines.rules import Rules
from pipelines.selectors import Tree, may_find
from pipelines.surroundings import Around


@dataclass(kw_only=True, slots=True)
class Draft:
    """A page's fields and story before anything of them is interpreted."""

    refusal: str | None = None
    fields: Fields = field(default_factory=Fields)
    told: list[Told] = field(default_factory=list)
    """The story's paragraphs, and between them the lines of blocks that are not the story."""
    origin: Origin | None = None
    """Where the story came from."""
    teasers: int = 0
    around: Around = field(default_factory=Around)
    """What the lines around the story say, on a page of an unknown CMS."""


def extract(page: Page, rules: Rules) -> Draft:
    """The draft of a page; its `refusal` says why where the page is no article."""
    refusal = _refused_unread(page, rules)
    root = None if refusal else parse(decode(page.body, page.header("Content-Type")))
    if root is None:
        return Draft(refusal=refusal or "an empty page")
    tree = Tree(root, rules)
    if rules.article and next(tree.elements(rules.article), None) is None:
        return Draft(refusal="no article's page")
    draft = Draft(fields=fields(tree, page, rules))
    looks = Look(tree, page.url, draft.fields.said)
    _story(tree, page, rules, draft, looks)
    for further in page.rest:
        _append(further, rules, draft)
    draft.told = [_without_headline(one, draft.fields.title) for one in draft.told]
    _without_summary(draft)
    draft.refusal = kinds.refusal(looks, draft.fields.title.value if draft.fields.title else None, draft.told, draft.teasers)
    return draft


def next_page(page: Page, rules: Rules) -> str | None:
    """Address of the article's next page, or None where this is the last."""
    if rules.next_page and not may_find(page.body, rules.next_page):
        return None
    root = parse(decode(page.body, page.header("Content-Type")))
    return next_link(Tree(root, rules), rules, page.url) if root is not None else None


def _is_home(url: str) -> bool:
    parts = split(url)
    return parts is not None and parts.path in ("", "/") and not parts.query


def _refused_unread(page: Page, rules: Rules) -> str | None:
    """Why a page is no article, as far as its status, headers and address tell."""
    if page.status in (404, 410) or (page.requested_url and page.status == 200 and _is_home(page.url)):
        # Many portals send readers of a story that they took down to their home page.
        return GONE
    if page.status != 200:
        return f"{reasons.UNEXPECTED_STATUS}: status {page.status}"
    content_type = (page.header("Content-Type") or "html").lower()
    if "html" not in content_type:
        return f"not HTML: {content_type.partition(';')[0].strip()}"
    address = split(page.url)
    if rules.address and not (address and re.fullmatch(rules.address, address.path)):
        return "no article's address"
    return None


def _story(tree: Tree, page: Page, rules: Rules, draft: Draft, looks: Look, *, continued: bool = False) -> None:
    """What the page tells: in the rules' container, or where its prose stands together."""
    etree.strip_elements(tree.root, *UNREAD, with_tail=False)
    containers = ((selector, container) for selector in rules.body for container in tree.elements((selector,)))
    for selector, container in containers:
        draft.told, draft.origin = prune(container, rules), Origin(RULE, selector)
        draft.around = surroundings.of_lines(draft.fields.credits, draft.fields.names)
        if any(isinstance(one, Paragraph) for one in draft.told):
            return
    if draft.origin:
        return  # the story's container holds no text: a gallery, a video
    # A list of stories is no place to look for one.
    listed = looks.teasers >= kinds.A_WALL_OF_TEASERS
    found = unknown.read(tree.root, draft.fields, page, rules, listed=listed, continued=continued)
    draft.told, draft.origin, draft.around, draft.teasers = found.told, found.origin, found.around, found.teasers


def _without_headline(one: Told, title: Found | None) -> Told:
    """What a container tells, the headline off where it stands in there as well."""
    headline = isinstance(one, Paragraph) and title is not None and folded(one.text) == folded(title.value)
    return Removed(rule="headline", text=one.text) if headline else one


def _without_summary(draft: Draft) -> None:
    """Take off the summary that some portals print again below the story."""
    texts = [index for index, one in enumerate(draft.told) if isinstance(one, Paragraph)]
    summary = folded(draft.fields.description or "")
    if len(texts) > 1 and summary and folded(draft.told[texts[-1]].text) == summary:
        draft.told[texts[-1]] = Removed(rule="summary", text=draft.told[texts[-1]].text)


def _append(further: Page, rules: Rules, draft: Draft) -> None:
    """Add what a further page of the article tells."""
    root = parse(decode(further.body, further.header("Content-Type")))
    if root is not None:
        tree, following = Tree(root, rules), Draft(fields=draft.fields)
        _story(tree, further, rules, following, Look(tree, further.url, {}), continued=True)
        draft.told.extend(following.told)
