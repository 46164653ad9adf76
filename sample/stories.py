"""Stories of the sample portals and the one reader of their text files.

A file holds the visible text of a page in the portal's shape, furniture included; sample/README.md shows it.
"""

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal, cast, get_args

from sample import printed
from sample.printed import WIB

Kind = Literal["paragraph", "list", "heading", "related"]
Markup = Literal["br", "div", "p"]

_HEADER_KEYS = ("Slug", "Date", "Modified", "Section", "Tags", "Markup", "Pages", "Place", "Reporter", "Editor", "Caption")
_RELATED = re.compile(r"(?P<label>(?:Baca|Simak) Juga\s*:\s*)(?P<title>.+)", re.IGNORECASE)
_CREDIT = re.compile(r"(Reporter|Penulis|Pewarta|Editor|Redaktur|Sumber|Foto)\s*:.+|Editor\s+\S+( \S+){0,2}")
_SUMMARY = 160  # characters of a story that lists show
_NEXT_PAGE = "<!--nextpage-->"


class StoryError(ValueError):
    """One sentence that says what is wrong with a story, and in which file or portal."""


@dataclass(frozen=True)
class Block:
    """One block of a story's text: the lines of a paragraph, the items of a list, a heading, or (label, title) of a `Baca Juga`."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """One story as its writers know it, without the furniture that the template prints around it."""

    slug: str
    title: str
    published: datetime
    """Aware, in western Indonesia time; midnight where only the day is known."""
    modified: datetime
    pages: tuple[tuple[Block, ...], ...]
    section: str = "Berita"
    tags: tuple[str, ...] = ()
    printed_date: str | None = None
    """The date line above the story, where its portal prints one."""
    caption: str | None = None
    tail: tuple[str, ...] = ()
    """Credit lines below the text: `Editor AG`."""
    place: str | None = None
    """Where it was written, for portals whose template prints the dateline."""
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    """Whom the template credits; other portals print their credits in `tail`."""
    markup: Markup = "br"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, page after page."""
        return tuple(block for page in self.pages for block in page)

    @property
    def number(self) -> int:
        """A number that stays the same as long as the slug does: the post id, and what picks a variant of the markup."""
        return zlib.crc32(self.slug.encode())

    @property
    def summary(self) -> str:
        """The first words of the text."""
        text = next((" ".join(block.lines) for block in self.blocks if block.kind == "paragraph"), "")
        return text if len(text) <= _SUMMARY else text[:_SUMMARY].rsplit(" ", 1)[0] + " …"

    def replaced(self, old: str, new: str, *, modified: datetime) -> "Story":
        """The story with `new` wherever `old` stood in its title, caption, text or credits; StoryError where it stood nowhere."""

        def lines(texts: Sequence[str]) -> tuple[str, ...]:
            return tuple(text.replace(old, new) for text in texts)

        changed = replace(
            self,
            title=self.title.replace(old, new),
            caption=self.caption and self.caption.replace(old, new),
            pages=tuple(tuple(Block(block.kind, lines(block.lines)) for block in page) for page in self.pages),
            tail=lines(self.tail),
        )
        if not old or changed == self:
            raise StoryError(f"The story {self.slug!r} has no text {old!r} that a change could replace.")
        return replace(changed, modified=modified)


@dataclass(frozen=True, kw_only=True)
class _Text:
    """What the lines below the header say."""

    title: str
    body: list[str]
    printed_date: str | None = None
    caption: str | None = None
    tail: tuple[str, ...] = ()


def read_stories(folder: Path, *, portal: str, undated: datetime | date | None = None) -> list[Story]:
    """The stories of a folder's `*.txt` files, newest first; `undated` is the date of those that carry none.

    A file named after another portal (`rakyatbengkulu-….txt`) is left to that portal, so one folder can serve several.
    Raises StoryError with one sentence that names the file.
    """
    if portal not in SHAPES:
        raise StoryError(f"There is no sample portal {portal!r}; there are {', '.join(SHAPES)}.")
    if not folder.is_dir():
        raise StoryError(f"{folder} is not a folder of stories.")
    others = tuple(f"{name}-" for name in SHAPES if name != portal)
    stories: dict[str, Story] = {}
    for path in sorted(folder.glob("*.txt")):
        if path.name.startswith(others):
            continue
        story = _read_story(path, portal, undated)
        if story.slug in stories:
            raise StoryError(f"{path}: another story of the folder has the slug {story.slug!r} already.")
        stories[story.slug] = story
    if not stories:
        raise StoryError(f"{folder} holds no story of {portal} (*.txt).")
    return sorted(stories.values(), key=lambda story: (story.published, story.slug), reverse=True)


def _read_story(path: Path, portal: str, undated: datetime | date | None) -> Story:
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        header, start = _read_header(lines)
        text = SHAPES[portal](lines[start:])
        published, modified = _dates(header, text, undated)
        return Story(
            slug=_slug(header.get("Slug", path.stem)),
            title=text.title,
            published=published,
            modified=modified,
            pages=_pages(text.body, header.get("Pages")),
            section=header.get("Section", "Berita"),
            tags=_several(header.get("Tags")),
            printed_date=text.printed_date,
            caption=text.caption or header.get("Caption"),
            tail=text.tail,
            place=header.get("Place"),
            reporters=_several(header.get("Reporter")),
            editors=_several(header.get("Editor")),
            markup=_markup(header.get("Markup", "br")),
        )
    except UnicodeDecodeError as error:
        raise StoryError(f"{path}: the file is not UTF-8 text.") from error
    except StoryError as error:
        raise StoryError(f"{path}: {error}") from error


def _read_header(lines: list[str]) -> tuple[dict[str, str], int]:
    """The header's values and the index of the first line below it; nothing and 0 where there is no header."""
    if not any(line.startswith(tuple(f"{key}:" for key in _HEADER_KEYS)) for line in lines[:1]):
        return {}, 0
    if "---" not in lines:
        raise StoryError("the header has no closing line ---.")
    end = lines.index("---")
    header: dict[str, str] = {}
    for line in filter(None, lines[:end]):
        key, colon, value = line.partition(":")
        if not colon or key not in _HEADER_KEYS or not value.strip():
            raise StoryError(f"the header line {line!r} is not one of {', '.join(_HEADER_KEYS)} with a value.")
        header[key] = value.strip()
    return header, end + 1


def _dates(header: Mapping[str, str], text: _Text, undated: datetime | date | None) -> tuple[datetime, datetime]:
    """When the story was published and last modified."""
    on_page = printed.read_day_line(text.printed_date) if text.printed_date else None
    if text.printed_date and on_page is None:
        raise StoryError(f"the date line {text.printed_date!r} is not a date like 'Kamis, 25 Maret 2021' with its true weekday.")
    if "Date" in header:
        published = _moment(header["Date"])
    elif on_page or undated:
        published = _midnight(on_page or cast("date", undated))
    else:
        raise StoryError("the story carries no date, so a date for undated stories must be given.")
    if on_page and published.date() != on_page:
        raise StoryError(f"the header says {published.date()} and the date line {text.printed_date!r}.")
    modified = _moment(header["Modified"]) if "Modified" in header else published
    if modified < published:
        raise StoryError("the story was modified before it was published.")
    return published, modified


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise StoryError(f"{value!r} is not an ISO date and time.") from None
    if moment.tzinfo is None:
        raise StoryError(f"the time {value!r} has no offset such as +07:00.")
    return moment.astimezone(WIB)


def _midnight(day: datetime | date) -> datetime:
    if not isinstance(day, datetime):
        return datetime.combine(day, time(), WIB)
    return day.astimezone(WIB) if day.tzinfo else day.replace(tzinfo=WIB)


def _several(value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split(",") if part.strip())


def _slug(value: str) -> str:
    if value != printed.slug(value):
        raise StoryError(f"the slug {value!r} is not made of small letters, digits and single hyphens.")
    return value


def _markup(value: str) -> Markup:
    if value not in get_args(Markup):
        raise StoryError(f"the markup {value!r} is none of {', '.join(get_args(Markup))}.")
    return cast("Markup", value)


def _pages(body: list[str], announced: str | None) -> tuple[tuple[Block, ...], ...]:
    parts: list[list[str]] = [[]]
    for line in body:
        if line == _NEXT_PAGE:
            parts.append([])
        else:
            parts[-1].append(line)
    pages = tuple(_blocks(part) for part in parts)
    if not all(any(block.kind == "paragraph" for block in page) for page in pages):
        raise StoryError("a page of the story has no paragraph.")
    if announced is not None and announced != str(len(pages)):
        raise StoryError(f"the header announces {announced} pages and the text has {len(pages)}.")
    return pages


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    """The lines as blocks: a blank line ends one, and so does a change between list items, headings and text."""
    blocks: list[Block] = []
    last: Kind | None = None
    for line in lines:
        if not line:
            last = None
            continue
        kind, parts = _line(line)
        if kind == last and kind in ("paragraph", "list"):
            blocks[-1] = Block(kind, blocks[-1].lines + parts)
        else:
            blocks.append(Block(kind, parts))
        last = kind
    return tuple(blocks)


def _line(line: str) -> tuple[Kind, tuple[str, ...]]:
    if line.startswith("- "):
        return "list", (line[2:].strip(),)
    if line.startswith("## "):
        return "heading", (line[3:].strip(),)
    if related := _RELATED.fullmatch(line):
        return "related", (related["label"], related["title"])
    return "paragraph", (line,)


def _kebumenekspres(lines: list[str]) -> _Text:
    """`• Berita Terkini`, date line, title, text, `Berita Terbaru :`, `Scroll to Top`."""
    filled = [index for index, line in enumerate(lines) if line]
    if len(filled) < 3 or lines[filled[0]] != "• Berita Terkini":
        raise StoryError("the text does not open with '• Berita Terkini', date line, title and text.")
    if [lines[index] for index in filled[-2:]] != ["Berita Terbaru :", "Scroll to Top"]:
        raise StoryError("the text does not end with 'Berita Terbaru :' and 'Scroll to Top'.")
    return _Text(title=lines[filled[2]], body=lines[filled[2] + 1 : filled[-2]], printed_date=lines[filled[1]])


def _rakyatbengkulu(lines: list[str]) -> _Text:
    """Title, `• Bagikan` and the caption below it, text, credits, `Rakyatbengkulu.com`, `• Bagikan`."""
    filled = [index for index, line in enumerate(lines) if line]
    if len(filled) < 2 or lines[filled[1]] != "• Bagikan":
        raise StoryError("the text does not open with title, '• Bagikan' and text.")
    if [lines[index] for index in filled[-2:]] != ["Rakyatbengkulu.com", "• Bagikan"]:
        raise StoryError("the text does not end with 'Rakyatbengkulu.com' and '• Bagikan'.")
    caption = lines[filled[1] + 1] or None
    body = lines[filled[1] + (2 if caption else 1) : filled[-2]]
    tail: list[str] = []
    while body and (not body[-1] or _CREDIT.fullmatch(body[-1])):
        if line := body.pop():
            tail.insert(0, line)
    return _Text(title=lines[filled[0]], body=body, caption=caption, tail=tuple(tail))


def _serayu(lines: list[str]) -> _Text:
    """Title and text: each of the portals along the Serayu prints furniture of its own around them."""
    filled = [index for index, line in enumerate(lines) if line]
    if not filled:
        raise StoryError("the text does not open with a title.")
    return _Text(title=lines[filled[0]], body=lines[filled[0] + 1 :])


SHAPES: Mapping[str, Callable[[list[str]], _Text]] = {
    "kebumenekspres": _kebumenekspres,
    "rakyatbengkulu": _rakyatbengkulu,
    "harianserayu": _serayu,
    "radarserayu": _serayu,
    "tribunserayu": _serayu,
    "kabarserayu": _serayu,
}
