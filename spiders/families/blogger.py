"""Blogger: the JSON feed announces, `/sitemap.xml` besides."""

from collections.abc import Iterable
from datetime import date, timedelta

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.listings import Way, blogger_feed, sitemap, with_query

ENTRIES_A_PAGE = 150
"""Blogger gives no more at once."""


class Blogger(PortalSpider):
    """A portal on Blogger."""

    family = "blogger"
    rules = Rules(
        address=r"/\d{4}/\d{2}/[^/]+\.html",
        title=("h1.post-title.entry-title", "h3.post-title.entry-title", ".post-title.entry-title", ".post-title"),
        published=("abbr.published@title", "time.published@datetime", "h2.date-header span", ".date-header"),
        body=("div.post-body.entry-content", "div.post-body"),
        authors=("span[itemprop=author] span[itemprop=name]", ".post-author .fn"),
        tags=(".post-labels a[rel=tag]", ".post-labels a"),
        image=("div.post-body img@src",),
    )

    def ways(self) -> Iterable[Way]:
        feed = f"{self.site.home}/feeds/posts/default?alt=json&start-index=1&max-results={ENTRIES_A_PAGE}"
        bounds = {}
        if self.options.since:
            bounds["published-min"] = f"{self.options.since}T00:00:00"
        if self.options.until:
            bounds["published-max"] = f"{date.fromisoformat(self.options.until) + timedelta(days=1)}T00:00:00"
        yield Way(name="feed", url=with_query(feed, bounds) if bounds else feed, read=blogger_feed)
        yield Way(name="sitemap", url=f"{self.site.home}/sitemap.xml", read=sitemap, whole=True)
