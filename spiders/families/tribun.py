"""Tribun: the regional portals of the network, `<kota>.tribunnews.com`; the feed announces, the news sitemap besides."""

from collections.abc import Iterable

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.listings import Way, rss, sitemap


class Tribun(PortalSpider):
    """A regional portal of the Tribun network."""

    family = "tribun"
    rules = Rules(
        article=("#arttitle",),
        title=("h1#arttitle",),
        # Sidebars print times in the same element, so only those of the story's own block count.
        published=("#article time",),
        body=("div.side-article.txt-article", "div.txt-article"),
        drop=("p.baca", "div.baca", "#div-Inside-MediumRectangle"),
        credits=(".credit #penulis", ".credit #editor", ".credit > div"),
        section=("[itemtype*=BreadcrumbList] li:last-child [itemprop=name]",),
        tags=("h5.tagcloud3 a", "[itemprop=keywords] a"),
        image=("#artimg img.imgfull@src", "#artimg img@src"),
        image_caption=("#artimg .grey2",),
        image_credit=("#artimg .ar",),
        next_page=("a.bgblue[href*='page=']", "#paging a[rel=next]"),
    )

    def ways(self) -> Iterable[Way]:
        yield Way(name="feed", url=f"{self.site.home}/rss", read=rss)
        yield Way(name="sitemap", url=f"{self.site.home}/regional/sitemap-news.xml", read=sitemap)
