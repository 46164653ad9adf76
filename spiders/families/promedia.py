"""Promedia: the CMS of Jawa Pos Radar, Pikiran Rakyat, Suara Merdeka and some hundred others.

Feed and news sitemap announce the newest, the sitemap all, or else the index.
"""

from collections.abc import Iterable

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.feeds import feed
from spiders.listings import Way
from spiders.lists import Lists, list_page

LISTS = Lists(
    links=("a.hl__link", ".latest__item .latest__title a.latest__link", ".latest__title a", "a.latest__link"),
    next=(".paging a.paging__link--next", "a.paging__link--next", ".paging__item a[rel=next]"),
)
"""The index and the front page."""


class Promedia(PortalSpider):
    """A portal on the CMS of Promedia."""

    family = "promedia"
    rules = Rules(
        article=("article.read__content",),
        title=("h1.read__title",),
        published=(".read__info__date",),
        body=("article.read__content",),
        authors=(".read__info__author a", ".read__info__author"),
        section=(".breadcrumb__item:last-child a", ".breadcrumb a:last-child"),
        tags=("ul.tag__list a", ".tag--article a"),
        image=(".photo__img img@data-src", ".photo__img img@src"),
        image_caption=(".photo__caption",),
        next_page=(".paging--article a.paging__link--next",),
    )

    def ways(self) -> Iterable[Way]:
        home = self.site.home
        yield Way(name="feed", url=f"{home}/rss", read=feed, newest=True)
        yield self.news("/sitemap-news.xml")
        yield self.sitemap("/sitemap.xml", "/sitemap-web.xml")
        yield Way(name="list", url=f"{home}/indeks-berita", elsewhere=(f"{home}/",), read=list_page(LISTS))
