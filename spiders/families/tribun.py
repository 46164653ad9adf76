"""Tribun: the regional portals of the network, `<kota>.tribunnews.com`.

Feed and news sitemap announce the newest, the sitemap all, or else the index of each day.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.feeds import feed
from spiders.listings import Way
from spiders.lists import Lists, by_day, list_page

ARTICLE = r"/(?:[a-z-]+/)?\d{4}/\d{2}/\d{2}/[^/]+/?"
LISTS = Lists(address=ARTICLE)
"""Front page and index; sidebars link to the same addresses."""
BACK = timedelta(days=31)
"""How far back the index of each day is read where no first day is asked for and no sitemap answers."""


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
        home = self.site.home
        today = datetime.now(ZoneInfo(self.rules.zone)).date()
        last = date.fromisoformat(self.options.until) if self.options.until else today
        first = date.fromisoformat(self.options.since) if self.options.since else last - BACK
        index = f"{home}/index-news?date={last.year}-{last.month}-{last.day}"
        by_days = Way(name="index", url=index, read=by_day(list_page(LISTS), first=first), dated=True)
        if self.options.since:
            yield by_days  # it is asked for these days only
        yield Way(name="feed", url=f"{home}/rss", read=feed, newest=True)
        yield self.news("/regional/sitemap-news.xml")
        yield self.sitemap("/sitemap.xml")
        if not self.options.since:
            yield by_days
        yield Way(name="list", url=f"{home}/", read=list_page(LISTS))
