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
            bounds["published-min"] = f"{self.options.since}T00:00:00"
        if self.options.until:
            bounds["published-max"] = f"{date.fromisoformat(self.options.until) + timedelta(days=1)}T00:00:00"
        asked = {"alt": "json", "start-index": "1", "max-results": str(ENTRIES_A_PAGE)}
        feed = with_query(f"{self.site.home}/feeds/posts/default", asked | bounds)
        everything = Way(name="sitemap", url=f"{self.site.home}/sitemap.xml", read=sitemap, whole=True)
        # A sitemap knows no days of publication, so for some days only it is the second way.
        yield Way(name="feed", url=feed, read=blogger_feed, instead=everything if bounds else None)
        if not bounds:
            yield everything
