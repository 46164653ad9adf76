"""Who wrote it, where, and where it came from: datelines, credit lines, closing initials.

Credit lines are boilerplate and data: the value is taken before the line goes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.records import Removed
from archive.regions import places
from pipelines.paragraphs import Paragraph

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
    {"admin", "administrator", "author", "redaksi", "tim redaksi", "editor", "penulis", "reporter", "news", "web", "webmaster", "red"}
)
"""Names that are no one's."""

_ROLE = "|".join(sorted(map(re.escape, ROLES), key=len, reverse=True))
_NAME = r"[^\s|:][^|:\n]{0,79}"
CREDIT = re.compile(
    rf"\W{{0,3}}(?:{_ROLE})(?:\s*[&/]\s*(?:{_ROLE}))?\s*[:：]\s*{_NAME}(?:\s*\|\s*(?:{_ROLE})\s*[:：]\s*{_NAME})*", re.IGNORECASE
)
CREDIT_PART = re.compile(rf"(?P<roles>(?:{_ROLE})(?:\s*[&/]\s*(?:{_ROLE}))?)\s*[:：]\s*(?P<names>{_NAME})", re.IGNORECASE)
BARE_CREDIT = re.compile(
    r"(?P<roles>(?i:penulis|reporter|pewarta|editor|redaktur))\s+(?P<names>[A-Z]{2,4}|[A-Z][a-z'’.]+(?:\s+[A-Z][a-z'’.]*){0,3})"
)
"""`Editor AG`: without a colon only initials or capitalised words count, so `Editor film itu …` stays."""

CLOSING = re.compile(r"\s*\(\s*(?P<initials>[a-z]{2,6}(?:\s*[/-]\s*[a-z]{2,6}){0,3})\s*\)[\s.*]*$")
CLOSING_MARK = re.compile(r"\s*(?:\*{1,5}|\(\*{1,5}\)|#{2,5})\s*$")
LABEL = re.compile(r"\s*\((?P<label>adv|advertorial|pariwara)(?P<with>/[a-z]{2,6})?\)[\s.*]*$", re.IGNORECASE)
AFTER_SENTENCE = tuple(".!?”\"'’)…")

_DOMAIN = r"[A-Za-z0-9-]{2,40}(?:\.[A-Za-z0-9-]{2,20}){1,3}"
_PLACE = r"[A-Z][A-Za-z.'’-]*(?:\s+[A-Z][A-Za-z.'’-]*){0,3}"
_DASH = r"\s*[-–—]{1,2}\s*"
DATELINES = (
    # KEBUMEN(kebumenekspres.com)-  ·  KEBUMEN (kebumenekspres.com) -  ·  Mataram, NTB (ANTARA News) -
    re.compile(rf"(?P<place>{_PLACE}(?:,\s*{_PLACE})?)\s*\((?P<site>[^()]{{2,40}})\){_DASH}"),
    # KEBUMEN, Kebumen24.com-  ·  JAKARTA, DISWAY.ID -  ·  KEBUMEN.iNewscilacap.id -
    re.compile(rf"(?P<place>{_PLACE}?)\s*[,.]\s*(?P<site>{_DOMAIN}){_DASH}"),
    # RAKYATBENGKULU.COM, KEPAHIANG -  ·  IKOBENGKULU.COM–
    re.compile(rf"(?P<site>{_DOMAIN})(?:\s*,\s*(?P<place>{_PLACE}))?{_DASH}"),
    # KEPAHIANG –  ·  RADAR BOGOR–   (never the hyphen of `Kepahiang-Curup`)
    re.compile(rf"(?P<place>{_PLACE})(?:\s+[-–—]{{1,2}}|[–—]{{1,2}})\s*"),
)


@dataclass(kw_only=True, slots=True)
class Credits:
    """What the text itself says about its making, filled while lines come off."""

    place: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    source: str | None = None
    byline: str | None = None
    labels: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)


def take(paragraphs: list[Paragraph], names: frozenset[str]) -> tuple[list[str], Credits]:
    """The story's paragraphs without dateline, credit lines and closing initials, and what those said.

    `names` are the site's own names, casefolded: `RADAR BOGOR–` is a dateline only where the portal is called so.
    """
    noted = Credits()
    texts = []
    for paragraph in paragraphs:
        if credit_line(paragraph.text, noted):
            noted.removed.append(Removed(rule="credit-line", text=paragraph.text))
        else:
            texts.append(paragraph.text)
    if texts:
        lead = next(paragraph.lead for paragraph in paragraphs if paragraph.text == texts[0])
        texts[0] = _without_dateline(texts[0], lead, names, noted)
        texts = _without_closing(texts, noted)
    return [text for text in texts if text], noted


def credit_line(text: str, noted: Credits) -> bool:
    """Whether the whole of `text` credits people or a source, which are then noted."""
    if len(text) > 200:
        return False
    if CREDIT.fullmatch(text):
        parts = list(CREDIT_PART.finditer(text))
    elif bare := BARE_CREDIT.fullmatch(text):
        parts = [bare]
    else:
        return False
    for part in parts:
        _credit(part["roles"], part["names"], noted)
    return True


def _credit(roles: str, printed: str, noted: Credits) -> None:
    printed = printed.strip(" .,-–—")
    for role in re.split(r"\s*[&/]\s*", roles.lower()):
        match ROLES[role]:
            case "source":
                noted.source = noted.source or printed
            case "editor":
                noted.editors.extend(people([printed]))
            case _:
                noted.authors.extend(people([printed]))


def people(printed: Iterable[str], names: frozenset[str] = frozenset()) -> list[str]:
    """The names in what is printed, once each; never a site's name, an address or a role."""
    found: list[str] = []
    for text in printed:
        for piece in re.split(r"\s*(?:[,;/&]|\bdan\b|\band\b)\s*", text):
            name = piece.strip(" .-–—|()")
            plain = name.casefold()
            if name and plain not in NOBODY and plain not in names and "://" not in name and len(name) <= 60 and name not in found:
                found.append(name)
    return found


def _without_dateline(text: str, lead: str, names: frozenset[str], noted: Credits) -> str:
    """The first paragraph without its dateline."""
    for pattern in DATELINES:
        match = pattern.match(text)
        if match and match.end() < len(text) and _is_dateline(match, lead, names):
            place = match.groupdict().get("place")
            if place and place.casefold() not in names:
                noted.place = place.title() if place.isupper() else place
            noted.removed.append(Removed(rule="dateline", text=match[0].strip()))
            return text[match.end() :].lstrip()
    # Some portals print the place in bold and nothing between it and the sentence.
    bold = lead.strip(" ,.-–—:")
    if bold.casefold() in places() and len(lead) < len(text):
        noted.place = bold.title() if bold.isupper() else bold
        noted.removed.append(Removed(rule="dateline", text=lead))
        return text[len(lead) :].lstrip(" ,.-–—:")
    return text


def _is_dateline(match: re.Match[str], lead: str, names: frozenset[str]) -> bool:
    found = match.groupdict()
    site, place = found.get("site"), found.get("place")
    if site:
        return "." in site or site.casefold() in names or bool(place and place.casefold().split(",")[0] in places())
    assert place
    return place.casefold() in names or place.casefold() in places() or (place.isupper() and lead.startswith(place))


def _without_closing(texts: list[str], noted: Credits) -> list[str]:
    """The paragraphs without what closes the last one: initials, stars, the mark of an advertorial."""
    last = texts[-1]
    if mark := CLOSING_MARK.search(last):
        last = last[: mark.start()]
    if label := LABEL.search(last):
        noted.labels.append("advertorial")
        noted.byline = (label["with"] or "").strip("/") or None
        last = _cut(last, label, noted)
    elif (closing := CLOSING.search(last)) and (not last[: closing.start()] or last[: closing.start()].rstrip().endswith(AFTER_SENTENCE)):
        noted.byline = re.sub(r"\s+", "", closing["initials"])
        last = _cut(last, closing, noted)
    return [*texts[:-1], last.rstrip()] if last.strip() else texts[:-1]


def _cut(text: str, match: re.Match[str], noted: Credits) -> str:
    noted.removed.append(Removed(rule="closing", text=match[0].strip()))
    return text[: match.start()].rstrip()
