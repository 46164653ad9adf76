"""The sample portal on WordPress with idtheme's WpBerita: its addresses, pages, RSS and sitemap."""

import re
from collections.abc import Sequence
from datetime import UTC
from email.utils import format_datetime

from markupsafe import Markup

from sample import printed
from sample.portal import SITEMAP_SIZE, TEMPLATES, Entry, Portal, Query, Resource, Route, advertisement, pieces
from sample.stories import Block, Story
from sample.wordpress_rest import index, posts

PAGE_SIZE = 10  # stories on a list page and in a page of the feed

ROBOTS = """User-agent: *
Disallow: /wp-admin/
Allow: /wp-admin/admin-ajax.php
Disallow: {refused}

Sitemap: {origin}/wp-sitemap.xml
"""

# The portal opens a story with the name of its place in bold and, but for some older ones, nothing between that and the text.
_PLACE = re.compile(
    r"(?:Kota |Kabupaten )?(?:Bengkulu (?:Selatan|Utara|Tengah)|Rejang Lebong|Muko-?muko|Kepahiang|Seluma|Kaur|Lebong|Curup|Manna|Tais"
    r"|Bintuhan|Arga ?makmur|Muara ?Aman|Karang Tinggi|Ipuh|Enggano|Ketahun|Benteng|Jakarta|Bengkulu)(?:, rakyatbengkulu\.com –)?(?= )",
    re.IGNORECASE,
)


class RakyatBengkulu(Portal):
    """The portal in WpBerita's markup."""

    name = "rakyatbengkulu"
    origin = "https://rakyatbengkulu.com"
    title = "Rakyat Bengkulu"
    templates = "wordpress"
    static_path = "/redaksi/"
    deleted_path = "/2021/02/03/jadwal-operasi-pasar-pekan-ini/"
    refused = advertisement("Rakyat Bengkulu")

    def routes(self) -> Sequence[Route]:
        """The paths of a WordPress site, each with what answers it."""
        paged = r"(?:page/(?P<page>[1-9]\d{0,3})/)?"
        return (
            (rf"/{paged}", self._list),
            (rf"/category/(?P<category>[a-z0-9-]+)/{paged}", self._category),
            (rf"/tag/(?P<tag>[a-z0-9-]+)/{paged}", self._tag),
            (rf"/author/admin/{paged}", self._author),
            (r"(?P<path>/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/)(?:(?P<page>[2-9])/)?", self._article),
            (re.escape(self.static_path), self._static),
            (r"/wp-json/", self._interfaces),
            (r"/wp-json/wp/v2/posts", self._posts),
            (r"/feed/", self._feed),
            (r"/wp-sitemap\.xml", self._sitemap),
            (r"/wp-sitemap-posts-post-(?P<number>\d{1,4})\.xml", self._sitemap_posts),
            (r"/wp-sitemap-posts-page-1\.xml", self._sitemap_pages),
            (r"/robots\.txt", self._robots),
        )

    def path(self, story: Story) -> str:
        """`/2021/03/25/slug/`."""
        return f"/{story.published:%Y/%m/%d}/{story.slug}/"

    def frame(self) -> dict[str, object]:
        """The sections of the menu and the date in the masthead."""
        stories = self.stories
        # The true masthead says today; here it is the newest story's day, so that pages stay the same from one crawl to the next.
        return {"sections": sorted({story.section for story in stories}), "today": (stories or [self.refused])[0].published}

    def content(self, story: Story) -> str:
        """The story's text as HTML, all its pages: what REST and RSS give."""
        return "\n<!--nextpage-->\n".join(self.page_content(story, number) for number in range(1, len(story.pages) + 1))

    def page_content(self, story: Story, page: int) -> Markup:
        """The text of one page of a story as HTML: what stands in `div.entry-content` before the theme's own footer."""
        body = TEMPLATES.get_template("wordpress/body.html")
        return Markup(body.render(story=story, page=page, portal=self).strip())  # the template has escaped it

    def related(self, title: str) -> str:
        """The address behind a `Baca Juga` title: that of the story, or a search where the portal no longer has it."""
        return super().related(title) or f"{self.origin}/?s={printed.slug(title).replace('-', '+')}"

    def _list(self, query: Query, page: str | None) -> Resource | None:
        return self._listing("/", self.stories, page)

    def _category(self, query: Query, category: str, page: str | None) -> Resource | None:
        stories = [story for story in self.stories if printed.slug(story.section) == category]
        return self._listing(f"/category/{category}/", stories, page, heading=f"Kategori: {stories[0].section}") if stories else None

    def _tag(self, query: Query, tag: str, page: str | None) -> Resource | None:
        names = {name for story in self.stories for name in story.tags if printed.slug(name) == tag}
        stories = [story for story in self.stories if names & set(story.tags)]
        return self._listing(f"/tag/{tag}/", stories, page, heading=f"Tag: {min(names)}") if stories else None

    def _author(self, query: Query, page: str | None) -> Resource | None:
        return self._listing("/author/admin/", self.stories, page, heading="Admin")

    def _listing(self, path: str, stories: list[Story], page: str | None, heading: str | None = None) -> Resource | None:
        parts = list(pieces(stories, PAGE_SIZE))
        number = int(page or 1)
        if number > len(parts):
            return None
        pages = {other: f"{self.origin}{path}" + (f"page/{other}/" if other > 1 else "") for other in range(1, len(parts) + 1)}
        headline = stories[0] if path == "/" and number == 1 and stories else None
        shown = self.topped(parts[number - 1])
        return self.page("list.html", heading=heading, stories=shown, number=number, pages=pages, headline=headline)

    def _article(self, query: Query, path: str, page: str | None) -> Resource | None:
        story = next((story for story in (*self.stories, self.refused) if self.path(story) == path), None)
        number = int(page or 1)
        if story is None or number > len(story.pages):
            return None
        # Last-Modified speaks of the story; that the headlines around it changed shows in the entity tag.
        return self.page(
            "article.html",
            modified=story.modified,
            story=story,
            number=number,
            content=self.page_content(story, number),
            credits=credit_pairs(story),
            graph=_graph(self, story) if story.number % 3 else None,
            related=self.latest(story),
            popular=self.popular(story),
        )

    def _static(self, query: Query) -> Resource | None:
        return self.page("static.html")

    def _robots(self, query: Query) -> Resource | None:
        return self.text(ROBOTS.format(refused=self.path(self.refused), origin=self.origin))

    def _interfaces(self, query: Query) -> Resource | None:
        return index(self)

    def _posts(self, query: Query) -> Resource | None:
        return posts(self, query)

    def _feed(self, query: Query) -> Resource | None:
        parts = list(pieces(self.stories, PAGE_SIZE))
        paged = query.get("paged", "1")
        if not paged.isdecimal() or not 0 < int(paged) <= len(parts):
            return None
        stories = [(story, format_datetime(story.published.astimezone(UTC))) for story in parts[int(paged) - 1]]
        built = format_datetime(self.changed.astimezone(UTC))
        return self.xml("wordpress/feed.xml", content_type="application/rss+xml; charset=UTF-8", stories=stories, built=built)

    def _sitemap_files(self) -> list[Sequence[Entry]]:
        """The addresses of the stories, oldest first as WordPress lists them, in files."""
        entries = [Entry(self.url(story), story.modified.isoformat()) for story in (self.refused, *reversed(self.stories))]
        entries.insert(0, Entry(self.origin + self.deleted_path, "2021-02-08T09:15:00+07:00"))
        return list(pieces(entries, SITEMAP_SIZE))

    def _sitemap(self, query: Query) -> Resource | None:
        parts = [Entry(f"{self.origin}/wp-sitemap-posts-post-{number}.xml") for number in range(1, len(self._sitemap_files()) + 1)]
        return self.xml("sitemapindex.xml", parts=[*parts, Entry(f"{self.origin}/wp-sitemap-posts-page-1.xml")])

    def _sitemap_posts(self, query: Query, number: str) -> Resource | None:
        files = self._sitemap_files()
        return self.xml("sitemap.xml", entries=files[int(number) - 1]) if 0 < int(number) <= len(files) else None

    def _sitemap_pages(self, query: Query) -> Resource | None:
        return self.xml("sitemap.xml", entries=[Entry(self.origin + self.static_path, "2020-08-17T10:00:00+07:00")])


def credit_pairs(story: Story) -> list[tuple[str, str]]:
    """The credit lines as (label, value) pairs, which the theme prints once more below the tags."""
    parts = [part.strip() for line in story.tail for part in line.split("|")]
    found = [re.fullmatch(r"(\w+)(?:\s*:\s*|\s+)(.+)", part) for part in parts]
    return [(pair[1], pair[2]) for pair in found if pair]


def lead(block: Block) -> tuple[str, str]:
    """A first line's place and what follows it; an empty place where the line opens with none."""
    found = _PLACE.match(block.lines[0])
    return (found[0], block.lines[0][found.end() :]) if found else ("", block.lines[0])


TEMPLATES.filters.update(lead=lead)


def _graph(portal: RakyatBengkulu, story: Story) -> dict[str, object]:
    """The JSON-LD that the Yoast plugin writes; its times are in UTC."""
    url = portal.url(story)
    published, modified = (moment.astimezone(UTC).isoformat() for moment in (story.published, story.modified))
    site: dict[str, object] = {"@type": "WebSite", "@id": f"{portal.origin}/#website", "url": f"{portal.origin}/", "name": portal.title}
    page = {"@type": "WebPage", "@id": f"{url}#webpage", "url": url, "name": f"{story.title} - {portal.title}"}
    article = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": story.title,
        "author": {"@type": "Person", "name": "admin", "@id": f"{portal.origin}/#/schema/person/1"},
        "articleSection": [story.section],
        "keywords": list(story.tags),
        "inLanguage": "id",
    }
    dates = {"datePublished": published, "dateModified": modified}
    return {"@context": "https://schema.org", "@graph": [site, {**page, **dates}, {**article, **dates}]}
