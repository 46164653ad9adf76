"""The sample portal of a CMS of its own, as agencies build them on Laravel: no family's markup, and traps that no family has."""

import gzip
from collections.abc import Sequence

from sample.portal import Entry, Query, Resource, Route, advertisement
from sample.serayu import FEED_SIZE, SerayuPortal, page_number, serial
from sample.stories import Story

PAGE_SIZE = 8  # stories on a list page, beside the pinned one

ATOM = "application/atom+xml; charset=UTF-8"
GZIP = "application/x-gzip"
FEED = "/umpan/berita"
"""Where the front page says that the feed is; it stands at the usual place as well."""

ROBOTS = """User-agent: *
Disallow: /cari
Disallow: {refused}

Sitemap: {origin}/peta-situs/indeks.xml
"""


class KabarSerayu(SerayuPortal):
    """The portal without a family: its sitemap lies where only robots.txt tells, and a story that is not there answers 200."""

    name = "kabarserayu"
    origin = "https://kabarserayu.example"
    title = "Kabar Serayu"
    templates = "laravel"
    static_path = "/tentang-kami"
    search_path = "/cari?q="
    month_path = "/peta-situs/berita-{month}.xml.gz"
    deleted_path = "/berita/705060-jadwal-operasi-pasar-pekan-ini"
    refused = advertisement("Kabar Serayu")

    def routes(self) -> Sequence[Route]:
        """The paths of the portal, each with what answers it."""
        return (
            (r"/", self._front),
            (r"/indeks", self._index),
            (r"/kategori/(?P<name>[a-z0-9-]+)", self._section),
            (r"/tag/(?P<name>[a-z0-9-]+)", self._tag),
            (r"/penulis/(?P<name>[a-z0-9-]+)", self._author),
            (r"/cari", self._search),
            (r"(?P<path>/berita/\d+-[a-z0-9-]+)", self._article),
            (self.static_path, self.static),
            (r"/atom\.xml", self._feed),
            (FEED, self._feed),
            (r"/peta-situs/indeks\.xml", self._sitemap),
            (r"/robots\.txt", self.robots),
        )

    def path(self, story: Story) -> str:
        """`/berita/722186-slug`."""
        return f"/berita/{serial(story)}-{story.slug}"

    def robots_text(self) -> str:
        """See ROBOTS."""
        return ROBOTS

    def sitemap(self, entries: Sequence[Entry]) -> Resource:
        """One sitemap, gzipped: as a file, not for the transfer."""
        plain = super().sitemap(entries)
        return Resource(body=gzip.compress(plain.body, mtime=0), content_type=GZIP, modified=plain.modified)

    def _front(self, query: Query) -> Resource | None:
        return self._list("/indeks", None, self.stories, query)

    def _index(self, query: Query) -> Resource | None:
        return self._list("/indeks", "Indeks Berita", self.stories, query)

    def _section(self, query: Query, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: (story.section,))
        return self._list(f"/kategori/{name}", heading, stories, query) if stories else None

    def _tag(self, query: Query, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: story.tags)
        return self._list(f"/tag/{name}", f"Tag: {heading}", stories, query) if stories else None

    def _author(self, query: Query, name: str) -> Resource | None:
        heading, stories = self.named(name, lambda story: story.reporters)
        return self._list(f"/penulis/{name}", heading, stories, query) if stories else None

    def _search(self, query: Query) -> Resource | None:
        return self._list("/cari", "Hasil pencarian", self.matching(query.get("q", "")), query)

    def _list(self, path: str, heading: str | None, stories: list[Story], query: Query) -> Resource:
        return self.listing(
            stories,
            page_number(query, "halaman"),
            PAGE_SIZE,
            lambda page: f"{self.origin}{path}?halaman={page}",
            heading=heading,
            # The oldest story stands on top of every list, also behind its last page.
            pinned=self.stories[-1:],
        )

    def _article(self, query: Query, path: str) -> Resource | None:
        story = self.at(path)
        if story is None:
            return self.page("missing.html")
        return self.article(story, page_number(query, "halaman"))

    def data(self, story: Story) -> dict[str, object] | None:
        """The JSON-LD of a story; a part of them has none."""
        if serial(story) % 4 == 0:
            return None
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": self.url(story)},
            "headline": story.title,
            "datePublished": story.published.isoformat(),
            "dateModified": story.modified.isoformat(),
            "author": [{"@type": "Person", "name": name} for name in story.reporters],
            "publisher": {"@type": "Organization", "name": self.title},
        }

    def _feed(self, query: Query) -> Resource | None:
        return self.xml("laravel/atom.xml", content_type=ATOM, stories=self.stories[:FEED_SIZE])

    def _sitemap(self, query: Query) -> Resource | None:
        return self.sitemap_index()
