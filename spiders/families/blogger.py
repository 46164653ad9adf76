"""Blogger: the JSON feed announces and `/sitemap.xml` besides; where that is closed, the Atom feed, then the archives of the months."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.feeds import blogger_feed, feed
from spiders.listings import Way, with_query
from spiders.lists import Lists, list_page
from spiders.sitemaps import sitemap

ENTRIES_A_PAGE = 150
"""Blogger gives no more at once."""
ARTICLE = r"/\d{4}/\d{2}/[^/]+\.html"
LISTS = Lists(address=ARTICLE, next=("a.blog-pager-older-link",), archives=r"/\d{4}/\d{2}/?")
"""Front page and months. `/search?updated-max=…`, to which "older posts" leads, is closed by Blogger's own robots.txt."""


class Blogger(PortalSpider):
    """A portal on Blogger."""

    family = "blogger"
    rules = Rules(
        address=ARTICLE,
        title=("h1.post-title.entry-title", "h3.post-title.entry-title", ".post-title.entry-title", ".post-title"),
        # Popular and featured posts stand in widgets of their own, with times in the same classes.
        published=(
            ".Blog abbr.published@title",
            ".Blog time.published@datetime",
            "abbr.published@title",
            "h2.date-header span",
            ".date-header",
            "time.published@datetime",
        ),
        body=("div.post-body.entry-content", "div.post-body"),
        # A picture with its caption is a table.
        drop=("table.tr-caption-container",),
        authors=("span[itemprop=author] span[itemprop=name]", ".post-author .fn"),
        tags=(".post-labels a[rel=tag]", ".post-labels a"),
        image=("div.post-body img@src",),
        image_caption=("div.post-body td.tr-caption",),
    )

    def ways(self) -> Iterable[Way]:
        bounds = {}
        if self.options.since:
            bounds["published-min"] = self._midnight(date.fromisoformat(self.options.since))
        if self.options.until:
            bounds["published-max"] = self._midnight(date.fromisoformat(self.options.until) + timedelta(days=1))
        asked = {"max-results": str(ENTRIES_A_PAGE), "start-index": "1"} | bounds
        posts = f"{self.site.home}/feeds/posts/default"
        yield Way(name="feed", url=with_query(posts, {"alt": "json"} | asked), read=blogger_feed)
        yield Way(name="atom", url=with_query(posts, asked), read=feed)
        yield Way(name="sitemap", url=f"{self.site.home}/sitemap.xml", read=sitemap, whole=True)
        yield Way(name="list", url=f"{self.site.home}/", read=list_page(LISTS))

    def _midnight(self, day: date) -> str:
        """The beginning of a day at the portal, with the offset that Blogger would guess without."""
        return datetime.combine(day, time(), self.zone).isoformat()
