"""Who wrote it, where, and where it came from: datelines, credit lines, closing initials.

Credit lines are boilerplate and data: the value is taken before the line goes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archive.records import Removed
from pipelines.datelines import dateline
from pipelines.paragraphs import Paragraph, Told

AUTHOR = "author"
EDITOR = "editor"
SOURCE = "source"

ROLES = {
    "penulis": AUTHOR,
    "reporter": AUTHOR,
    "pewarta": AUTHOR,
    "wartawan": AUTHOR,
    "jurnalis": AUTHOR,
    "kontributor": AUTHOR,
    "laporan": AUTHOR,
    "editor": EDITOR,
    "redaktur": EDITOR,
    "penyunting": EDITOR,
    "sumber": SOURCE,
    "sumber berita": SOURCE,
}
"""The roles as portals print them, and what they mean."""

NOBODY = frozenset(
    "admin|administrator|super admin|superadmin|author|redaksi|tim redaksi|editor|penulis|reporter|news|web|webmaster|web design|webdesign"
    "|red|unknown|anonim|anonymous".split("|")
)
"""Names that are no one's."""
ADDRESS = re.compile(r"://|@|\bwww\.|\w\.(?:com|co|id|net|org|info|news)\b", re.IGNORECASE)

LONGEST = 200
"""Characters of the longest credit line."""
_ROLE = "|".join(sorted(map(re.escape, ROLES), key=len, reverse=True))
ROLE = re.compile(rf"(?<!\w)(?P<roles>(?:{_ROLE})(?:\s?[&/]\s?(?:{_ROLE}))?)\s?[:：]", re.IGNORECASE)
NAMES = re.compile(r"https?://\S{3,190}|[^\s:?!“”\"][^:?!“”\"\n]{0,79}")
BEFORE = " •*·»>|▪([-–—"
BETWEEN = " .,;|/-–—)]"
BARE_CREDIT = re.compile(
    r"(?P<roles>(?i:penulis|reporter|pewarta|editor|redaktur))\s+(?P<names>[A-Z]{2,4}|[A-Z][a-z'’.]+(?:\s+[A-Z][a-z'’.]*){0,3})"
)
"""`Editor AG`: without a colon only initials or capitalised words count, so `Editor film itu …` stays."""
REPORT = re.compile(
    r"\(?(?P<roles>Laporan) (?:Reporter|Wartawan|Kontributor) [^\s,]{3,40}(?: [A-Z][^\s,]{1,20}){0,2}, (?P<names>[A-Z][^,()\n]{1,60})\)?"
)
"""`Laporan Reporter TribunBengkulu.com, …`"""
COPYRIGHT = re.compile(r"\s*copyright\s?©[^\n]{0,60}$", re.IGNORECASE)
"""Antara prints it on the line of the credits."""

CLOSING_LENGTH = 120
"""Characters at the end of a story within which a closing stands."""
MOST_CLOSINGS = 5
MARK = re.compile(r"\s?(?:\*{1,5}|\(\*{1,5}\)|#{2,5})$")
BRACKET = re.compile(r"\s?\(\s?(?P<inside>[A-Za-z]{2,11}(?:\s?[/-]\s?[A-Za-z]{2,11}){0,3})\s?\)[ .*]{0,8}$")
LABELS = frozenset({"adv", "advertorial", "pariwara"})
LABEL_LINE = re.compile(r"\W{0,3}(?:adv|advertorial|pariwara)\W{0,3}", re.IGNORECASE)
AGENCIES = {"antara": "Antara", "jpnn": "JPNN"}
NOT_INITIALS = frozenset("tamat habis foto video ist dok lihat tabel grafik".split())
INITIALS = re.compile(r"[a-z]{2,6}|[A-Z]{2,4}|[A-Z][a-z]{1,5}")
AFTER_SENTENCE = tuple(".!?”\"'’)…*")
FULL_STOP = re.compile(r"[.!?…][”\"'’)]{0,2}$")


@dataclass(kw_only=True, slots=True)
class Credits:
    """What the text itself says about its making, filled while lines come off."""

    place: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    source: str | None = None
    byline: str | None = None
    labels: list[str] = field(default_factory=list)


def take(told: Iterable[Told], names: frozenset[str]) -> tuple[list[Told], Credits]:
    """What a page tells with dateline, credit lines and closing initials taken off the story, and what those said.

    `names` are the site's own names, casefolded. Lines that were taken off before are asked for credits too.
    """
    noted = Credits()
    left = [each for one in told for each in _without_credit(one, noted)]
    for index in sorted({*_story(left)[:1], *_story(left)[-1:]}, reverse=True):
        left[index : index + 1] = _without_credits_around(left[index], noted)
    _take_dateline(left, names, noted)
    _take_closings(left, noted)
    return left, noted


def _story(told: list[Told]) -> list[int]:
    """Where the story's paragraphs stand."""
    return [index for index, one in enumerate(told) if isinstance(one, Paragraph)]


def _without_credit(one: Told, noted: Credits) -> list[Told]:
    """A paragraph, or its lines as taken off where each of them is a credit or a label; credits that went before are noted too."""
    if isinstance(one, Removed):
        credit_line(one.text, noted)
        return [one]
    if LABEL_LINE.fullmatch(one.text):
        noted.labels.append("advertorial")
        return [Removed(rule="label-line", text=one.text)]
    lines = one.text.split("\n")
    if one.heading or not all(_credits(line) for line in lines):
        return [one]
    for line in lines:
        credit_line(line, noted)
    return [Removed(rule="credit-line", text=line) for line in lines]


def _without_credits_around(one: Told, noted: Credits) -> list[Told]:
    """A paragraph, and apart from it the credit lines above and below its text, behind single line breaks."""
    lines = one.text.split("\n")
    credited = [bool(_credits(line)) for line in lines]
    if not isinstance(one, Paragraph) or all(credited):
        return [one]
    first, last = credited.index(False), len(lines) - credited[::-1].index(False)
    for line in (*lines[:first], *lines[last:]):
        credit_line(line, noted)
    above, below = ([Removed(rule="credit-line", text=line) for line in part] for part in (lines[:first], lines[last:]))
    return [*above, replace(one, text="\n".join(lines[first:last])), *below]


def credit_line(text: str, noted: Credits) -> bool:
    """Whether the whole of `text` credits people or a source, which are then noted."""
    parts = _credits(text)
    for roles, names in parts:
        for role in re.split(r"\s?[&/]\s?", roles.lower()):
            match ROLES[role]:
                case "source":
                    noted.source = noted.source or names
                case "editor":
                    noted.editors.extend(people([names]))
                case _:
                    noted.authors.extend(people([names]))
    return bool(parts)


def _credits(text: str) -> list[tuple[str, str]]:
    """(roles, names) of each credit in a line; [] where anything else stands in it."""
    if len(text) > LONGEST:
        return []
    if bare := BARE_CREDIT.fullmatch(text) or REPORT.fullmatch(text):
        return [(bare["roles"], bare["names"])]
    text = COPYRIGHT.sub("", text)
    found = list(ROLE.finditer(text))
    if not found or text[: found[0].start()].strip(BEFORE):
        return []
    ends = [later.start() for later in found[1:]] + [len(text)]
    parts = [(one["roles"], text[one.end() : end].strip(BETWEEN)) for one, end in zip(found, ends, strict=True)]
    return parts if all(NAMES.fullmatch(names) and not _is_sentence(names) for _, names in parts) else []


def _is_sentence(names: str) -> bool:
    """Whether what stands behind a role is said, not named: `Wartawan: Kami ingin penjelasan`."""
    words = names.split()
    return len(words) > 2 and sum(len(word) > 3 and word.islower() for word in words) > 1


def people(printed: Iterable[str], names: frozenset[str] = frozenset()) -> list[str]:
    """The names in what is printed, once each; never a site's name, an address or a role."""
    found: list[str] = []
    for text in printed:
        # An address falls apart at its slashes into what looks like names.
        for piece in [] if "//" in text else re.split(r"\s*(?:[,;/&]|\bdan\b|\band\b)\s*", text):
            name = piece.strip(" .-–—|()")
            plain = name.casefold()
            nobody = plain.rstrip("0123456789 ") in NOBODY or plain.startswith("admin ") or plain in names or ADDRESS.search(name)
            if name and not nobody and len(name) <= 60 and name not in found:
                found.append(name)
    return found


def _take_dateline(told: list[Told], names: frozenset[str], noted: Credits) -> None:
    """Take the dateline off the first paragraph."""
    for first, *further in filter(None, [_story(told)]):
        opening = told[first]
        assert isinstance(opening, Paragraph)
        found = dateline(opening.text, opening.lead, names)
        if found and (found.rest or further):
            noted.place = found.place
            rest = [replace(opening, text=found.rest, lead="")] if found.rest else []
            told[first : first + 1] = [Removed(rule="dateline", text=found.printed), *rest]


def _take_closings(told: list[Told], noted: Credits) -> None:
    """Take off what closes the last paragraph: initials, stars, the mark of an advertorial."""
    for _ in range(MOST_CLOSINGS):
        story = _story(told)
        last = told[story[-1]] if story else None
        start = _closing(last.text, noted) if last else None
        if not isinstance(last, Paragraph) or start is None:
            return
        rest = last.text[:start].rstrip()
        closing = Removed(rule="closing", text=last.text[start:].strip())
        told[story[-1] : story[-1] + 1] = [*([replace(last, text=rest)] if rest else []), closing]


def _closing(text: str, noted: Credits) -> int | None:
    """Where the closing of a text starts, having noted what it says; None where it has none."""
    searched = max(0, len(text) - CLOSING_LENGTH)
    if mark := MARK.search(text, searched):
        return mark.start()
    bracket = BRACKET.search(text, searched)
    if not bracket:
        return None
    pieces = re.split(r"\s?[/-]\s?", bracket["inside"])
    labels = [piece for piece in pieces if piece.lower() in LABELS]
    agencies = [AGENCIES[piece.lower()] for piece in pieces if piece.lower() in AGENCIES]
    initials = [piece for piece in pieces if piece.lower() not in LABELS | AGENCIES.keys()]
    if not all(INITIALS.fullmatch(piece) and piece.lower() not in NOT_INITIALS for piece in initials):
        return None
    before = text[: bracket.start()].rstrip()
    if not labels and before and not (FULL_STOP.search(before) or (bracket["inside"].islower() and before.endswith(AFTER_SENTENCE))):
        return None
    noted.labels.extend(["advertorial"] * bool(labels))
    noted.source = noted.source or next(iter(agencies), None)
    if initials and not noted.byline:
        noted.byline = "/".join(initials) if labels or agencies else re.sub(r"\s", "", bracket["inside"])
    return bracket.start()
