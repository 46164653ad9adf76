"""What the lines around a story say of it: its dates, who wrote and who edited it. Pages print them anywhere near the headline."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import dropwhile, pairwise, takewhile

from pipelines import captions, dates
from pipelines.boilerplate import line_row
from pipelines.bylines import ROLES, SOURCE, Credits, credit_line, note
from pipelines.closings import AGENCIES, closing_of
from pipelines.paragraphs import PARTED, SHORT, Paragraph
from pipelines.people import is_name, people
from pipelines.site_names import is_site
from pipelines.story import Story

PIECES = re.compile(r"\s*[|•·]\s*|\s+[-–—]+\s+")
"""What stands between the date, the names and the counts on one line."""
BESIDE = re.compile(r"\s*[|•·]\s*|\s+[-–—]+\s*|\s*,\s*")
CALLED = "|".join(sorted(map(re.escape, ({role for role in ROLES if ROLES[role] != SOURCE} | {"by", "writer"})), key=len, reverse=True))
ROLE_ONLY = re.compile(rf"[^\w\n]{{0,3}}(?P<role>{CALLED})[\s:,.-]{{0,3}}", re.IGNORECASE)
BY = re.compile(
    r"(?:(?:^|[\s|,])(?:(?:di)?(?:tulis|posting|post|publikasi|terbit|submitted)(?:kan|ed)?\s+)?(?:oleh|by|written\s+by)\s*[:：]?\s+)"
    r"(?P<names>[^\d|:\n]{2,80}?)\s*(?:$|[|•·\n]|\s[-–—]|,?\s(?:on|pada|at|di)\s|,?\s+(?=\d)|,\s*(?=(?:senin|selasa|rabu|kamis|jum|sabtu|minggu)))",
    re.IGNORECASE,
)
POSTED_BY = re.compile(
    r"^(?:diposting|diposkan|ditulis|posted|written)\b.{0,40}?\b(?:oleh|by)\s*:?\s+(?P<names>[^\d|:\n]{2,80}?)\s*(?:$|[|•·]|,?\s(?:on|pada|at|di)\s)",
    re.IGNORECASE,
)
"""Below the story, where others write comments, only this says who wrote it."""
POSTED = re.compile(r"posted\s+(?:by\s+\S{2,30}\s+)?on\s+(?P<date>[^\n]{8,50}?)(?:\s+(?:and|by|in)\s|[.|]|$)", re.IGNORECASE)
TIME_ALONE = re.compile(r"\W{0,3}(?:(?:pukul|jam)\s)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?(?:wib|wita|wit))?\W{0,3}", re.IGNORECASE)
"""Below the day, in an element of its own."""
MOST_SIGNED = 8
"""Lines behind the story among which initials that sign it are looked for."""
LAYOUT_NAMES = 2
"""Words of a name that shows whether names stand above their roles or below."""
DIGIT = re.compile(r"\d")
BULLET = " -•*·–—"


@dataclass(kw_only=True, slots=True)
class Around:
    """What the lines around a story say."""

    dates: list[str] = field(default_factory=list)
    """Lines between headline and story, or pieces of them, that print a date, as they come."""
    further: list[str] = field(default_factory=list)
    """The same above the headline and behind the story, where other dates stand as well."""
    credits: Credits = field(default_factory=Credits)
    captions: list[str] = field(default_factory=list)
    """Printed captions of pictures, the nearest to the headline first."""
    nobody: list[str] = field(default_factory=list)
    """What is printed where a name would stand and is none: `by Admin`."""
    guessed: list[str] = field(default_factory=list)
    """Names that stand beside the date or the site's name, without a word that says what they did."""


def read(story: Story, names: frozenset[str], now: datetime) -> Around:
    """What the lines around a story say; `names` are the site's own, casefolded, and `now` is when its page was fetched."""
    around = Around(captions=[*story.captions, *(line for line in story.before if captions.read(line).credit and not _dates(line, now))])
    around.dates = [*story.times[:1], *(date for line in _timed(story.before) for date in _dates(line, now))]
    posted = [one.text for one in story.told[-MOST_SIGNED:] if isinstance(one, Paragraph) and POSTED.search(one.text)]
    # Asked only where the others are not enough, so not read here.
    around.further = [piece for line in (*story.above, *posted, *story.after) for piece in _dated(line)]
    for lines, by in ((story.before, BY), (story.after, POSTED_BY)):
        _credit([line.strip(BULLET) for line in lines], names, around, by)
    # Below the story, what stands beside a date is as often the headline of another.
    around.guessed.extend(name for line in story.before for name in _beside_site(line.strip(BULLET), names, now))
    around.guessed.extend(_beside_dates([line.strip(BULLET) for line in story.before], names, now))
    _sign(story.after, names, around)
    return around


def _timed(lines: Sequence[str]) -> Iterator[str]:
    """The lines; where a time stands alone below another line, that line with it."""
    for line, below in pairwise([*lines, ""]):
        yield f"{line} {below}" if TIME_ALONE.fullmatch(below) else line


def of_lines(lines: Sequence[str], names: frozenset[str]) -> Around:
    """What the lines say in which a portal is known to credit people."""
    around = Around()
    _credit([line.strip(BULLET) for line in dict.fromkeys(lines)], names, around, BY)
    return around


@lru_cache(maxsize=256)
def _dates(line: str, now: datetime) -> tuple[str, ...]:
    """A line that prints a date, or the pieces of it that do."""
    return tuple(piece for piece in _dated(line) if dates.readable(piece, now))[:2]


def _dated(line: str) -> list[str]:
    """A line that may print a date, and the pieces of it that may."""
    if posted := POSTED.search(line):
        return [posted["date"]]
    if len(line) > SHORT or not DIGIT.search(line) or line_row(line) == "image-name-line":
        return []
    whole = line.replace(PARTED, " ")
    return [piece for piece in dict.fromkeys((whole, *line.split(PARTED), *PIECES.split(line))) if DIGIT.search(piece)]


def _credit(lines: Sequence[str], names: frozenset[str], around: Around, called: re.Pattern[str]) -> None:
    """Note whom lines credit, by roles on the same line, and by roles that stand alone beside a name."""
    rest: list[str] = []
    for line in lines:
        whole = line.replace(PARTED, " ")
        if len(line) > SHORT or _credits_someone(whole, names, around):
            rest.append("")  # what stands around it stays apart
        elif (by := called.search(whole)) and not _tells(by["names"]):
            around.credits.authors.extend(people([by["names"]], names))
            around.nobody.extend(_printed(by["names"], names))
            rest.append("")
        else:
            # Names side by side stand below one role.
            parts = line.split(PARTED)
            rest.extend([", ".join(parts)] if all(is_name(part, names) for part in parts) else parts)
    _pair([part.strip(BULLET) for part in rest], names, around)


def _tells(printed: str) -> bool:
    """Whether what stands behind `oleh` is told and names no one: `dikelola oleh warga desa`."""
    return sum(len(word) > 3 and word.islower() for word in printed.split()) > 1


def _pair(parts: Sequence[str], names: frozenset[str], around: Around) -> None:
    roles = {index: role["role"].lower() for index, part in enumerate(parts) if (role := ROLE_ONLY.fullmatch(part))}
    step = _layout(parts, roles, names)
    used: set[int] = set()
    for index, called in roles.items():
        beside = next((at for at in (index + step, index - step) if at not in used and _name_at(parts, at, names)), None)
        if beside is not None:
            note(called, parts[beside], around.credits, names)
            used.add(beside)


def _sign(after: Sequence[str], names: frozenset[str], around: Around) -> None:
    """Note who signs below the story: initials on a line of their own, or a name in capitals on the first."""
    for line in (line.replace(PARTED, "") for line in after[:MOST_SIGNED]):
        closing = closing_of(line, names) if line.startswith(("(", "[")) else None
        if closing and closing.start == 0 and closing.byline:
            around.credits.byline = closing.byline
            break
    parts = _parts(after[0]) if after else []
    signers = list(takewhile(lambda part: part.isupper() and _is_full_name(part, names), parts))
    if signers:
        around.guessed.extend(signers)
        rest = parts[len(signers) :]
        around.credits.agency = next((part for part in rest if part.lower() in AGENCIES), None)


def _credits_someone(line: str, names: frozenset[str], around: Around) -> bool:
    credited = [credit_line(piece, around.credits, names) for piece in _credited_pieces(line)]
    return any(credited)


def _credited_pieces(line: str) -> list[str]:
    pieces = PIECES.split(line)
    return pieces if len(pieces) > 1 and any(DIGIT.search(piece) for piece in pieces) else [line]


def _layout(lines: Sequence[str], roles: dict[int, str], names: frozenset[str]) -> int:
    """1 where names stand below their roles, -1 where they stand above."""
    below, above = (
        sum(_name_at(lines, index + step, names) and len(lines[index + step].split()) >= LAYOUT_NAMES for index in roles)
        for step in (1, -1)
    )
    return -1 if above > below else 1


def _name_at(lines: Sequence[str], index: int, names: frozenset[str]) -> bool:
    return 0 <= index < len(lines) and not ROLE_ONLY.fullmatch(lines[index]) and is_name(lines[index], names)


def _printed(name: str, names: frozenset[str]) -> list[str]:
    """A byline as printed, though it names no one: `by Admin`."""
    plain = name.strip(" .,")
    return [plain] if plain[:1].isupper() and not is_site(plain, names) and len(plain.split()) <= 3 else []


def _beside_site(line: str, names: frozenset[str], now: datetime) -> list[str]:
    """The name in `Fino Yurio - detikinet`, `Siti Rahma | Kamis, 5 November 2015`, `Dewi Lestari, Jurnalis`."""
    if signed := _beside_date(_parts(line), names, now):
        return signed
    # A date may stand before all that: `Rabu, 12 Juni 2013 11:47 wib | Ristanto Widodo - Kabar`.
    line = " | ".join(dropwhile(lambda part: dates.readable(part, now) and not is_name(BESIDE.split(part)[0], names), _parts(line)))
    first, *others = [piece for piece in BESIDE.split(line) if piece] or [""]
    if not others or len(first.split()) > 4 or not is_name(first, names):
        return []
    marked = any(is_site(piece, names) or ROLE_ONLY.fullmatch(piece) for piece in others[:2])
    dated = len(first.split()) >= LAYOUT_NAMES and bool(_dates(line[len(first) :].strip(" |•·,-–—"), now))
    return [first] if marked or dated else []


def _beside_date(parts: list[str], names: frozenset[str], now: datetime) -> list[str]:
    """The name in the part behind one that is a date: `Jumat, 6 September 2013 06:15 WIB | Danu P/Antara`."""
    behind = next((parts[index + 1] for index, part in enumerate(parts[:-1]) if dates.readable(part, now)), "")
    name = behind.partition("/")[0]
    return [name] if _is_full_name(name, names) else []


def _beside_dates(lines: Sequence[str], names: frozenset[str], now: datetime) -> list[str]:
    """Names alone on a line next to one that prints a date, or alone with the section on the first line below the headline."""
    dated = {index for index, line in enumerate(lines) if _dates(line, now)}
    beside = [line for index, line in enumerate(lines) if {index - 1, index + 1} & dated and index not in dated]
    found = [line for line in beside if (parts := _parts(line)) and all(_is_full_name(name, names) for name in parts)]
    if not found and lines and len(_parts(lines[0])) > 1 and _is_full_name(_parts(lines[0])[0], names):
        return _parts(lines[0])[:1]
    return [name for line in found for name in _parts(line)]


def _parts(line: str) -> list[str]:
    return [part for part in re.split(r"\s*[|•·]\s*", line) if part]


def _is_full_name(text: str, names: frozenset[str]) -> bool:
    return len(text.split()) >= LAYOUT_NAMES and is_name(text, names)
