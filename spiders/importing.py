"""WARC files -> pages of the portals: which answers are wanted, whose they are, and what is in the archive already."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from archive.aside import Aside
from archive.captures import holds_capture
from archive.records import Article, Page, article_id
from archive.settling import settle_reading
from archive.store import Archive
from archive.warc_reader import Answer, ReadWarc, header
from pipelines.addresses import first_page, host_of
from pipelines.extract import next_page
from pipelines.rules import Rules
from spiders.base import MOST_PAGES, PortalSpider
from spiders.robots import UNCHECKED
from spiders.site import Site

ELSEWHERE = "of other hosts"
REDIRECTS = "redirects"
OTHER_STATUS = "with another status"
NOT_HTML = "not HTML"
NO_SUCH_STORY = "not found, of no story that is held"
NO_FIRST = "further pages without their first"
NO_PORTAL = "of portals that are not known here"

GONE, FIRST, FURTHER = "gone", "first", "further"
"""Why a page is put aside: what it says counts for stories that are held only; it has a further page; it is one."""
TO_SECOND = re.compile(rb"[=/]2/?[\"'#&]")
"""What a page has in it that links to its second page."""

COUNTED = {"reread": "unchanged", "dropped": "refused"}
"""A text that was known from later captures is unchanged; of the outcomes of `keep_article` these two are no more to an import."""


class Import:
    """An import of WARC files into an archive; what came of it stands in `tally`, a row a portal, and `skipped`."""

    def __init__(self, archive: Archive, known: dict[str, type[PortalSpider]], *, named: str | None, identity: str, dry: bool) -> None:
        """`named` is the portal of all pages, where one was named; `identity` what captures tell as their crawl."""
        self.tally: dict[str, Counter[str]] = {}
        self.skipped: Counter[str] = Counter()
        self.troubles: list[str] = []
        self._archive = archive
        self._known = known
        self._named = named
        self._identity = identity
        self._dry = dry
        self._aside = Aside(archive.pages_db, keeps_bodies=dry)
        self._hosts = {host_of(portal.home): name for name, portal in known.items()}
        self._sites = {name: Site(portal.home) for name, portal in known.items()}
        self._awaited: set[str] = set()
        self._moved: tuple[str, str] | None = None
        self._file = ""
        self._held: set[tuple[str, datetime]] = set()
        self._noted: set[str] = set()

    def close(self) -> None:
        """Forget what was put aside."""
        self._aside.close()

    def pages(self, files: Iterable[Path], step: Callable[[int], object] = lambda _: None) -> Iterator[tuple[Page, Rules]]:
        """The pages that are to be pressed, each kept, with the rules of its portal. `step` is told how many bytes were read."""
        for path in files:
            self._file, self._moved = path.name, None
            reading = ReadWarc(path, self._aside, step)
            for group in reading.answers(self._unwanted):
                yield from self._taken(group)
            self.skipped += reading.skipped
            if reading.trouble:
                self.troubles.append(reading.trouble)
        yield from self._put_together()

    def gone(self) -> Iterator[tuple[Page, Rules]]:
        """The pages that say that a story is gone, each kept. Asked for when all others are done, it is known which stories are held."""
        for page in self._aside.pages(GONE):
            if self._archive.holds(self._article_of(page)):
                yield from self._kept(page)
            else:
                self.skipped[NO_SUCH_STORY] += 1

    def done(self, page: Page, article: Article | None) -> None:
        """Keep what was made of a page, and note it in the ledger."""
        outcome = "failed" if article is None else self._keep(page, article)
        if (page.url, page.fetched_at) not in self._held or outcome in ("new", "revised", "failed"):
            self._count(page.portal, COUNTED.get(outcome, outcome))

    def _keep(self, page: Page, article: Article) -> str:
        if self._dry:
            return self._archive.keep_article(article, dry=True)
        with self._archive.transaction():
            outcome = self._archive.keep_article(article)
            settle_reading(self._archive.ledger, page, article, outcome)
        return outcome

    def _unwanted(self, answer: Answer) -> str | None:
        if answer.own:
            return None
        portal = self._portal_of(answer.url)
        if portal is None:
            return ELSEWHERE
        self._count(portal, "read")
        if 300 <= answer.status < 400:
            self._follow(portal, answer)
            return REDIRECTS
        if answer.status not in (200, 404, 410):
            return OTHER_STATUS
        return NOT_HTML if "html" not in (header(answer.headers, "content-type") or "html").lower() else None

    def _portal_of(self, url: str) -> str | None:
        host = host_of(url)
        return self._named or self._hosts.get(host) or self._hosts.get(host.removeprefix("m.").removeprefix("amp."))

    def _follow(self, portal: str, answer: Answer) -> None:
        """Note a redirect; where the page that it leads to comes next, its address is the one that was asked for."""
        official = self._sites[portal].official
        try:
            target = official(urljoin(answer.url, header(answer.headers, "location") or ""))
        except ValueError:
            return
        source = official(answer.url)
        if self._moved and self._moved[0] == source:
            source = self._moved[1]
        self._moved = (target, source)

    def _taken(self, group: list[Answer]) -> Iterator[tuple[Page, Rules]]:
        """What is to be pressed of an article's answers: nothing, where it is put aside or there already."""
        own = group[0].told
        name = self._named or own.get("portal") or self._portal_of(group[0].url) or ""
        if own:
            self._count(name, "read", len(group))
        if name not in self._known:
            self.skipped[NO_PORTAL] += len(group)
            return
        first, *rest = [self._own_page(name, answer) if answer.told else self._page(name, answer) for answer in group]
        if own:
            yield from self._kept(replace(first, rest=tuple(rest)))
        elif first.status != 200:
            self._aside.put(GONE, first)
        elif first.url in self._awaited or first_page(first.url) != first.url:
            self._aside.put(FURTHER, first)
        elif following := self._next_of(first):
            self._awaited.add(following)
            self._aside.put(FIRST, first)
        else:
            yield from self._kept(first)

    def _page(self, portal: str, answer: Answer) -> Page:
        url, moved = self._sites[portal].official(answer.url), self._moved
        self._moved = None
        return Page(
            url=url,
            portal=portal,
            fetched_at=answer.at,
            body=answer.body,
            requested_url=moved[1] if moved and moved[0] == url != moved[1] else None,
            status=answer.status,
            headers=answer.headers,
            crawl=self._identity,
            robots=f"{UNCHECKED}: imported from {self._file}",
        )

    def _own_page(self, portal: str, answer: Answer) -> Page:
        """A page as another archive of this project had kept it."""
        told = answer.told
        return Page(
            url=told.get("url", answer.url),
            portal=portal,
            fetched_at=answer.at,
            body=answer.body,
            requested_url=told.get("requested"),
            origin=told.get("origin"),
            status=answer.status,
            headers=answer.headers,
            crawl=told.get("crawl"),
            robots=told.get("robots", UNCHECKED),
        )

    def _next_of(self, page: Page) -> str | None:
        """The official address of an article's next page, or None."""
        if not page.url or not TO_SECOND.search(page.body):
            return None
        return self._after(page)

    def _after(self, page: Page) -> str | None:
        site = self._sites[page.portal]
        following = next_page(page, self._known[page.portal].rules)
        return site.official(following) if following and site.includes(following) else None

    def _kept(self, page: Page) -> Iterator[tuple[Page, Rules]]:
        rules = self._known[page.portal].rules
        if not self._dry and page.portal not in self._noted:
            self._known[page.portal].note_in(self._archive)
            self._noted.add(page.portal)
        if holds_capture(self._archive.pages_db, page):
            self._count(page.portal, "there before", 1 + len(page.rest))
            if self._is_woven(page):
                return
            # A killed import had kept it and made nothing of it; or nothing can be made of it.
            self._held.add((page.url, page.fetched_at))
        else:
            if not self._dry:
                self._archive.keep_page(page)
            self._count(page.portal, "kept", 1 + len(page.rest))
        yield page, rules

    def _is_woven(self, page: Page) -> bool:
        """Whether all was done with a page that was kept: an article has it, and the ledger knows."""
        article = self._archive.ledger.article_at(page.requested_url or page.url)
        return article is not None and self._archive.knows_reading(article, page)

    def _article_of(self, page: Page) -> str:
        """Id of the article that was found at a page's address, or would be."""
        return self._archive.ledger.article_at(page.requested_url or page.url) or article_id(page.portal, page.url)

    def _put_together(self) -> Iterator[tuple[Page, Rules]]:
        """The stories on several pages that were put aside, now that all of their pages have been read."""
        for first in self._aside.pages(FIRST):
            yield from self._kept(replace(first, rest=tuple(self._rest_of(first))))
        for page in self._aside.pages(FURTHER):
            if page.url.endswith("=all"):
                yield from self._kept(page)
            else:
                self.skipped[NO_FIRST] += 1

    def _rest_of(self, first: Page) -> Iterator[Page]:
        last, near = first, first.fetched_at.isoformat()
        for _ in range(MOST_PAGES - 1):
            following = self._after(last)
            further = self._aside.take(FURTHER, following, near) if following else None
            if further is None:
                return
            yield further
            last = further

    def _count(self, portal: str, what: str, number: int = 1) -> None:
        self.tally.setdefault(portal, Counter())[what] += number
