"""The sample portal on Blogger: its addresses, pages, JSON feed and sitemap."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import quote, urlencode

from sample import printed
from sample.portal import JSON, SITEMAP_SIZE, TEMPLATES, TEXT, Entry, Portal, Query, Resource, Route, advertisement, pieces
from sample.stories import Story

PAGE_SIZE = 7  # stories on a list page
FEED_SIZE = 150  # what Blogger gives at most, whatever max-results asks for

ATOM = "application/atom+xml; charset=UTF-8"

_BLOG = "tag:blogger.com,1999:blog-6204917754083621175"

ROBOTS = """User-agent: Mediapartners-Google
Disallow:

User-agent: *
Disallow: /search
Disallow: /share-widget
Disallow: {refused}
Allow: /

Sitemap: {origin}/sitemap.xml
"""


class KebumenEkspres(Portal):
    """The portal in Blogger's markup. Blogger prints a story on one page, so page breaks in a story have no effect here."""

    name = "kebumenekspres"
    origin = "https://kebumenekspres.com"
    title = "Kebumen Ekspres"
    templates = "blogger"
    static_path = "/p/redaksi.html"
    deleted_path = "/2021/02/jadwal-pemadaman-listrik-pekan-ini.html"
    refused = advertisement("Kebumen Ekspres")

    def routes(self) -> Sequence[Route]:
        """The paths of a Blogger site, each with what answers it."""
        return (
            (r"/", self._list),
            (r"/search", self._list),
            (r"/search/label/(?P<label>[^/]+)", self._label),
            (r"/(?P<year>\d{4})/(?:(?P<month>\d{2})/)?", self._archive),
            (r"/(?P<year>\d{4})/(?P<month>\d{2})/(?P<slug>[a-z0-9-]+)\.html", self._article),
            (re.escape(self.static_path), self._static),
            (r"/feeds/posts/default", self._feed),
            (r"/sitemap\.xml", self._sitemap),
            (r"/sitemap-pages\.xml", self._sitemap_pages),
            (r"/robots\.txt", self._robots),
        )

    def path(self, story: Story) -> str:
        """`/2021/03/slug.html`."""
        return f"/{story.published:%Y/%m}/{story.slug}.html"

    def frame(self) -> dict[str, object]:
        """The labels and the months of the sidebar."""
        months: dict[str, datetime] = {f"{story.published:%Y/%m}": story.published for story in self.stories}
        return {"sections": sorted({story.section for story in self.stories}), "months": months, "labels": labels}

    def content(self, story: Story) -> str:
        """The story's text as HTML: what stands in `div.post-body` and in the feed."""
        return TEMPLATES.get_template("blogger/body.html").render(story=story, portal=self).strip()

    def _list(self, query: Query) -> Resource | None:
        before = _moment(query.get("updated-max", ""))
        stories = [story for story in self.stories if before is None or story.published < before]
        shown = stories[:PAGE_SIZE]
        older = None
        if len(stories) > PAGE_SIZE:
            # Blogger pages by time, not by number; a site of its own domain is given this address for it.
            older = f"{self.origin}/?{urlencode({'updated-max': shown[-1].published.isoformat(), 'max-results': PAGE_SIZE})}"
        return self._listing(shown, older=older, headline=stories[0] if stories and not query else None)

    def _label(self, query: Query, label: str) -> Resource | None:
        stories = [story for story in self.stories if label in labels(story)]
        return self._listing(stories, heading=f"Label: {label}") if stories else None

    def _archive(self, query: Query, year: str, month: str | None) -> Resource | None:
        stories = [story for story in self.stories if f"{story.published:%Y}" == year and month in (None, f"{story.published:%m}")]
        heading = f"Arsip {year}" if month is None else f"Arsip {month}/{year}"
        return self._listing(stories, heading=heading) if stories else None

    def _listing(
        self, stories: list[Story], *, heading: str | None = None, older: str | None = None, headline: Story | None = None
    ) -> Resource:
        days = [(day, list(group)) for day, group in groupby(self.topped(stories), key=date_line)]
        return self.page("list.html", days=days, heading=heading, older=older, headline=headline)

    def _article(self, query: Query, year: str, month: str, slug: str) -> Resource | None:
        stories = self.stories
        story = next((story for story in (*stories, self.refused) if self.path(story) == f"/{year}/{month}/{slug}.html"), None)
        if story is None:
            return None
        newer = [other for other in stories if other.published > story.published][-1:]
        older = [other for other in stories if other.published < story.published][:1]
        # Last-Modified speaks of the story; that the headlines around it changed shows in the entity tag.
        return self.page(
            "article.html",
            modified=story.modified,
            story=story,
            newer=newer,
            older=older,
            others=self.latest(story),
            popular=self.popular(story),
        )

    def _static(self, query: Query) -> Resource | None:
        return self.page("static.html")

    def _robots(self, query: Query) -> Resource | None:
        return self.text(ROBOTS.format(refused=self.path(self.refused), origin=self.origin))

    def _sitemap(self, query: Query) -> Resource | None:
        entries = [Entry(self.url(story), _zulu(story.modified)) for story in (*self.stories, self.refused)]
        entries.append(Entry(self.origin + self.deleted_path, "2021-02-08T02:15:00Z"))
        files = list(pieces(entries, SITEMAP_SIZE))
        if "page" in query:
            page = int(query["page"]) if query["page"].isdecimal() else 0
            return self.xml("sitemap.xml", entries=files[page - 1]) if 0 < page <= len(files) else None
        parts = [Entry(f"{self.origin}/sitemap.xml?page={page}") for page in range(1, len(files) + 1)]
        return self.xml("sitemapindex.xml", parts=[*parts, Entry(f"{self.origin}/sitemap-pages.xml")])

    def _sitemap_pages(self, query: Query) -> Resource | None:
        return self.xml("sitemap.xml", entries=[Entry(self.origin + self.static_path, "2020-08-17T03:00:00Z")])

    def _feed(self, query: Query) -> Resource | None:
        """The feed: as JSON with `alt=json`, else as Atom."""
        by_update = query.get("orderby") in ("updated", "lastmodified")
        # As at Blogger, the bounds of `updated` count only where the feed is ordered by it.
        names = ["published", "updated"] if by_update else ["published"]
        bounds = {f"{name}-{end}": query.get(f"{name}-{end}") for name in names for end in ("min", "max")}
        moments = {name: _moment(value) for name, value in bounds.items() if value}
        numbers = {name: query.get(name, given) for name, given in (("start-index", "1"), ("max-results", "25"))}
        wrong = [name for name, moment in moments.items() if moment is None]
        wrong += [name for name, value in numbers.items() if not value.isdecimal() or value == "0"]
        if wrong:
            return Resource(body=f"Invalid value for parameter: {wrong[0]}".encode(), content_type=TEXT, status=400)
        stories = [story for story in self.stories if _within(story, moments)]
        if by_update:
            stories.sort(key=lambda story: (story.modified, story.slug), reverse=True)
        start, size = int(numbers["start-index"]), min(int(numbers["max-results"]), FEED_SIZE)
        if query.get("alt") != "json":
            return self._atom(stories, start, size, query)
        feed = self._feed_document(stories, start, size, query)
        return Resource(body=json.dumps(feed, ensure_ascii=False).encode(), content_type=JSON, modified=self.changed)

    def _feed_document(self, stories: list[Story], start: int, size: int, query: Query) -> dict[str, object]:
        shown = stories[start - 1 : start - 1 + size]
        link = [{"rel": "alternate", "type": "text/html", "href": f"{self.origin}/"}]
        if following := self._behind(stories, start, size, query):
            link.append({"rel": "next", "type": "application/json", "href": following})
        feed: dict[str, object] = {
            "xmlns": "http://www.w3.org/2005/Atom",
            "xmlns$openSearch": "http://a9.com/-/spec/opensearchrss/1.0/",
            "id": _text(_BLOG),
            "updated": _text(stamp(self.changed)),
            "category": [{"term": label} for label in sorted({label for story in stories for label in labels(story)})],
            "title": {"type": "text", "$t": self.title},
            "subtitle": {"type": "html", "$t": ""},
            "link": link,
            "author": [{"name": _text(self.title), "email": _text("noreply@blogger.com")}],
            "generator": {"version": "7.00", "uri": "http://www.blogger.com", "$t": "Blogger"},
            "openSearch$totalResults": _text(str(len(stories))),
            "openSearch$startIndex": _text(str(start)),
            "openSearch$itemsPerPage": _text(str(size)),
        }
        if shown:  # Blogger leaves the key out of a feed without entries
            feed["entry"] = [self._entry(story) for story in shown]
        return {"version": "1.0", "encoding": "UTF-8", "feed": feed}

    def _behind(self, stories: list[Story], start: int, size: int, query: Query) -> str | None:
        """The address of the feed's next page."""
        following = urlencode({**query, "start-index": start + size, "max-results": size})
        return f"{self.origin}/feeds/posts/default?{following}" if start - 1 + size < len(stories) else None

    def _atom(self, stories: list[Story], start: int, size: int, query: Query) -> Resource:
        following = self._behind(stories, start, size, query)
        shown = stories[start - 1 : start - 1 + size]
        return self.xml(
            "blogger/atom.xml", content_type=ATOM, stories=shown, total=len(stories), start=start, size=size, following=following
        )

    def _entry(self, story: Story) -> dict[str, object]:
        return {
            "id": _text(entry_id(story)),
            "published": _text(stamp(story.published)),
            "updated": _text(stamp(story.modified)),
            "category": [{"scheme": "http://www.blogger.com/atom/ns#", "term": label} for label in labels(story)],
            "title": {"type": "text", "$t": story.title},
            "content": {"type": "html", "$t": self.content(story)},
            "link": [{"rel": "alternate", "type": "text/html", "href": self.url(story), "title": story.title}],
            "author": [{"name": _text(self.title), "email": _text("noreply@blogger.com")}],
        }


def entry_id(story: Story) -> str:
    """A story's id in the feed."""
    number = int(hashlib.sha256(story.slug.encode()).hexdigest(), 16) % 10**19
    return f"{_BLOG}.post-{number:019}"


def labels(story: Story) -> list[str]:
    """A story's labels: Blogger knows no sections, so its section is one of them."""
    return list(dict.fromkeys((story.section, *story.tags)))


def date_line(story: Story) -> str:
    """The date above a story, as the portal printed it: without a time of day."""
    return story.printed_date or printed.day_line(story.published)


def label_path(label: str) -> str:
    """`/search/label/Info%20Desa`."""
    return f"/search/label/{quote(label)}"


TEMPLATES.filters.update(label_path=label_path, date_line=date_line, entry_id=entry_id)


def _within(story: Story, bounds: dict[str, datetime | None]) -> bool:
    """Whether the story lies within bounds such as `published-min`: the lower one included, the upper one not."""
    times = {"published": story.published, "updated": story.modified}
    for name, bound in bounds.items():
        field, end = name.split("-")
        if bound and (times[field] < bound if end == "min" else times[field] >= bound):
            return False
    return True


def _moment(value: str) -> datetime | None:
    """The time that a query names; None where it is no RFC 3339 time, as when a `+` was sent unescaped."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?", value):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=printed.WIB)


def stamp(moment: datetime) -> str:
    """A moment as Blogger writes it, to the millisecond."""
    return moment.astimezone(printed.WIB).isoformat(timespec="milliseconds")


def _zulu(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(value: str) -> dict[str, str]:
    return {"$t": value}
