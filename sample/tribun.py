"""The sample portal in the manner of the Tribun network: dated addresses, an index by day, a sitemap of news."""

import re
from collections.abc import Sequence
from datetime import date

from sample.portal import Entry, Query, Resource, Route, advertisement
from sample.serayu import SerayuPortal, page_number
from sample.stories import Story

PAGE_SIZE = 20  # stories on a list page

NEWS_SITEMAP = "/regional/sitemap-news.xml"

ROBOTS = """User-agent: *
Disallow: /search
Disallow: {refused}

Sitemap: {origin}/sitemap.xml
Sitemap: {origin}/regional/sitemap-news.xml
"""


class TribunSerayu(SerayuPortal):
    """The portal in the markup of Tribun's regional portals."""

    name = "tribunserayu"
    origin = "https://serayu.tribun.example"
    title = "Tribun Serayu"
    templates = "tribun"
    search_path = "/search?q="
    month_path = "/regional/sitemap-{month}.xml"
    deleted_path = "/2021/02/08/jadwal-operasi-pasar-pekan-ini"
    refused = advertisement("Tribun Serayu")

    def routes(self) -> Sequence[Route]:
        """The paths of a Tribun portal, each with what answers it."""
        return (
            (r"/", self._front),
            (r"/index-news", self._index),
            (r"/(?P<kind>topic|tag)/(?P<name>[a-z0-9-]+)", self._tag),
            (r"/author/(?P<name>[a-z0-9-]+)", self._author),
            (r"/search", self._search),
            (r"(?P<path>/\d{4}/\d\d/\d\d/[a-z0-9-]+)", self._article),
            (self.static_path, self.static),
            (r"/rss", self._feed),
            (r"/sitemap\.xml", self._sitemap),
            (NEWS_SITEMAP, self._news),
            (r"/robots\.txt", self.robots),
            (r"/(?P<name>[a-z-]+)", self._section),
        )

    def path(self, story: Story) -> str:
        """`/2021/03/25/slug`."""
        return f"/{story.published:%Y/%m/%d}/{story.slug}"

    def robots_text(self) -> str:
        """See ROBOTS."""
        return ROBOTS

    def _front(self, query: Query) -> Resource | None:
        return self.page("list.html", heading=None, stories=self.stories[:PAGE_SIZE], number=1, pages={})

    def _index(self, query: Query) -> Resource | None:
        """The stories of one day (`?date=2021-3-25`), or all; the list of a day without any is empty."""
        if "date" not in query:
            return self._pages("/index-news?", "Indeks Berita", self.stories, query)
        day = _day(query["date"])
        stories = [story for story in self.stories if story.published.date() == day]
        return self._pages(f"/index-news?date={query['date']}&", "Indeks Berita", stories, query)

    def _section(self, query: Query, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: (story.section,))
        return self._pages(f"/{name}?", f"Berita {heading} Hari Ini", stories, query) if stories else None

    def _tag(self, query: Query, kind: str, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: story.tags)
        return self._pages(f"/{kind}/{name}?", f"Topik: {heading}", stories, query) if stories else None

    def _author(self, query: Query, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: story.reporters)
        return self._pages(f"/author/{name}?", heading, stories, query) if stories else None

    def _search(self, query: Query) -> Resource | None:
        stories = self.matching(query.get("q", ""))
        return self.listing(stories, 1, max(len(stories), 1), lambda page: self.origin, heading="Hasil pencarian")

    def _pages(self, path: str, heading: str, stories: list[Story], query: Query) -> Resource:
        return self.listing(stories, page_number(query), PAGE_SIZE, lambda page: f"{self.origin}{path}page={page}", heading=heading)

    def _article(self, query: Query, path: str) -> Resource | None:
        return self.article(self.at(path), None if query.get("page") == "all" else page_number(query))

    def _feed(self, query: Query) -> Resource | None:
        return self.feed(self.stories)

    def _sitemap(self, query: Query) -> Resource | None:
        return self.sitemap_index(Entry(self.origin + NEWS_SITEMAP, self.changed.isoformat()))

    def _news(self, query: Query) -> Resource | None:
        return self.xml("newssitemap.xml", stories=self.fresh())


def _day(text: str) -> date | None:
    """The day of `2021-3-25`; None where it is none."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
