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
from pipelines.found import RULE, TEXT, VISIBLE, Found, found
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
        canonical_url=known.canonical_url,
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
    editors, editor_source = _people([(noted.editors, TEXT), (around.credits.editors, VISIBLE)], known.editors, known.names)
    authors, author_source = _authors(noted, draft, editors)
    dated = dating.choose(
        _of_story([*known.published, *found(around.dates, VISIBLE)], rules),
        _of_story(known.modified, rules),
        _of_story(found(around.further, VISIBLE), rules),
        zone=rules.zone,
        now=page.fetched_at,
    )
    caption, credit, no_caption = _caption(draft, told)
    article = replace(
        article,
        title=known.title.value,
        body="\n\n".join(texts),
        published=dated.published,
        modified=dated.modified,
        authors=authors,
        editors=editors,
        byline=noted.byline or around.credits.byline,
        place=noted.place,
        section=known.section.value if known.section else None,
        tags=tuple(dict.fromkeys(tag.value for tag in known.tags)),
        image=known.image.value if known.image else None,
        image_caption=caption,
        image_credit=credit,
        credited_source=noted.source or around.credits.source,
        labels=tuple(dict.fromkeys(noted.labels)),
        next_page=known.next_page if not page.rest else None,
        removed=(*no_caption, *(one for one in told if isinstance(one, Removed))),
        sources=_sources(
            draft,
            authors=author_source,
            editors=editor_source,
            published=dated.published.source if dated.published else None,
            modified=dated.modified.source if dated.modified else None,
            place=TEXT if noted.place else None,
            byline=TEXT if noted.byline else VISIBLE if around.credits.byline else None,
            credited_source=TEXT if noted.source else VISIBLE if around.credits.source else None,
        ),
    )
    return replace(article, flags=check.flags(article, known.names))


def _of_story(dates: list[Found], rules: Rules) -> list[Found]:
    """The candidates without what the portal's template prints on every page."""
    return [each for each in dates if each.value not in rules.constants]


def _sources(draft: Draft, **known: str | None) -> tuple[tuple[str, str], ...]:
    """(field, where it came from) for each field that was found."""
    told = draft.fields
    known |= {"body": draft.body_source, "tags": told.tags[0].source if told.tags else None}
    known |= {name: each.source for name, each in (("title", told.title), ("section", told.section), ("image", told.image)) if each}
    return tuple(sorted((field, source) for field, source in known.items() if source))


def _identity(page: Page, known: Fields) -> str:
    """The story's address: what the page calls itself, where that is another address of a story on the same site."""
    canonical = known.canonical_url
    there, here = split(identity(canonical or "")), split(identity(page.url))
    if there and here and host_of(canonical or "") == host_of(page.url) and _same_story(there.path, here.path):
        # A site that moved to https, or that answers with and without www, is one site: its own address says which.
        return there._replace(scheme=here.scheme, netloc=here.netloc).geturl()
    return identity(page.url)


def _same_story(canonical: str, path: str) -> bool:
    """Whether a canonical path can be that of the page: templates have printed one story's, or the section's, on every page."""
    told, asked = ([part for part in each.split("/") if part] for each in (canonical, path))
    # Where the page's path is empty, its address is a query such as `/?p=12`.
    return bool(told) and (not asked or told[-1] == asked[-1])


def _authors(noted: bylines.Credits, draft: Draft, editors: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """Whom the text or the lines around it credit, else whom the markup names but the editor, else names beside the date, else initials."""
    known = draft.fields
    # The account that a CMS names is often the editor's, who put the story in.
    others = known.names | {name.casefold() for name in editors}
    printed = [(noted.authors, TEXT), (draft.around.credits.authors, VISIBLE)]
    # What has no capital is the name of an account.
    accounts = [each for each in known.authors if each.source != RULE and each.value == each.value.lower()]
    named = [each for each in known.authors if each not in accounts]
    # Who signs alone below the story may stand above it with others.
    signers = [] if set(noted.signed) <= set(draft.around.guessed) else noted.signed
    rest = [*found(signers, TEXT), *named, *found(draft.around.guessed, VISIBLE)]
    authors, source = _people(printed, rest, known.names, others)
    if authors:
        return authors, source
    if byline := noted.byline or draft.around.credits.byline:
        return (signed, TEXT) if (signed := tuple(initials(byline))) else ((), None)
    return _people([(draft.around.nobody, VISIBLE)], accounts, known.names, others)


def _people(
    printed: list[tuple[list[str], str]], candidates: list[Found], names: frozenset[str], others: frozenset[str] | None = None
) -> tuple[tuple[str, ...], str | None]:
    """The people that the first of `printed` credits, else the first source of `candidates` that names any; and where they were found."""
    for credited, source in printed:
        if credited:
            return tuple(dict.fromkeys(credited)), source
    for source in dict.fromkeys(each.source for each in candidates):
        if named := people((each.value for each in candidates if each.source == source), others or names):
            return tuple(named), source
    return (), None


def _caption(draft: Draft, told: list[Told]) -> tuple[str | None, str | None, tuple[Removed, ...]]:
    """The lead image's caption and credit; the name of an image's file is neither."""
    known = draft.fields
    if not known.image:
        return None, None, ()
    in_text = (
        one.text for one in takewhile(lambda one: isinstance(one, Removed), told) if isinstance(one, Removed) and one.rule in CAPTIONS
    )
    around = chain(draft.around.captions, in_text)
    printed = known.image_caption.value if known.image_caption else next(around, None)
    if printed is None:
        return None, None, ()
    if line_row(printed) == IMAGE_NAME:
        return (
            None,
            captions.credit_of(known.image_credit),
            (Removed(rule=IMAGE_NAME, text=printed),) if printed not in {one.text for one in told} else (),
        )
    text, credit = captions.read(printed)
    if text is None:
        # A credit that stands above its caption.
        text = captions.read(next(around, "")).text
    return text, captions.credit_of(known.image_credit) or credit, ()


IMAGE_NAME = "image-name-line"
