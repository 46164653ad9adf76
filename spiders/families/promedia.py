"""Promedia: the CMS of Jawa Pos Radar, Pikiran Rakyat, Suara Merdeka and some hundred others; the sitemap announces, or the feed."""

from collections.abc import Iterable

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.listings import Way, rss, sitemap


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
        feed = Way(name="feed", url=f"{self.site.home}/rss", read=rss)
        yield Way(name="sitemap", url=f"{self.site.home}/sitemap.xml", read=sitemap, whole=True, instead=feed)
