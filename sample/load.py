"""The load portal: any number of invented stories behind WordPress's REST interface and sitemaps, each page made when it is asked for."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC
from functools import cached_property

from sample.invented import InventedPortal, invent
from sample.portal import JSON, Entry, Query, Resource, Route
from sample.stories import Story

ARTICLES = 20_000
PAGE_SIZE = 40  # KiB of a page; those of portals have 20 to 80
POSTS = 100  # on a page of the REST interface, at most
SITEMAP_SIZE = 2_000  # addresses in one sitemap, as WordPress has them

_FURNITURE = (
    '<ul class="menu"><li class="menu-item"><a href="/kanal/{0}/">Kanal {0}</a></li></ul>'
    '<div class="kartu"><h3 class="kartu__judul"><a href="/baca/{0}/">Warga Desa {0} Bangun Jembatan Bambu</a></h3>'
    '<img src="/foto/{0}.jpg" alt=""><span class="kartu__waktu">Senin, {1} Maret 2021</span></div>'
    "<script>window.slot_{0} = {{id: {0}, sizes: [[300, 250], [336, 280]], lazy: true}};</script>\n"
)


class Muatan(InventedPortal):
    """The portal, with so many stories on pages of about `page_size` KiB. They cannot be edited, removed or added to."""

    name = "muatan"
    origin = "https://muatan.example"
    title = "Muatan"

    def __init__(self, articles: int = ARTICLES, *, page_size: int = PAGE_SIZE) -> None:
        super().__init__(())
        self.articles = articles
        self._page_size = page_size * 1024

    @property
    def stories(self) -> list[Story]:
        """All stories, newest first."""
        return list(self._from(0, self.articles))

    @cached_property
    def filling(self) -> str:  # type: ignore[override]
        """Menus, headlines and scripts up to the size of a page, whose story takes about six kilobytes."""
        pieces = "".join(_FURNITURE.format(number, number % 27 + 1) for number in range(self._page_size // 300))
        return f'<aside id="secondary">{pieces[: max(self._page_size - 6_000, 0)].rpartition(chr(10))[0]}</aside>\n'

    def routes(self) -> Sequence[Route]:
        """The paths that a crawl asks for."""
        return (
            (r"(?P<path>/\d{4}/\d{2}/\d{2}/[a-z-]+-(?P<number>\d{1,9})/)", self._article),
            (r"/wp-json/wp/v2/posts", self._posts),
            (r"/wp-sitemap\.xml", self._sitemap),
            (r"/wp-sitemap-posts-post-(?P<number>\d{1,6})\.xml", self._sitemap_posts),
            (r"/robots\.txt", self._robots),
        )

    def _from(self, start: int, end: int) -> Iterator[Story]:
        """The stories from one rank to another, newest first."""
        return (invent(self.articles - 1 - rank, seed=self.name) for rank in range(start, min(end, self.articles)))

    def _article(self, query: Query, path: str, number: str) -> Resource | None:
        if int(number) >= self.articles:
            return None
        story = invent(int(number), seed=self.name)
        return Resource(body=self.html(story).encode(), modified=story.modified) if self.path(story) == path else None

    def _posts(self, query: Query) -> Resource:
        """A page of the REST interface, with the fields that say where a story is and when it changed."""
        page, size = _number(query, "page", 1), min(_number(query, "per_page", 10), POSTS)
        pages = -(-self.articles // size)
        if page > max(pages, 1):
            return Resource(body=b'{"code":"rest_post_invalid_page_number","data":{"status":400}}', content_type=JSON, status=400)
        told = []
        for story in self._from((page - 1) * size, page * size):
            moment = f"{story.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
            told.append({"link": self.url(story), "date_gmt": moment, "modified_gmt": moment})
        headers = {"X-WP-Total": str(self.articles), "X-WP-TotalPages": str(pages)}
        return Resource(body=json.dumps(told).encode(), content_type=JSON, modified=self.changed, headers=headers)

    def _sitemap(self, query: Query) -> Resource:
        files = range(1, -(-self.articles // SITEMAP_SIZE) + 1)
        return self.xml("sitemapindex.xml", parts=[Entry(f"{self.origin}/wp-sitemap-posts-post-{number}.xml") for number in files])

    def _sitemap_posts(self, query: Query, number: str) -> Resource | None:
        end = int(number) * SITEMAP_SIZE
        entries = [Entry(self.url(story), story.modified.isoformat()) for story in self._from(end - SITEMAP_SIZE, end)]
        return self.xml("sitemap.xml", entries=entries) if entries and end else None

    def _robots(self, query: Query) -> Resource:
        return self.text(f"User-agent: *\nDisallow: /wp-admin/\n\nSitemap: {self.origin}/wp-sitemap.xml\n")


def _number(query: Query, name: str, default: int) -> int:
    value = query.get(name, "")
    return max(int(value), 1) if value.isdecimal() else default
