"""Who wrote it, where, and where it came from: datelines, credit lines, closing initials.

Credit lines are boilerplate and data: the value is taken before the line goes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archive.records import Removed
from pipelines.closings import LABEL_LINE, closing_of
from pipelines.datelines import dateline
from pipelines.paragraphs import Paragraph, Told
from pipelines.people import initials, people

AUTHOR = "author"
EDITOR = "editor"
SOURCE = "source"
OTHER = "other"
"""Whoever else is credited: the line is no story, and the name neither author nor editor."""

ROLES = {
    "penulis": AUTHOR,
    "penulis artikel": AUTHOR,
    "oleh": AUTHOR,
    "ditulis oleh": AUTHOR,
    "author": AUTHOR,
    "reporter": AUTHOR,
    "rep": AUTHOR,
    "pewarta": AUTHOR,
    "wartawan": AUTHOR,
    "jurnalis": AUTHOR,
    "kontributor": AUTHOR,
    "laporan": AUTHOR,
    "koresponden": AUTHOR,
    "editor": EDITOR,
    "redaktur": EDITOR,
    "redaktur pelaksana": EDITOR,
    "red": EDITOR,
    "penyunting": EDITOR,
    "teks": AUTHOR,
    "naskah": AUTHOR,
    "foto": OTHER,
    "sumber": SOURCE,
    "source": SOURCE,
    "sumber berita": SOURCE,
    "sumber artikel": SOURCE,
    "fotografer": OTHER,
    "pewarta foto": OTHER,
    "videografer": OTHER,
    "uploader": OTHER,
    "publisher": OTHER,
    "sumber foto": OTHER,
}
"""The roles as portals print them, and what they mean."""

LONGEST = 200
"""Characters of the longest credit line."""
_ROLE = "|".join(sorted(map(re.escape, ROLES), key=len, reverse=True))
ROLE = re.compile(rf"(?<!\w)(?P<roles>(?:{_ROLE})(?:\s?[&/]\s?(?:{_ROLE}))?)[\s|]{{0,3}}[:：]", re.IGNORECASE)
NAMES = re.compile(r"https?://\S{3,190}|[^\s:?!“”\"][^:?!“”\"\n]{0,79}")
DESCRIBED = re.compile(r"(?<=[A-Za-z.]), (?:[a-z]+ ){3,8}[\w ]{2,60}$")
"""`Penulis: …, petani dan guru di Kebumen`: what somebody is, behind the name."""
BEFORE = " •*·»>|▪([-–—"
BETWEEN = " .,;|/-–—)]"
BEHIND_NAMES = " ,;|/-–—)]"
BARE_CREDIT = re.compile(
    r"(?P<roles>(?i:penulis|reporter|pewarta|editor|redaktur))\s+(?P<names>[A-Z]{2,4}|[A-Z][a-z'’.]+(?:\s+[A-Z][a-z'’.]*){0,3})"
)
"""`Editor AG`: without a colon only initials or capitalised words count, so `Editor film itu …` stays."""
REPORT = re.compile(
    r"\(?(?P<roles>Laporan) (?P<names>(?:Reporter|Wartawan|Kontributor|Jurnalis) [^\s,]{3,40}(?: [A-Z][^\s,]{1,20}){0,3},"
    r" [A-Z][^,()\n]{1,60})\)?"
)
"""`Laporan Reporter TribunBengkulu.com, …`"""
UNMARKED = ("penulis", "reporter", "pewarta", "editor", "redaktur", "laporan", "(laporan")
"""What a credit line without a colon starts with."""
CALLS = re.compile(r"\s*(?:kirim|ikuti|baca|dapatkan|follow|hubungi|laporkan)\b", re.IGNORECASE)
"""What a portal asks of its readers on the line of the credits."""
COPYRIGHT = re.compile(r"\s*copyright\s?©[^\n]{0,60}$", re.IGNORECASE)
"""Antara prints it on the line of the credits."""

NOTE = re.compile(r"\*{1,3}\s?\)|\*{1,2}\s(?=[A-Z])")
"""`*) Penulis adalah …`: what stands below the story about who wrote it."""
MOST_CLOSINGS = 5
MOST_BEHIND = 60
"""Paragraphs behind the initials that are looked past."""
BEHIND, LITTLE_BEHIND = 0.7, 0.3
"""Share of the story's text that may stand behind its initials and be none of it; and behind `(red)`, which stands within stories too."""


@dataclass(kw_only=True, slots=True)
class Credits:
    """What the text itself says about its making, filled while lines come off."""

    place: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    source: str | None = None
    agency: str | None = None
    """Whom the closing names as the source."""
    byline: str | None = None
    signed: list[str] = field(default_factory=list)
    """Names with which the story closes."""
    labels: list[str] = field(default_factory=list)


def take(told: Iterable[Told], names: frozenset[str]) -> tuple[list[Told], Credits]:
    """What a page tells with dateline, credit lines and closing initials taken off the story, and what those said.

    `names` are the site's own names, casefolded. Lines that were taken off before are asked for credits too.
    """
    noted = Credits()
    left = [each for one in told for each in _without_credit(one, names, noted)]
    for index in sorted({*_story(left)[:1], *_story(left)[-1:]}, reverse=True):
        left[index : index + 1] = _without_credits_around(left[index], names, noted)
    _take_dateline(left, names, noted)
    _take_closings(left, names, noted)
    return left, noted


def _story(told: list[Told]) -> list[int]:
    """Where the story's paragraphs stand."""
    return [index for index, one in enumerate(told) if isinstance(one, Paragraph)]


def _without_credit(one: Told, names: frozenset[str], noted: Credits) -> list[Told]:
    """A paragraph, or its lines as taken off where each of them is a credit or a label; credits that went before are noted too."""
    if isinstance(one, Removed):
        credit_line(one.text, noted, names)
        noted.labels.extend(["advertorial"] * bool(LABEL_LINE.fullmatch(one.text)))
        return [one]
    if LABEL_LINE.fullmatch(one.text):
        noted.labels.append("advertorial")
        return [Removed(rule="label-line", text=one.text)]
    lines = one.text.split("\n")
    if one.heading or not all(_credits(line) for line in lines):
        return [one]
    for line in lines:
        credit_line(line, noted, names)
    return [Removed(rule="credit-line", text=line) for line in lines]


def _without_credits_around(one: Told, names: frozenset[str], noted: Credits) -> list[Told]:
    """A paragraph, and apart from it the credit lines above and below its text, behind single line breaks."""
    lines = one.text.split("\n")
    credited = [bool(_credits(line)) for line in lines]
    if not isinstance(one, Paragraph) or all(credited):
        return [one]
    first, last = credited.index(False), len(lines) - credited[::-1].index(False)
    for line in (*lines[:first], *lines[last:]):
        credit_line(line, noted, names)
    above, below = ([Removed(rule="credit-line", text=line) for line in part] for part in (lines[:first], lines[last:]))
    return [*above, replace(one, text="\n".join(lines[first:last])), *below]


def credit_line(text: str, noted: Credits, names: frozenset[str] = frozenset()) -> bool:
    """Whether the whole of `text` credits people or a source, which are then noted; `names` are the site's own, casefolded."""
    parts = _credits(text)
    for roles, printed in parts:
        for role in re.split(r"\s?[&/]\s?", roles.lower()):
            note(role, printed, noted, names)
    return bool(parts)


def note(role: str, printed: str, noted: Credits, names: frozenset[str]) -> None:
    """Note whom a role credits; one that `ROLES` does not know is an author's."""
    match ROLES.get(role, AUTHOR):
        case "source":
            noted.source = noted.source or printed.rstrip(" .")
        case "editor":
            noted.editors.extend(people([printed], names))
        case "author":
            noted.authors.extend(people([printed], names))


def _credits(text: str) -> list[tuple[str, str]]:
    """(roles, names) of each credit in a line; [] where anything else stands in it."""
    # Most lines are the story's, and this tells them from credits before any pattern is tried.
    if len(text) > LONGEST or not (":" in text or "：" in text or text[:10].lower().startswith(UNMARKED)):
        return []
    if bare := BARE_CREDIT.fullmatch(text) or REPORT.fullmatch(text):
        return [(bare["roles"], bare["names"])]
    text = COPYRIGHT.sub("", text)
    found = list(ROLE.finditer(text))
    if not found or text[: found[0].start()].strip(BEFORE):
        return []
    ends = [later.start() for later in found[1:]] + [len(text)]
    # The dot of `S.Pd.` is the name's.
    parts = [(one["roles"], text[one.end() : end].lstrip(BETWEEN).rstrip(BEHIND_NAMES)) for one, end in zip(found, ends, strict=True)]
    parts = [(roles, DESCRIBED.sub("", names)) for roles, names in parts]
    if all(NAMES.fullmatch(names) and not _is_sentence(names) for _, names in parts):
        return parts
    # `Editor : … | Kirim artikel dan video ke redaksi`
    first, bar, call = text.partition("|")
    return _credits(first.strip()) if bar and CALLS.match(call) else []


def _is_sentence(names: str) -> bool:
    """Whether what stands behind a role is said, not named: `Wartawan: Kami ingin penjelasan`."""
    words = names.split()
    return len(words) > 2 and sum(len(word) > 3 and word.islower() for word in words) > 1


def _take_dateline(told: list[Told], names: frozenset[str], noted: Credits) -> None:
    """Take the dateline off the first paragraph."""
    for _ in range(2):  # `PORTAL.COM – CIREBON. …`
        first, *further = _story(told) or [-1]
        opening = told[first] if first >= 0 else None
        found = dateline(opening.text, opening.lead, names) if isinstance(opening, Paragraph) and not noted.place else None
        if not found or not (found.rest or further):
            return
        assert isinstance(opening, Paragraph)
        noted.place = found.place
        rest = [replace(opening, text=found.rest, lead="")] if found.rest else []
        told[first : first + 1] = [Removed(rule="dateline", text=found.printed), *rest]


def _take_closings(told: list[Told], names: frozenset[str], noted: Credits) -> None:
    """Take off what closes the story: initials, stars, the mark of an advertorial; and what stands behind initials, which end it."""
    _end_at_initials(told, names)
    for _ in range(MOST_CLOSINGS):
        story = _story(told)
        last = told[story[-1]] if story else None
        if last and len(story) > 1 and NOTE.match(last.text):
            told[story[-1]] = Removed(rule="closing-note", text=last.text)
            continue
        closing = closing_of(last.text, names) if last else None
        if not isinstance(last, Paragraph) or closing is None:
            return
        noted.labels.extend(["advertorial"] * closing.advertorial)
        noted.agency = noted.agency or closing.source
        noted.byline = noted.byline or closing.byline
        noted.signed.extend(closing.authors)
        rest = last.text[: closing.start].rstrip()
        gone = Removed(rule="closing", text=last.text[closing.start :].strip())
        told[story[-1] : story[-1] + 1] = [*([replace(last, text=rest)] if rest else []), gone]


def _end_at_initials(told: list[Told], names: frozenset[str]) -> None:
    """Take off the little that stands behind the initials with which a story ends: calls, disclaimers, headlines of others."""
    story = _story(told)
    for last in story[-2:-MOST_BEHIND:-1]:
        closing = closing_of(told[last].text, names)
        if closing and (closing.byline or closing.authors):
            behind = [index for index in story if index > last]
            most = BEHIND if len(initials(closing.byline or "")) else LITTLE_BEHIND
            if sum(len(told[index].text) for index in behind) <= most * sum(len(told[index].text) for index in story):
                for index in reversed(behind):
                    told[index : index + 1] = [Removed(rule="after-closing", text=line) for line in told[index].text.split("\n")]
            return
