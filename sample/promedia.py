"""The sample portal on Promedia's CMS: numbered addresses in sections, pages by query, a sitemap for news and one for each month."""

from collections.abc import Sequence

from sample.portal import Entry, Query, Resource, Route, advertisement
from sample.printed import slug
from sample.serayu import SerayuPortal, page_number, serial
from sample.stories import Story

PAGE_SIZE = 10  # stories on a list page

NEWS_SITEMAP = "/sitemap-news.xml"

ROBOTS = """User-agent: *
Disallow: /search
Disallow: {refused}

Sitemap: {origin}/sitemap.xml
"""


class RadarSerayu(SerayuPortal):
    """The portal in the markup of Promedia; it has no feed."""

    name = "radarserayu"
    origin = "https://radarserayu.example"
    title = "Radar Serayu"
    templates = "promedia"
    static_path = "/about-us"
    search_path = "/search?q="
    month_path = "/sitemap-web-{month}.xml"
    deleted_path = "/cilacap/701000705060/jadwal-operasi-pasar-pekan-ini"
    refused = advertisement("Radar Serayu")

    def routes(self) -> Sequence[Route]:
        """The paths of a Promedia portal, each with what answers it."""
        return (
            (r"/", self._front),
            (r"/indeks-berita", self._index),
            (r"/tag/(?P<name>[a-z0-9-]+)", self._tag),
            (r"/author/(?P<name>[a-z0-9-]+)", self._author),
            (r"/search", self._search),
            (r"(?P<path>/[a-z-]+/\d{12}/[a-z0-9-]+)", self._article),
            (self.static_path, self.static),
            (r"/sitemap\.xml", self._sitemap),
            (NEWS_SITEMAP, self._news),
            (r"/robots\.txt", self.robots),
            (r"/(?P<name>[a-z-]+)", self._section),
        )

    def path(self, story: Story) -> str:
        """`/banyumas/701000722186/slug`."""
        return f"/{slug(story.section)}/7010{serial(story):08}/{story.slug}"

    def robots_text(self) -> str:
        """See ROBOTS."""
        return ROBOTS

    def _front(self, query: Query) -> Resource | None:
        return self.page("list.html", heading=None, stories=self.stories[:PAGE_SIZE], number=1, pages={})

    def _index(self, query: Query) -> Resource | None:
        return self._pages("/indeks-berita", "Indeks Berita", self.stories, query)

    def _section(self, query: Query, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: (story.section,))
        return self._pages(f"/{name}", heading, stories, query)

    def _tag(self, query: Query, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: story.tags)
        return self._pages(f"/tag/{name}", f"Tag: {heading}", stories, query)

    def _author(self, query: Query, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: story.reporters)
        return self._pages(f"/author/{name}", heading, stories, query)

    def _search(self, query: Query) -> Resource | None:
        stories = self.matching(query.get("q", ""))
        return self.listing(stories, 1, max(len(stories), 1), lambda page: self.origin, heading="Hasil pencarian")

    def _pages(self, path: str, heading: str, stories: list[Story], query: Query) -> Resource | None:
        if not stories:
            return None
        return self.listing(stories, page_number(query), PAGE_SIZE, lambda page: f"{self.origin}{path}?page={page}", heading=heading)

    def _article(self, query: Query, path: str) -> Resource | None:
        return self.article(self.at(path), None if query.get("page") == "all" else page_number(query))

    def _sitemap(self, query: Query) -> Resource | None:
        return self.sitemap_index(Entry(self.origin + NEWS_SITEMAP, self.changed.isoformat()))

    def _news(self, query: Query) -> Resource | None:
        return self.xml("newssitemap.xml", stories=self.fresh())
