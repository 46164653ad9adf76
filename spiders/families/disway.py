"""Disway: the network of `*.disway.id`, on CodeIgniter.

The feed announces the newest, the sitemap all, or else the lists of the sections.
"""

from collections.abc import Iterable

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.feeds import feed
from spiders.listings import Way
from spiders.lists import Lists, list_page

ARTICLE = r"/read/\d+/[^/]+(?:/\d+)?/?"
LISTS = Lists(
    address=ARTICLE,
    # Tickers and sidebars head their links with h4.
    links=("div.media-content h2.media-heading a", "h2.media-heading a"),
    next=("ul.pagination a[rel=next]", "a[data-ci-pagination-page][rel=next]"),
    archives=r"/kategori(?:/\d+)?/[^/]+/?",
)
"""Front page and sections."""


class Disway(PortalSpider):
    """A portal of the Disway network."""

    family = "disway"
    rules = Rules(
        # `/read/<id>/<slug>`, and behind it the offset of a further page.
        address=ARTICLE,
        title=("h1.text-black",),
        # Tickers and sidebars print `span.date` too.
        published=("div.post-info span.date",),
        body=("div.post.text-black-1",),
        drop=(".post-info", "div.post-image + p"),
        authors=("#author",),
        editors=("#editor",),
        section=("ul.breadcrumb li:last-child a", "ul.breadcrumb li a:last-child"),
        tags=("div.news-tags a[href*='/listtag/']", ".post a[href*='/listtag/']"),
        image=("div.post-image img@data-src", "div.post-image img@src"),
        image_caption=("div.post-image + p", "div.post-image p", "p.image-caption"),
        next_page=("ul.pagination a[rel=next]", "a[data-ci-pagination-page][rel=next]"),
    )

    def ways(self) -> Iterable[Way]:
        home = self.site.home
        yield Way(name="feed", url=f"{home}/rss", read=feed, newest=True)
        yield self.sitemap("/sitemap.xml")
        yield Way(name="list", url=f"{home}/", read=list_page(LISTS))
