"""Disway: the network of `*.disway.id`, on CodeIgniter; the feed announces, the sitemap besides."""

from collections.abc import Iterable

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.listings import Way, rss, sitemap


class Disway(PortalSpider):
    """A portal of the Disway network."""

    family = "disway"
    rules = Rules(
        # `/read/<id>/<slug>`, and behind it the offset of a further page.
        address=r"/read/\d+/[^/]+(?:/\d+)?/?",
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
        everything = Way(name="sitemap", url=f"{self.site.home}/sitemap.xml", read=sitemap, whole=True)
        yield Way(name="feed", url=f"{self.site.home}/rss", read=rss, instead=everything)
