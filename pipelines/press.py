"""press(page, rules): the only way a page becomes an article. Crawl, import and replay share it, so they cannot drift apart."""

import re
from dataclasses import replace

from archive.records import GONE, Article, Page, Removed, Stamp
from pipelines import bylines, check, dates
from pipelines.addresses import host_of, identity, split
from pipelines.boilerplate import line_row
from pipelines.clean import sift
from pipelines.extract import Draft, Found, extract
from pipelines.paragraphs import Paragraph
from pipelines.rules import Rules

BEFORE_SITE = re.compile(r" (?:-|\||–|—|::|»|•) ")
"""What stands in a title between the headline and the site's name."""


def press(page: Page, rules: Rules) -> Article:
    """The article of a page. Where the page is none, `refusal` says why.

    Pure: the same page and rules give the same article on every machine and day.
    """
    draft = extract(page, rules)
    article = Article(
        url=identity(page.requested_url or page.url) if draft.refusal == GONE else _identity(page, draft),
        portal=page.portal,
        captured_at=page.fetched_at,
        page_sha256=page.sha256,
        refusal=draft.refusal,
        canonical_url=draft.canonical_url,
        pages=1 + len(page.rest),
    )
    if draft.refusal:
        return article
    names = _site_names(page, rules, draft)
    told, noted = bylines.take(sift(draft.told, names), names)
    texts = [one.text for one in told if isinstance(one, Paragraph)]
    if not texts:
        return replace(article, refusal="no text")
    assert draft.title
    editors, editor_source = _people(noted.editors, draft.editors, None, names)
    authors, author_source = _people(noted.authors, draft.authors, noted.byline, names, not_authors=editors)
    caption, no_caption = _caption(draft.image_caption)
    published = _stamp(draft.published, page, rules)
    modified = _stamp(draft.modified, page, rules) or (published.modified if published else None)
    article = replace(
        article,
        title=_headline(draft.title.value, names),
        body="\n\n".join(texts),
        published=published,
        modified=modified,
        authors=authors,
        editors=editors,
        byline=noted.byline,
        place=noted.place,
        section=draft.section.value if draft.section else None,
        tags=tuple(dict.fromkeys(tag.value for tag in draft.tags)),
        image=draft.image.value if draft.image else None,
        image_caption=caption,
        credited_source=noted.source,
        labels=tuple(dict.fromkeys(noted.labels)),
        removed=(*no_caption, *(one for one in told if isinstance(one, Removed))),
        sources=_sources(
            draft,
            authors=author_source,
            editors=editor_source,
            published=published.source if published else None,
            modified=modified.source if modified else None,
        ),
    )
    return replace(article, flags=check.flags(article))


def _sources(draft: Draft, **known: str | None) -> tuple[tuple[str, str], ...]:
    """(field, where it came from) for each field that was found."""
    assert draft.title
    known |= {"title": draft.title.source, "body": draft.body_source}
    known |= {name: found.source for name, found in (("section", draft.section), ("image", draft.image)) if found}
    known |= {"tags": draft.tags[0].source if draft.tags else None}
    return tuple(sorted((field, source) for field, source in known.items() if source))


def _identity(page: Page, draft: Draft) -> str:
    """The story's address: what the page calls itself, where that is another address of a story on the same site."""
    canonical = draft.canonical_url
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


def _site_names(page: Page, rules: Rules, draft: Draft) -> frozenset[str]:
    """The names, casefolded, that the site goes by: its host, what the rules say, what the page calls itself."""
    host = host_of(page.url)
    return frozenset(name.casefold() for name in (host, host.partition(".")[0], *rules.site_names, draft.site_name or "") if name)


def _headline(title: str, names: frozenset[str]) -> str:
    """The title without the site's name behind it (`… - Rakyat Bengkulu`)."""
    for mark in BEFORE_SITE.finditer(title):
        if title[mark.end() :].casefold() in names:
            return title[: mark.start()]
    return title


def _people(
    printed: list[str], candidates: list[Found], byline: str | None, names: frozenset[str], *, not_authors: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], str | None]:
    """Whom the text credits; else whom the markup names; else the closing initials. And where they were found."""
    if found := bylines.people(printed, names):
        return tuple(found), "text"
    # The account that a CMS names is often the editor's, who put the story in.
    others = names | {name.casefold() for name in not_authors}
    for source in dict.fromkeys(each.source for each in candidates):
        if found := bylines.people((each.value for each in candidates if each.source == source), others):
            return tuple(found), source
    found = bylines.people([byline or ""], names)
    return tuple(found), "text" if found else None


def _stamp(candidates: list[Found], page: Page, rules: Rules) -> Stamp | None:
    """The first date that can be read, as finely as a later one of the same day tells it."""
    best: Stamp | None = None
    for found in candidates:
        stamp = dates.parse(found.value, zone=rules.zone, now=page.fetched_at)
        if stamp and (best is None or (best.precision == "day" != stamp.precision and stamp.iso.startswith(best.iso))):
            update = replace(stamp.modified, source=found.source) if stamp.modified else None
            best = replace(stamp, source=found.source, modified=update)
    if best or not candidates:
        return best
    for found in candidates:
        if stamp := dates.fallback(found.value, zone=rules.zone, now=page.fetched_at):
            return replace(stamp, source=found.source, flags=(*stamp.flags, "dateparser"))
    return None


def _caption(text: str | None) -> tuple[str | None, tuple[Removed, ...]]:
    """The image's caption; the name of an image's file is none."""
    if text and (row := line_row(text)):
        return None, (Removed(rule=row, text=text),)
    return text, ()
