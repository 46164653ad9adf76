"""What a page tells about its story outside the story's text: candidates for each field, in order of trust, as they stand in the markup."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from lxml.etree import _Element as Element

from archive.records import Page
from pipelines import headline
from pipelines.addresses import day_named, joined
from pipelines.dates import readable
from pipelines.found import GENERIC, JSON_LD, META, RULE, URL, VISIBLE, Found, found
from pipelines.markup import elements_at, text_of, tidy
from pipelines.metadata import json_ld, meta, people_named, script_data, strings
from pipelines.rules import Rules, Selectors
from pipelines.selectors import Tree
from pipelines.site_names import site_names

PUBLISHED = (
    *("article:published_time", "datepublished", "content_publisheddate", "pubdate", "publishdate", "publish_date", "published_date"),
    *("published_time", "og:published_time", "date", "dc.date", "dc.date.issued", "dcterms.created", "sailthru.date", "parsely-pub-date"),
    *("cxenseparse:recs:publishtime", "dtk:publishdate", "article:published", "originalpublicationdate", "publication_date", "datecreated"),
)
"""Names of meta elements, and of the data of scripts, that give the date of publication."""
MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified", "updated_time")
AUTHORS = (
    "content_author",
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "cxenseparse:author",
    "dtk:author",
    "penulis",
    "reporter",
)
EDITORS = ("content_editor", "editor", "dtk:editor")
SECTIONS = ("article:section", "content_category", "rubrik", "section", "parsely-section", "dtk:kanal", "cxenseparse:category")
ABBREVIATED = elements_at("//abbr[contains(@class, 'published')][@title]")
"""Elements that give the date of publication to machines, as themes of Blogger have them."""
PUBLICATION = ("schema:datePublished", "schema:dateCreated", "dc:date")
"""What `property` has in it of elements that give the date of publication: Drupal writes RDF."""
CRUMBS: Selectors = ("[class*=breadcrumb]", "[class*=Breadcrumb]", "[id*=breadcrumb]")
HOME = frozenset({"home", "beranda", "depan", "halaman depan", "awal"})
LONGEST_SECTION = 40
SHARED = 0.3
"""Share of the words of two headlines of one story that both have."""
TITLES = ("og:title", "twitter:title", "title")
IN_SCRIPTS = frozenset(
    "published_date publish_date publishdate penulis author reporter editor rubrik content_author content_editor".split()
)
"""Keys of the data of scripts that are read as meta elements are; others have too many meanings."""
NO_PICTURE = re.compile(r"(?:button|icon|logo|pixel|blank|spacer|avatar|gravatar|placeholder|default)[\w.-]{0,20}$", re.IGNORECASE)
TELLS_A_STORY = re.compile(r"-|^\d{5}")
"""What a part of an address has that leads to one story: words, or a long number. A short number behind it is a page's."""
PAGED_QUERY = re.compile(r"(?:page|halaman|hal)=(\d{1,2})")
PAGED_BY_P = re.compile(r"p=(\d{1,2})")
"""`?p=2` is a page's number only behind a story; without one it is WordPress's number of the story."""


@dataclass(kw_only=True, slots=True)
class Fields:
    """Candidates for each field of an article; absent ones are empty."""

    names: frozenset[str] = frozenset()
    """The names that the site goes by, casefolded."""
    title: Found | None = None
    published: list[Found] = field(default_factory=list)
    modified: list[Found] = field(default_factory=list)
    authors: list[Found] = field(default_factory=list)
    editors: list[Found] = field(default_factory=list)
    section: Found | None = None
    tags: list[Found] = field(default_factory=list)
    image: Found | None = None
    image_caption: Found | None = None
    image_credit: Found | None = None
    credits: list[str] = field(default_factory=list)
    """Lines outside the container that credit people, by the portal's rules."""
    canonical_url: Found | None = None
    next_page: str | None = None
    description: str | None = None
    """The summary that the page tells machines."""
    said: dict[str, Any] = field(default_factory=dict)
    """The story as the page's JSON-LD describes it."""


def fields(tree: Tree, page: Page, rules: Rules) -> Fields:
    """The candidates of a page's tree, which is left as it is."""
    said, metas, data = json_ld(tree.root), meta(tree.root), script_data(tree.root)
    names = site_names(page.url, _called(rules, said, metas))
    told = _first_of(metas, data)
    title = _title(tree, rules, said, metas, names)
    if title and not _is_about(said, title.value):
        said = {}
    dated = [
        *_shown_too(tree, rules.published),
        *_said(said, "datePublished"),
        *told(PUBLISHED),
    ]
    sure = any(each.source == RULE and readable(each.value, page.fetched_at) for each in dated)
    changed = [
        *tree.found(rules.modified)[:1],
        *_said(said, "dateModified"),
        *told(MODIFIED),
    ]
    return Fields(
        names=names,
        title=title,
        published=[
            *dated,
            *found([] if sure else _told_publication(tree), VISIBLE, "datePublished"),
            *found([day for day in [day_named(page.url)] if day], URL, "path"),
        ],
        modified=[
            *changed,
            *found([] if changed else _told_change(tree), META, "dateModified"),
        ],
        authors=[*tree.found(rules.authors), *_said(said, "author", people_named), *told(AUTHORS)],
        editors=[*tree.found(rules.editors), *_said(said, "editor", people_named), *told(EDITORS)],
        section=_section(tree, rules, title, [*_said(said, "articleSection"), *told(SECTIONS)]),
        tags=_tags(tree, rules, said, metas),
        image=_image(tree, page, rules, said, metas),
        credits=[text for selector in rules.credits for text in tree.values(selector)],
        image_credit=next(iter(tree.found(rules.image_credit)), None),
        image_caption=next(iter(tree.found(rules.image_caption)), None),
        canonical_url=_canonical(tree, page, metas),
        next_page=next_link(tree, rules, page.url),
        description=next(iter(metas.get("og:description", []) + metas.get("description", [])), None),
        said=said,
    )


def _called(rules: Rules, said: dict[str, Any], metas: dict[str, list[str]]) -> Iterable[str]:
    """What the site is called by its rules and by its pages."""
    yield from rules.site_names
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site"):
        yield from metas.get(name, [])
    yield from strings(said.get("publisher"))


def _first_of(metas: dict[str, list[str]], data: dict[str, list[str]]) -> Callable[[Iterable[str]], list[Found]]:
    """A look-up of several names in the page's meta elements and the data of its scripts: all values, each once, by its first name."""

    def told(names: Iterable[str]) -> list[Found]:
        first: dict[str, str] = {}
        for name in names:
            for text in (*metas.get(name, ()), *(data.get(name, ()) if name in IN_SCRIPTS else ())):
                first.setdefault(text, name)
        return [Found(text, META, name) for text, name in first.items()]

    return told


def _meta(metas: dict[str, list[str]], name: str) -> list[Found]:
    """What the meta elements of one name tell."""
    return found(metas.get(name, ()), META, name)


def _said(said: dict[str, Any], key: str, texts: Callable[[Any], list[str]] = strings) -> list[Found]:
    """What JSON-LD says under a key, whose value `texts` reads."""
    return found(texts(said.get(key)), JSON_LD, key)


def _title(tree: Tree, rules: Rules, said: dict[str, Any], metas: dict[str, list[str]], names: frozenset[str]) -> Found | None:
    """The headline: by rule, else the heading that the page's own titles confirm, else the surest of these."""
    if by_rule := tree.found(rules.title):
        return replace(by_rule[0], value=headline.without_site(by_rule[0].value, names))
    machine = strings(said.get("headline"))[:1]
    window = [text for text in [tidy(tree.root.findtext("head/title") or "")] if text]
    told = [*machine, *(text for name in TITLES for text in metas.get(name, [])[:1]), *window]
    if sure := headline.confirmed(tree.root, told, names):
        return Found(sure, VISIBLE, "heading")
    own = [text for text in metas.get("og:title", []) if text.casefold() not in names]
    seen = headline.printed(tree.root, names)
    # Where the titles were written for search engines, the one heading of the page is what readers saw.
    only = seen if len(seen) == 1 and " " in seen[0] else []
    # The sample of a template is contradicted by what the page itself is called.
    machine = machine if not own or len(own[0]) < headline.SHORTEST or _is_about(said, own[0]) else []
    rest = found(machine, JSON_LD, "headline") + found(only, VISIBLE, "h1") + found(own[:1], META, "og:title")
    rest += found(seen[:1], VISIBLE, "h1") + found(window, GENERIC, "title")
    return next((replace(each, value=headline.without_site(each.value, names)) for each in rest), None)


def _section(tree: Tree, rules: Rules, title: Found | None, told: list[Found]) -> Found | None:
    if by_rule := tree.found(rules.section):
        return by_rule[0]
    return next(iter([*found(_crumbs(tree, title)[-1:], VISIBLE, "breadcrumb"), *told]), None)


def _told_publication(tree: Tree) -> list[str]:
    """The first date of publication that an element gives to machines, wherever it stands."""
    told = (*map(_publication_of, tree.names.marked), *(each.get("title") for each in ABBREVIATED(tree.root)))
    return [value for value in told if value][:1]


def _publication_of(element: Element) -> str | None:
    if element.get("itemprop") == "datePublished":
        return element.get("datetime") or element.get("content")
    named = element.get("property") or ""
    return element.get("content") if any(name in named for name in PUBLICATION) else None


def _told_change(tree: Tree) -> list[str]:
    """The first date of a change that an element gives to machines."""
    told = (element.get("datetime") or element.get("content") for element in tree.names.marked if element.get("itemprop") == "dateModified")
    return [value for value in told if value][:1]


def _crumbs(tree: Tree, title: Found | None) -> list[str]:
    """The sections of the path that readers see above the story, the narrowest last."""
    own = headline.folded(title.value) if title else ""
    trail = next((element for element in tree.elements(CRUMBS)), None)
    texts = (text_of(link) for link in trail.iter("a")) if trail is not None else ()
    return [text for text in texts if text and headline.folded(text) not in {own, *HOME} and len(text) <= LONGEST_SECTION]


def _is_about(said: dict[str, Any], title: str) -> bool:
    """Whether JSON-LD describes the story of that title, and not another or the sample of its template."""
    (told, words) = (set(headline.folded(text).split()) for text in ("".join(strings(said.get("headline"))[:1]), title))
    return not told or len(told & words) >= SHARED * min(len(told), len(words))


def _canonical(tree: Tree, page: Page, metas: dict[str, list[str]]) -> Found | None:
    links = (link.get("href") for link in tree.root.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    told = next(links, None) or ""
    named, by = (told, "canonical") if told else (next(iter(metas.get("og:url", [])), None), "og:url")
    address = joined(page.url, named)
    return Found(address, META, by) if address else None


def _shown_too(tree: Tree, selectors: Selectors) -> list[Found]:
    """What the first of these selectors finds, and where it is an attribute, the text that readers see there."""
    first = tree.found(selectors)[:1]
    shown = (found(tree.values(each.by.partition("@")[0])[:1], RULE, each.by) for each in first if "@" in each.by)
    return first + next(shown, [])


def _tags(tree: Tree, rules: Rules, said: dict[str, Any], metas: dict[str, list[str]]) -> list[Found]:
    if by_rule := tree.found(rules.tags):
        return [Found(tag.value.lstrip("# "), RULE, tag.by) for tag in by_rule]
    told = _meta(metas, "article:tag") or _meta(metas, "news_keywords") or _said(said, "keywords")
    return [Found(tag.strip(), each.source, each.by) for each in told for tag in each.value.split(",") if tag.strip()]


def _image(tree: Tree, page: Page, rules: Rules, said: dict[str, Any], metas: dict[str, list[str]]) -> Found | None:
    candidates = (
        tree.found(rules.image)[:1]
        + found(strings(said.get("image"), "url")[:1], JSON_LD, "image")
        + _meta(metas, "og:image")[:1]
        + _meta(metas, "twitter:image")[:1]
    )
    return next(
        (replace(each, value=address) for each in candidates if (address := joined(page.url, each.value)) and is_picture(address)), None
    )


def is_picture(address: str) -> bool:
    """Whether an image can be a story's, and is no button or placeholder of the page."""
    return not NO_PICTURE.search(address.rpartition("/")[2])


def next_link(tree: Tree, rules: Rules, base: str) -> str | None:
    """Address of the article's next page: the first link that the rules name and that does not lead back; without rules, the link to the
    page's own address with the next number."""
    story, number = _numbered(base)
    if rules.next_page:
        addresses = (joined(base, element.get("href")) for element in tree.elements(rules.next_page))
        return next((address for address in addresses if address and not _leads_back(address, story, number)), None)
    own, following = story.rpartition("/")[2], _whole(number + 1)
    for link in tree.root.iter("a"):
        href, is_next = link.get("href") or "", link.get("rel") == "next"
        # Most links of a page lead elsewhere; these few characters tell, before anything is joined.
        if (own in href or href.startswith(("?", "/"))) and (is_next or following.search(href)) and (address := joined(base, href)):
            told, further = _numbered(address, story)
            if told == story and (further == number + 1 or (is_next and further > number)):
                return address
    return None


@lru_cache(maxsize=64)
def _whole(number: int) -> re.Pattern[str]:
    """A number where it is no part of a longer one."""
    return re.compile(rf"(?<!\d)0*{number}(?!\d)", re.ASCII)


def _leads_back(address: str, story: str, number: int) -> bool:
    """Whether a link leads to this page of a story or to one before it."""
    told, further = _numbered(address, story)
    return told == story and further <= number


def _numbered(url: str, of_story: str | None = None) -> tuple[str, int]:
    """A story's address without the number of its page, and that number; behind `of_story` every short number is one."""
    path, _, query = url.partition("#")[0].partition("?")
    path = path.rstrip("/")
    story, _, last = path.rpartition("/")
    behind = story.rpartition("/")[2]
    # Behind one word (`/banjir/2`, `/berita/45`) stands a page's number or a story's, which is larger.
    worded = len(last) == 1 and behind.isalpha()
    if not (last.isdecimal() and len(last) < 4 and (story == of_story or worded or TELLS_A_STORY.search(behind))):
        story, last = path, "1"
    known = (PAGED_QUERY, PAGED_BY_P) if TELLS_A_STORY.search(story.partition("://")[2].partition("/")[2]) else (PAGED_QUERY,)
    rest: list[str] = []
    asked = [last]
    for part in filter(None, query.split("&")):
        number = next((match[1] for form in known if (match := form.fullmatch(part))), None)
        (asked if number else rest).append(number or part)
    return "?".join(filter(None, [story, "&".join(rest)])), int(asked[-1])
