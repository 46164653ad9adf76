"""WordPress: the REST interface announces, the RSS feed where that is closed, the sitemap besides."""

from collections.abc import Iterable
from datetime import date, timedelta

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.listings import Way, rss, sitemap, with_query, wordpress_posts

POSTS_A_PAGE = 100
"""WordPress gives no more at once."""


class WordPress(PortalSpider):
    """A portal on WordPress, with the theme of idtheme (WpBerita, Newkarma, Bloggingpro …), tagDiv, JNews or Jannah."""

    family = "wordpress"
    rules = Rules(
        article=("body.single-post", "body.single", "article.type-post.content-single"),
        title=("h1.entry-title", "h1.jeg_post_title", "h1.post-title", "h1.tdb-title-text"),
        # Sidebars print times of other stories in the same classes, so each of these stands in the story's own header.
        published=(
            ".entry-header time.entry-date.published@datetime",
            ".entry-header time.entry-date@datetime",
            "article header time[datetime]@datetime",
            ".jeg_meta_date a",
            ".post-meta span.date.meta-item",
        ),
        modified=(".entry-header time.updated@datetime", "article header time.updated@datetime"),
        body=(
            "div.entry-content-single",
            "div.td-post-content",
            "div.tdb-block-inner",
            "div.content-inner",
            "div.entry-content",
            "div.entry",
        ),
        cut=("div.jeg_share_bottom_container", "div.sharedaddy.sd-sharing-enabled"),
        authors=(".entry-author", ".author.vcard a", ".author.vcard", ".jeg_meta_author a", ".td-post-author-name a"),
        section=(".cat-links-content a", ".cat-links a", ".jeg_meta_category a", ".td-post-category"),
        tags=(".tags-links a[rel=tag]", ".entry-tags a[rel=tag]", "a[rel=tag]"),
        image=("figure.post-thumbnail img@src", ".gmr-thumbnail-single img@src", ".featured_image img@src"),
        image_caption=("figure.post-thumbnail figcaption", ".wp-caption-text"),
        next_page=(".page-links .current + a", ".page-links a.next", "link[rel=next]"),
    )

    def ways(self) -> Iterable[Way]:
        posts = f"{self.site.home}/wp-json/wp/v2/posts?per_page={POSTS_A_PAGE}&page=1&_fields=link,date_gmt,modified_gmt"
        bounds = {}
        if self.options.since:
            bounds["after"] = f"{date.fromisoformat(self.options.since) - timedelta(days=1)}T23:59:59"
        if self.options.until:
            bounds["before"] = f"{date.fromisoformat(self.options.until) + timedelta(days=1)}T00:00:00"
        feed = Way(name="feed", url=f"{self.site.home}/feed/?paged=1", read=rss)
        yield Way(name="rest", url=with_query(posts, bounds) if bounds else posts, read=wordpress_posts, instead=feed)
        yoast = Way(name="sitemap", url=f"{self.site.home}/sitemap_index.xml", read=sitemap, whole=True)
        yield Way(name="sitemap", url=f"{self.site.home}/wp-sitemap.xml", read=sitemap, whole=True, instead=yoast)
