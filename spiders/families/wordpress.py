"""WordPress: the REST interface announces and the sitemap besides; where that is closed, the RSS feed, then the list pages."""

from collections.abc import Iterable
from datetime import date, timedelta

from pipelines.rules import Rules
from spiders.base import PortalSpider
from spiders.feeds import feed, wordpress_posts
from spiders.listings import Way, with_query
from spiders.lists import Lists, list_page

POSTS_A_PAGE = 100
"""WordPress gives no more at once."""
LISTS = Lists(
    links=(
        "#infinite-container article h2 a",
        "article h2.entry-title a",
        "article h3.entry-title a",
        "div.box-content h2.entry-title a",
        "div.item-article h2.entry-title a",
        "h3.td-module-title a",
        "article.jeg_post .jeg_post_title a",
        "ul#posts-container h2.post-title a",
        "article.item-list h2.post-box-title a",
        "h2.entry-title a",
    ),
)
"""Front page and `/page/N/` of the themes."""


class WordPress(PortalSpider):
    """A portal on WordPress, with the theme of idtheme (WpBerita, Newkarma, Bloggingpro …), tagDiv, JNews or Jannah."""

    family = "wordpress"
    rules = Rules(
        # The page of an attachment is `single` too.
        article=("body.single-post", "body.single:not(.single-attachment)", "article.type-post.content-single"),
        title=("h1.entry-title", "h1.jeg_post_title", "h1.post-title", "h1.tdb-title-text"),
        # Menus and sidebars print times and names of other stories in the same classes, so each of these stands in the story's own header.
        published=(
            ".entry-header time.entry-date.published@datetime",
            ".entry-header time.entry-date@datetime",
            ".td-post-title time.entry-date@datetime",
            ".tdb_single_date time.entry-date@datetime",
            "article header time[datetime]@datetime",
            ".entry-header .jeg_meta_date a",
            ".entry-header .post-meta span.date.meta-item",
            ".post-inner > .post-meta .tie-date",
            "li.post-date[itemprop=datePublished]@content",
            ".mg-header .mg-blog-date",
        ),
        modified=(
            "li.post-modified[itemprop=dateModified]@content",
            ".entry-header time.updated:not(.entry-date)@datetime",
            "article header time.updated:not(.entry-date)@datetime",
        ),
        body=(
            "div.entry-content-single",
            "div.td-post-content",
            "div.tdb_single_content div.tdb-block-inner",
            "div.content-inner",
            "article.page-content-single",
            "div.entry-summary[itemprop=text]",
            "div.entry-content",
            "div.entry",
        ),
        # Pictures with captions as the classic editor writes them; newer themes make figures of them.
        drop=("div.wp-caption",),
        cut=("div.jeg_share_bottom_container", "div.sharedaddy.sd-sharing-enabled", "div.post-meta-wrapper"),
        authors=(
            ".entry-header .entry-author",
            ".entry-header .author.vcard a",
            ".entry-header .author.vcard",
            ".entry-header .jeg_meta_author a",
            ".entry-header .meta-author a",
            ".td-post-title .td-post-author-name a",
            ".tdb_single_author .tdb-author-name",
            ".post-author .author-name",
            ".entry-author",
        ),
        section=(
            ".cat-links-content a",
            ".entry-header .cat-links a",
            ".cat-links a",
            ".entry-header .jeg_meta_category a",
            ".entry-header .post-cat",
            "article .td-category a",
            ".tdb_single_categories .tdb-entry-category",
        ),
        tags=(
            ".tags-links a[rel=tag]",
            ".entry-tags a[rel=tag]",
            ".td-tags a",
            ".tdb-tags a",
            ".newsup-tags a",
            ".post-tag a[rel=tag]",
            "a[rel=tag]",
        ),
        # Themes that load pictures late keep the address in `data-src` and a blank picture in `src`.
        image=(
            "figure.post-thumbnail img@src",
            ".gmr-thumbnail-single img@src",
            ".td-post-featured-image img@src",
            ".featured_image img@data-src",
            ".featured_image img@src",
            ".single-featured-image img@src",
            "img.single-featured-image@src",
            ".post-featured-image img@src",
            ".single-post-thumb img@src",
        ),
        image_caption=(
            "figure.post-thumbnail figcaption",
            ".single-featured-image figcaption",
            ".tdb_single_featured_image figcaption",
            ".post-featured-image figcaption",
            ".single-post-caption",
            ".wp-caption-text",
        ),
        # Never `link[rel=next]`: older WordPress names the next story there, not the next page.
        next_page=(".page-links .current + a", ".page-links a.next"),
    )

    def ways(self) -> Iterable[Way]:
        bounds = {}
        if self.options.since:
            bounds["after"] = f"{date.fromisoformat(self.options.since) - timedelta(days=1)}T23:59:59"
        if self.options.until:
            bounds["before"] = f"{date.fromisoformat(self.options.until) + timedelta(days=1)}T00:00:00"
        asked = {"per_page": str(POSTS_A_PAGE), "page": "1", "_fields": "link,date_gmt,modified_gmt"}
        home = self.site.home
        yield Way(name="rest", url=with_query(f"{home}/wp-json/wp/v2/posts", asked | bounds), read=wordpress_posts)
        yield Way(name="feed", url=f"{home}/feed/?paged=1", read=feed, ends_on=404)
        yield self.sitemap("/wp-sitemap.xml", "/sitemap_index.xml", "/sitemap.xml")
        yield Way(name="list", url=f"{home}/", read=list_page(LISTS), ends_on=404)
