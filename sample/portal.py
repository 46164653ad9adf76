"""What the sample portals share: their stories, which can change while they are served, and the answers they give."""

import hashlib
import re
import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar, TypeVar

import jinja2

from sample import printed
from sample.stories import Block, Story, StoryError

HTML = "text/html; charset=UTF-8"
JSON = "application/json; charset=UTF-8"
XML = "application/xml; charset=UTF-8"
TEXT = "text/plain; charset=UTF-8"

SITEMAP_SIZE = 15  # addresses in one file of a sitemap: few, so that a sitemap has more than one

_EPOCH = datetime(2021, 1, 1, tzinfo=printed.WIB)  # how old a list without stories says it is

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters.update(
    day=printed.day, day_line=printed.day_line, clock=printed.clock, old_spelling=printed.old_spelling, slug=printed.slug
)


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One answer of a portal to one address."""

    body: bytes
    content_type: str = HTML
    modified: datetime | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        """A strong entity tag: a hash of the body, in quotation marks."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


@dataclass(frozen=True, kw_only=True)
class Raw:
    """An answer that is written to the connection as it is, its status line and headers too."""

    write: Callable[[socket.socket], None]
    """Writes it; the connection is closed behind it."""
    status: int = 200
    """What `requests` notes."""


@dataclass(frozen=True)
class Entry:
    """One address of a sitemap."""

    url: str
    lastmod: str | None = None


Item = TypeVar("Item")
Query = Mapping[str, str]
Route = tuple[str, Callable[..., Resource | Raw | None]]


class Portal(ABC):
    """One portal with its stories; a family's subclass knows its addresses and its markup. Safe to use from several threads."""

    name: ClassVar[str]
    origin: ClassVar[str]
    """The official origin: every address that a page prints begins with it."""
    title: ClassVar[str]
    templates: ClassVar[str]
    """The folder of templates/ with the family's markup."""
    folder: ClassVar[str] = ""
    """The folder of stories/ that the portal prints, where it is not called as the portal is."""
    static_path: ClassVar[str]
    """A static page, listed in the sitemap though it is no article."""
    deleted_path: ClassVar[str]
    """An article that the sitemap still lists after it was deleted: it answers 404."""
    refused: ClassVar[Story]
    """An advertisement in the form of an article: linked, listed, and disallowed by robots.txt."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._lock = threading.Lock()
        self._stories = {story.slug: story for story in stories}
        self._relisted = _EPOCH
        self._pinned: str | None = None

    @property
    def stories(self) -> list[Story]:
        """The stories as they stand now, newest first."""
        return sorted(self._stories.values(), key=lambda story: (story.published, story.slug), reverse=True)

    def edit(self, slug: str, old: str, new: str, *, at: datetime | None = None) -> Story:
        """The story with `new` in place of `old`, modified now (or `at`), at least a second later than before."""
        with self._lock:
            story = self.story(slug)
            # A second is what Last-Modified and the feeds can tell apart.
            modified = max(at or _now(), story.modified + timedelta(seconds=1)).astimezone(printed.WIB)
            changed = story.replaced(old, new, modified=modified)
            self._stories = {**self._stories, slug: changed}
        return changed

    def remove(self, slug: str) -> Story:
        """The story that was taken off: its address answers 404 from now on, and no list, feed or sitemap names it."""
        with self._lock:
            story = self.story(slug)
            self._stories = {name: other for name, other in self._stories.items() if name != slug}
            self._relisted = _now()
        return story

    def add(self, story: Story) -> Story:
        """The story, published from now on; StoryError where its slug is taken."""
        with self._lock:
            if story.slug in self._stories:
                raise StoryError(f"{self.name} has a story {story.slug!r} already.")
            self._stories = {**self._stories, story.slug: story}
            self._relisted = _now()
        return story

    def pin(self, slug: str) -> None:
        """Put a story on top of every list page from now on."""
        with self._lock:
            self._pinned = self.story(slug).slug
            self._relisted = _now()

    def topped(self, stories: Sequence[Story]) -> list[Story]:
        """What a list page shows: the story that is pinned, where one is, above those of the page."""
        pinned = self._stories.get(self._pinned or "")
        return [pinned, *(story for story in stories if story != pinned)] if pinned else list(stories)

    def story(self, slug: str) -> Story:
        """The story of that slug as it stands now; StoryError where there is none."""
        if slug not in self._stories:
            raise StoryError(f"{self.name} has no story {slug!r}.")
        return self._stories[slug]

    def resource(self, path: str, query: Query) -> Resource | Raw:
        """What the portal answers to an address: `path` without percent signs, `query` with one value a name."""
        for pattern, answer in self.routes():
            if found := re.fullmatch(pattern, path):
                if resource := answer(query, **found.groupdict()):
                    return resource
                break
        return self.missing()

    def missing(self) -> Resource:
        """The page that says there is nothing at this address."""
        return self.page("missing.html", status=404)

    @abstractmethod
    def routes(self) -> Sequence[Route]:
        """Patterns of paths, each with what answers it; an answer takes the query and the pattern's named groups."""

    @abstractmethod
    def path(self, story: Story) -> str:
        """The path of a story's address."""

    @abstractmethod
    def frame(self) -> dict[str, object]:
        """What the frame of every page prints: the values for the family's base template."""

    def url(self, story: Story) -> str:
        """The official address of a story."""
        return self.origin + self.path(story)

    def related(self, title: str) -> str | None:
        """The official address of the story with this title, as a `Baca Juga` gives it; None where the portal has no such story."""
        return next((self.url(story) for story in self.stories if story.title == title), None)

    @property
    def changed(self) -> datetime:
        """When the portal last changed: what its lists, feeds and sitemaps give as Last-Modified."""
        return max([self._relisted, *(story.modified for story in self._stories.values())])

    def latest(self, other_than: Story | None = None) -> list[Story]:
        """The five newest stories beside the one given."""
        return [story for story in self.stories if story != other_than][:5]

    def popular(self, other_than: Story | None = None) -> list[Story]:
        """Five stories of any age beside the one given, the same ones every time."""
        return sorted((story for story in self._stories.values() if story != other_than), key=lambda story: story.number)[:5]

    def page(self, template: str, *, modified: datetime | None = None, status: int = 200, **values: object) -> Resource:
        """A page of the family's template, or of the shared one in its frame; its Last-Modified is the portal's where none is given."""
        frame = {"portal": self, "popular": self.popular(), **self.frame()}
        # What says the same in each family's frame stands once.
        text = TEMPLATES.select_template([f"{self.templates}/{template}", f"shared/{template}"]).render({**frame, **values})
        return Resource(body=text.encode(), modified=modified or self.changed, status=status)

    def xml(self, template: str, *, content_type: str = XML, **values: object) -> Resource:
        """A feed or a sitemap."""
        text = TEMPLATES.get_template(template).render({"portal": self, **values})
        return Resource(body=text.encode(), content_type=content_type, modified=self.changed)

    def text(self, text: str) -> Resource:
        """A plain text such as robots.txt."""
        return Resource(body=text.encode(), content_type=TEXT, modified=_EPOCH)


def pieces(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in runs of `size`; one empty run where there are none."""
    for start in range(0, max(len(items), 1), size):
        yield items[start : start + size]


def advertisement(portal: str) -> Story:
    """The story that stands behind robots.txt: written like an article, so that only robots.txt keeps a crawler off."""
    text = (
        f"Pasang iklan di {portal} sekarang lebih hemat. Sepanjang bulan ini pemasang iklan baris mendapat potongan lima belas persen.",
        "Ukuran, harga, dan jadwal tayang dapat ditanyakan kepada bagian iklan pada hari dan jam kerja.",
    )
    published = datetime(2021, 3, 15, 9, 0, tzinfo=printed.WIB)
    return Story(
        slug="pasang-iklan-hemat",
        title=f"Pasang Iklan Hemat di {portal}",
        published=published,
        modified=published,
        pages=(tuple(Block("paragraph", (line,)) for line in text),),
        section="Iklan",
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
