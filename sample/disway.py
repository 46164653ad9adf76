"""The sample portal of the Disway network: CodeIgniter's addresses, in which a further page is an offset."""

from collections.abc import Sequence

from sample.portal import Query, Resource, Route, advertisement
from sample.serayu import SerayuPortal, serial
from sample.stories import Story

PAGE_SIZE = 30  # stories on a list page; the offset of the next is as large
TEXT_SIZE = 15  # what the offset grows by from page to page of a story

ROBOTS = """User-agent: *
Disallow: /login
Disallow: {refused}

Sitemap: {origin}/sitemap.xml
"""


class HarianSerayu(SerayuPortal):
    """The portal in the markup of Disway; without a REST interface, with a feed of ten stories."""

    name = "harianserayu"
    origin = "https://harianserayu.disway.example"
    title = "Harian Serayu"
    templates = "disway"
    search_path = "/search/kata/?c="
    month_path = "/sitemap-{month}.xml"
    deleted_path = "/read/705060/jadwal-operasi-pasar-pekan-ini"
    refused = advertisement("Harian Serayu")

    def routes(self) -> Sequence[Route]:
        """The paths of a Disway portal, each with what answers it."""
        offset = r"(?:/(?P<offset>\d{1,4}))?"
        return (
            (r"/", self._front),
            (rf"/kategori/(?P<slug>[a-z0-9-]+){offset}", self._category),
            (rf"/listtag/\d+/(?P<slug>[a-z0-9-]+){offset}", self._tag),
            (rf"/author/(?P<slug>[a-z0-9-]+){offset}", self._author),
            (r"/search/kata/", self._search),
            (rf"(?P<path>/read/\d+/[a-z0-9-]+){offset}", self._article),
            (self.static_path, self.static),
            (r"/rss(?:/(?P<slug>[a-z0-9-]+))?", self._feed),
            (r"/sitemap\.xml", self._sitemap),
            (r"/robots\.txt", self.robots),
        )

    def path(self, story: Story) -> str:
        """`/read/722186/slug`."""
        return f"/read/{serial(story)}/{story.slug}"

    def robots_text(self) -> str:
        """See ROBOTS."""
        return ROBOTS

    def _front(self, query: Query) -> Resource | None:
        return self.page("list.html", heading=None, stories=self.stories[:PAGE_SIZE], number=1, pages={})

    def _category(self, query: Query, slug: str, offset: str | None) -> Resource | None:
        # Every section is one of `berita`.
        name, stories = ("Berita", self.stories) if slug == "berita" else self.named(slug, lambda story: (story.section,))
        return self._pages(f"/kategori/{slug}", name, stories, offset)

    def _tag(self, query: Query, slug: str, offset: str | None) -> Resource | None:
        name, stories = self.named(slug, lambda story: story.tags)
        return self._pages(f"/listtag/{tag_number(slug)}/{slug}", f"Tag: {name}", stories, offset)

    def _author(self, query: Query, slug: str, offset: str | None) -> Resource | None:
        name, stories = self.named(slug, lambda story: story.reporters)
        return self._pages(f"/author/{slug}", name, stories, offset)

    def _pages(self, path: str, heading: str, stories: list[Story], offset: str | None) -> Resource | None:
        start = int(offset or 0)
        if start >= len(stories) or start % PAGE_SIZE:
            return None
        return self.listing(stories, start // PAGE_SIZE + 1, PAGE_SIZE, lambda page: self._offset(path, page, PAGE_SIZE), heading=heading)

    def _offset(self, path: str, page: int, size: int) -> str:
        return self.origin + path + (f"/{(page - 1) * size}" if page > 1 else "")

    def _search(self, query: Query) -> Resource | None:
        stories = self.matching(query.get("c", ""))
        return self.listing(stories, 1, max(len(stories), 1), lambda page: self.origin, heading="Hasil pencarian")

    def _article(self, query: Query, path: str, offset: str | None) -> Resource | None:
        start = int(offset or 0)
        return self.article(self.at(path), start // TEXT_SIZE + 1) if start % TEXT_SIZE == 0 else None

    def page_url(self, story: Story, number: int) -> str:
        """The address of a page of a story."""
        return self._offset(self.path(story), number, TEXT_SIZE)

    def _feed(self, query: Query, slug: str | None) -> Resource | None:
        stories = self.named(slug, lambda story: (story.section,))[1] if slug else self.stories
        return self.feed(stories) if stories else None

    def _sitemap(self, query: Query) -> Resource | None:
        return self.sitemap_index()

    def frame(self) -> dict[str, object]:
        """What every page prints, and how tags are numbered."""
        return {**super().frame(), "tag_number": tag_number}


def tag_number(slug: str) -> int:
    """The number that stands before a tag in its address."""
    return 4000 + sum(map(ord, slug))
