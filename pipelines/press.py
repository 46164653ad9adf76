"""press(page, rules): the only way a page becomes an article. Crawl, import and replay share it, so they cannot drift apart."""

from dataclasses import replace
from itertools import chain, takewhile

from archive.records import GONE, Article, Page, Removed
from pipelines import bylines, captions, check, dating
from pipelines.addresses import host_of, identity, split
from pipelines.boilerplate import CAPTIONS, line_row
from pipelines.clean import sift
from pipelines.extract import Draft, extract
from pipelines.fields import Fields
from pipelines.found import RULE, TEXT, VISIBLE, Found, Origin, found
from pipelines.kinds import NO_TEXT
from pipelines.paragraphs import Paragraph, Told
from pipelines.people import initials, people
from pipelines.rules import Rules
from pipelines.version import rules_version


def press(page: Page, rules: Rules) -> Article:
    """The article of a page. Where the page is none, `refusal` says why.

    Pure: the same page and rules give the same article on every machine and day.
    """
    draft = extract(page, rules)
    known = draft.fields
    article = Article(
        url=identity(page.requested_url or page.url) if draft.refusal == GONE else _identity(page, known),
        portal=page.portal,
        captured_at=page.fetched_at,
        page_sha256=page.sha256,
        refusal=draft.refusal,
        canonical_url=known.canonical_url.value if known.canonical_url else None,
        pages=1 + len(page.rest),
        rules_version=rules_version(rules),
    )
    if draft.refusal:
        return article
    assert known.title
    told, noted = bylines.take(sift(draft.told, known.names, generic=not rules.body), known.names)
    texts = [one.text for one in told if isinstance(one, Paragraph)]
    if not texts:
        return replace(article, refusal=NO_TEXT)
    around = draft.around
    credited = [found(noted.editors, TEXT, CREDIT), found(around.credits.editors, VISIBLE, CREDIT)]
    editors, editors_from = _people(credited, known.editors, known.names)
    byline = _first((noted.byline, TEXT, CLOSING), (around.credits.byline, VISIBLE, CLOSING))
    authors, authors_from = _authors(noted, draft, editors, byline)
    dated = dating.choose(
        _of_story([*known.published, *found(around.dates, VISIBLE, "near-headline")], rules),
        _of_story(known.modified, rules),
        _of_story(found(around.further, VISIBLE, "further-away"), rules),
        zone=rules.zone,
        now=page.fetched_at,
    )
    source = _first(
        (noted.source, TEXT, CREDIT),
        (noted.agency, TEXT, CLOSING),
        (around.credits.source, VISIBLE, CREDIT),
        (around.credits.agency, VISIBLE, CLOSING),
    )
    caption, credit, no_caption = _caption(draft, told)
    origins = _origins(
        title=known.title,
        body=draft.origin,
        published=dated.published_from,
        modified=dated.modified_from,
        authors=authors_from,
        editors=editors_from,
        byline=byline,
        place=_first((noted.place, TEXT, "dateline")),
        section=known.section,
        tags=next(iter(known.tags), None),
        image=known.image,
        image_caption=caption,
        image_credit=credit,
        credited_source=source,
        canonical_url=known.canonical_url,
        labels=Origin(TEXT, "label-line") if noted.labels else None,
    )
    article = replace(
        article,
        title=known.title.value,
        body="\n\n".join(texts),
        published=dated.published,
        modified=dated.modified,
        authors=authors,
        editors=editors,
        byline=byline.value if byline else None,
        place=noted.place,
        section=known.section.value if known.section else None,
        tags=tuple(dict.fromkeys(tag.value for tag in known.tags)),
        image=known.image.value if known.image else None,
        image_caption=caption.value if caption else None,
        image_credit=credit.value if credit else None,
        credited_source=source.value if source else None,
        labels=tuple(dict.fromkeys(noted.labels)),
        next_page=known.next_page if not page.rest else None,
        removed=(*no_caption, *(one for one in told if isinstance(one, Removed))),
        sources=tuple((field, origin.source) for field, origin in origins),
        found_by=tuple((field, origin.by) for field, origin in origins),
    )
    return replace(article, flags=check.flags(article, known.names))


def _of_story(dates: list[Found], rules: Rules) -> list[Found]:
    """The candidates without what the portal's template prints on every page."""
    return [each for each in dates if each.value not in rules.constants]


CREDIT, CLOSING = "credit-line", "closing"
"""The kinds of lines that credit people and sources."""


def _origins(**known: Found | Origin | None) -> list[tuple[str, Found | Origin]]:
    """(field, where it came from) for each field that was found, in the order of their names."""
    return [(field, origin) for field, origin in sorted(known.items()) if origin]


def _first(*printed: tuple[str | None, str, str]) -> Found | None:
    """The first of (value, source, by) that has a value."""
    return next((Found(value, source, by) for value, source, by in printed if value), None)


def _identity(page: Page, known: Fields) -> str:
    """The story's address: what the page calls itself, where that is another address of a story on the same site."""
    canonical = known.canonical_url.value if known.canonical_url else ""
    there, here = split(identity(canonical)), split(identity(page.url))
    if there and here and host_of(canonical) == host_of(page.url) and _same_story(there.path, here.path):
        # A site that moved to https, or that answers with and without www, is one site: its own address says which.
        return there._replace(scheme=here.scheme, netloc=here.netloc).geturl()
    return identity(page.url)


def _same_story(canonical: str, path: str) -> bool:
    """Whether a canonical path can be that of the page: templates have printed one story's, or the section's, on every page."""
    told, asked = ([part for part in each.split("/") if part] for each in (canonical, path))
    # Where the page's path is empty, its address is a query such as `/?p=12`.
    return bool(told) and (not asked or told[-1] == asked[-1])


def _authors(noted: bylines.Credits, draft: Draft, editors: tuple[str, ...], byline: Found | None) -> tuple[tuple[str, ...], Origin | None]:
    """Whom the text or the lines around it credit, else whom the markup names but the editor, else names beside the date, else initials."""
    known = draft.fields
    # The account that a CMS names is often the editor's, who put the story in.
    others = known.names | {name.casefold() for name in editors}
    credited = [found(noted.authors, TEXT, CREDIT), found(draft.around.credits.authors, VISIBLE, CREDIT)]
    # What has no capital is the name of an account.
    accounts = [each for each in known.authors if each.source != RULE and each.value == each.value.lower()]
    named = [each for each in known.authors if each not in accounts]
    # Who signs alone below the story may stand above it with others.
    signers = [] if set(noted.signed) <= set(draft.around.guessed) else noted.signed
    rest = [*found(signers, TEXT, CLOSING), *named, *found(draft.around.guessed, VISIBLE, "name-alone")]
    authors, origin = _people(credited, rest, known.names, others)
    if authors:
        return authors, origin
    if byline:
        return (signed, byline.origin) if (signed := tuple(initials(byline.value))) else ((), None)
    return _people([found(draft.around.nobody, VISIBLE, CREDIT)], accounts, known.names, others)


def _people(
    printed: list[list[Found]], candidates: list[Found], names: frozenset[str], others: frozenset[str] | None = None
) -> tuple[tuple[str, ...], Origin | None]:
    """The people that the first of `printed` credits, else the first source of `candidates` that names any; and where they were found."""
    if credited := next(filter(None, printed), None):
        return tuple(dict.fromkeys(each.value for each in credited)), credited[0].origin
    for source in dict.fromkeys(each.source for each in candidates):
        told = [(each.origin, people([each.value], others or names)) for each in candidates if each.source == source]
        if naming := [origin for origin, named in told if named]:
            return tuple(dict.fromkeys(name for _, named in told for name in named)), naming[0]
    return (), None


def _caption(draft: Draft, told: list[Told]) -> tuple[Found | None, Found | None, tuple[Removed, ...]]:
    """The lead image's caption and credit; the name of an image's file is neither."""
    known = draft.fields
    if not known.image:
        return None, None, ()
    removed = takewhile(lambda one: isinstance(one, Removed), told)
    in_text = (Found(one.text, TEXT, one.rule) for one in removed if isinstance(one, Removed) and one.rule in CAPTIONS)
    around = chain(found(draft.around.captions, VISIBLE, "caption"), in_text)
    printed = known.image_caption or next(around, None)
    if printed is None:
        return None, None, ()
    credit = captions.credit_of(known.image_credit.value) if known.image_credit else None
    credited = replace(known.image_credit, value=credit) if known.image_credit and credit else None
    if line_row(printed.value) == IMAGE_NAME:
        no_caption = (Removed(rule=IMAGE_NAME, text=printed.value),) if printed.value not in {one.text for one in told} else ()
        return None, credited, no_caption
    text, within = captions.read(printed.value)
    if within and not credited:
        credited = replace(printed, value=within)
    if text is None and (further := next(around, None)):
        # A credit that stands above its caption.
        printed, text = further, captions.read(further.value).text
    return replace(printed, value=text) if text else None, credited, ()


IMAGE_NAME = "image-name-line"
