"""Any other CMS: the sitemaps that robots.txt names or that stand where most do, feeds, the list pages; the generic reading of pages."""

from collections.abc import Iterable

from spiders.base import PortalSpider
from spiders.feeds import named_feed
from spiders.listings import Way
from spiders.lists import Lists, list_page

FEEDS = ("/feed", "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss/terkini.xml")
"""Where feeds stand whose address the front page does not name."""
SITEMAPS = ("/sitemap_index.xml", "/sitemap.xml", "/sitemap-index.xml", "/sitemap.xml.gz", "/wp-sitemap.xml", "/sitemap/index.xml")
NEWS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/news_sitemap.xml")
INDEXES = ("/indeks", "/index", "/indeks-berita", "/terkini", "/berita", "/")
"""Where lists of all stories stand; the front page lists the newest, and leads on where it has pages."""


class SitemapPortal(PortalSpider):
    """A portal on a CMS of its own, or of a family that is not known."""

    family = "sitemap"

    def ways(self) -> Iterable[Way]:
        yield self.sitemap(*SITEMAPS)
        yield self.news(*NEWS)
        yield self.way("feed", ("/#feeds", *FEEDS), named_feed, newest=True)
        yield self.way("list", INDEXES, list_page(Lists(address=self.rules.address)))
