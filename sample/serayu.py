"""What the four sample portals along the Serayu share: one set of stories, how links name them, lists and monthly sitemaps.

They bear invented names, on hosts that cannot exist, because each stands for a family and none for a paper.
"""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import timedelta
from email.utils import format_datetime
from typing import ClassVar

from sample import printed
from sample.portal import TEMPLATES, Entry, Portal, Query, Raw, Resource, pieces
from sample.stories import Block, Story

FEED_SIZE = 10  # the newest stories in a feed; no more can be asked for
NEWS = timedelta(days=2)  # how far back a news sitemap goes, as Google asks for

RSS = "application/rss+xml; charset=UTF-8"


class SerayuPortal(Portal):
    """A portal that prints the stories of stories/serayu/ in its own way."""

    folder = "serayu"
    static_path = "/redaksi"
    search_path: ClassVar[str]
    """The path of the search and its query, up to the words."""
    month_path: ClassVar[str]
    """The path of the sitemap of one month, with {month} for `2021-03`."""

    def resource(self, path: str, query: Query) -> Resource | Raw:
        """What the portal answers to an address; with `/amp` behind it, too, as it has no other page for phones."""
        path = path.removesuffix("/amp") or "/"
        if path.endswith((".xml", ".gz")) and (entries := self.sitemap_files().get(path)):
            return self.sitemap(entries)
        return super().resource(path, query)

    def frame(self) -> dict[str, object]:
        """The sections of the menu, the date in the masthead, and what stands on the front page under another address."""
        stories = self.stories
        # The true masthead says today; here it is the newest story's day, so that pages stay the same from one crawl to the next.
        today = (stories or [self.refused])[0].published
        return {"sections": sorted({story.section for story in stories}), "today": today, "shared": self.shared()}

    def shared(self) -> list[tuple[str, Story]]:
        """The newest stories, each under another address by which readers pass it on."""
        host = self.origin.removeprefix("https://")
        forms = ("{url}?utm_source=beranda&utm_medium=sorotan", "{url}/amp", "{url}?m=1", "http://www.{host}{path}", "http://{host}{path}")
        newest = self.stories[: len(forms)]
        return [
            (form.format(url=self.url(story), host=host, path=self.path(story)), story) for form, story in zip(forms, newest, strict=False)
        ]

    def related(self, title: str) -> str:
        """The address behind a `Baca Juga` title: that of the story, or a search where the portal no longer has it."""
        return super().related(title) or f"{self.origin}{self.search_path}{printed.slug(title).replace('-', '+')}"

    def at(self, path: str) -> Story | None:
        """The story of that path, or the advertisement; None where there is none."""
        return next((story for story in (*self.stories, self.refused) if self.path(story) == path), None)

    def article(self, story: Story | None, number: int | None) -> Resource | None:
        """A page of a story, or all of it at once where `number` is None; None where there is no such page."""
        if story is None or (number is not None and not 0 < number <= len(story.pages)):
            return None
        blocks: tuple[Block, ...] = story.blocks if number is None else story.pages[number - 1]
        # Last-Modified speaks of the story; that the headlines around it changed shows in the entity tag.
        return self.page(
            "article.html",
            modified=story.modified,
            story=story,
            number=number,
            blocks=blocks,
            others=self.latest(story),
            popular=self.popular(story),
        )

    def listing(
        self,
        stories: Sequence[Story],
        number: int,
        size: int,
        url: Callable[[int], str],
        *,
        heading: str | None,
        pinned: Sequence[Story] = (),
    ) -> Resource:
        """One page of a list; behind the last one lists are empty. `url` gives the address of a page by its number."""
        parts = list(pieces(stories, size))
        shown = parts[number - 1] if 0 < number <= len(parts) else []
        pages = {other: url(other) for other in range(1, len(parts) + 1)}
        return self.page("list.html", heading=heading, stories=self.topped(shown), number=number, pages=pages, pinned=pinned)

    def named(self, slug: str, names: Callable[[Story], Sequence[str]]) -> tuple[str, list[Story]]:
        """The section, tag or author that an address spells as `slug`, and its stories; none where it is unknown."""
        found = [(name, story) for story in self.stories for name in names(story) if printed.slug(name) == slug]
        return (found[0][0] if found else "", [story for _, story in found])

    def matching(self, words: str) -> list[Story]:
        """The stories in whose title all the words stand."""
        return [story for story in self.stories if all(word in story.title.casefold() for word in words.casefold().split())]

    def fresh(self) -> list[Story]:
        """The stories of the last two days before the newest."""
        stories = self.stories
        return [story for story in stories if stories[0].published - story.published <= NEWS]

    def feed(self, stories: Sequence[Story]) -> Resource:
        """An RSS feed of the newest stories."""
        return self.xml("rss.xml", content_type=RSS, stories=stories[:FEED_SIZE])

    def sitemap(self, entries: Sequence[Entry]) -> Resource:
        """One sitemap."""
        return self.xml("sitemap.xml", entries=entries)

    def sitemap_index(self, *also: Entry) -> Resource:
        """The index of the sitemaps, each with the time of its last change."""
        files = self.sitemap_files()
        parts = [Entry(self.origin + path, max(entry.lastmod or "" for entry in entries)) for path, entries in files.items()]
        return self.xml("sitemapindex.xml", parts=[*also, *parts])

    def sitemap_files(self) -> dict[str, list[Entry]]:
        """What each sitemap names, by its path: one a month, newest first, and one of pages that are no articles."""
        files: dict[str, list[Entry]] = {}
        for story in sorted((*self.stories, self.refused), key=lambda story: story.published, reverse=True):
            path = self.month_path.format(month=f"{story.published:%Y-%m}")
            files.setdefault(path, []).append(Entry(self.url(story), story.modified.isoformat()))
        deleted = Entry(self.origin + self.deleted_path, "2021-02-08T09:15:00+07:00")
        files.setdefault(self.month_path.format(month="2021-02"), []).append(deleted)
        files[self.month_path.format(month="halaman")] = [Entry(self.origin + self.static_path, "2020-08-17T10:00:00+07:00")]
        return files

    def static(self, query: Query) -> Resource | None:
        """The page of the editors, which is no article."""
        return self.page("static.html")

    def robots(self, query: Query) -> Resource | None:
        """The robots.txt: it disallows the advertisement, and names the sitemap."""
        return self.text(self.robots_text().format(refused=self.path(self.refused), origin=self.origin))

    @abstractmethod
    def robots_text(self) -> str:
        """The robots.txt with {refused} for the advertisement's path and {origin} for the portal's."""


def serial(story: Story) -> int:
    """A number of six digits that rises with the time of publication, as a CMS counts its stories."""
    return int(story.published.timestamp() - 1_400_000_000) // 300


def page_number(query: Query, name: str = "page") -> int:
    """The number of the page that a query asks for; 1 where it names none."""
    asked = query.get(name, "")
    return int(asked) if asked.isdecimal() else 1


TEMPLATES.filters.update(rfc822=format_datetime)
