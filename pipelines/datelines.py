"""Where the story was written: the place that its first paragraph opens with, in the forms in which portals print it."""

import re
from dataclasses import dataclass

from archive.regions import places
from pipelines.date_words import WEEKDAYS
from pipelines.site_names import is_site

LONGEST = 160
"""Characters within which a dateline ends."""
LONGEST_CODE = 6
"""Letters of the longest code that stands for a portal: `RMOL. Sebanyak …`."""
SHORTEST = 4
"""Letters of the shortest place that is known by standing there twice."""
ACRONYMS = frozenset("di dki diy ntb ntt oku oki ikn pali".split())
"""What stays in capitals in the name of a place."""

_TLD = r"(?i:com|co|id|net|org|info|news|tv|asia|biz|online|site|xyz)"
_DOMAIN = rf"(?:(?i:www)\.)?[A-Za-z0-9-]{{2,40}}(?:\.[A-Za-z0-9-]{{2,20}}){{0,2}}\.{_TLD}(?![A-Za-z0-9])"
_WORD = r"[A-Z][A-Za-z.'’-]*"
_PLACE = rf"{_WORD}(?:\s+{_WORD}){{0,3}}"
_DASH = r"\s*(?:[-–—]{1,3}|:(?=\s))\s*"
_SPACED = r"(?:\s+[-–—]{1,3}\s*|[–—]{1,3}\s*|-{1,2}\s+)"
FORMS = (
    # KEBUMEN(kebumenekspres.com)-  ·  KEBUMEN (kebumenekspres.com) -  ·  Mataram, NTB (ANTARA News) -
    re.compile(rf"(?P<place>{_PLACE}(?:,\s*{_PLACE})?)\s*,?\s*\(\s*(?P<site>[^()\d][^()]{{1,40}}?)\s*\)\.?{_DASH}"),
    # KEBUMEN, Kebumen24.com-  ·  JAKARTA, DISWAY.ID -  ·  KEBUMEN.iNewscilacap.id -
    re.compile(rf"(?P<place>{_PLACE}?)\s*[,.]\s*(?P<site>{_DOMAIN}){_DASH}"),
    # RAKYATBENGKULU.COM, KEPAHIANG -  ·  IKOBENGKULU.COM–  ·  Mediasiantar.com, Simalungun |
    re.compile(rf"(?P<site>{_DOMAIN})(?:\s*[,|]\s*(?P<place>{_PLACE}))?(?:{_DASH}|\s*\|{{1,2}}\s*)"),
    # BENUAETAMPOST.ID, SAMARINDA.
    re.compile(rf"(?P<site>{_DOMAIN})\s*,\s*(?P<place>[A-Z][A-Z.'’]{{2,}}(?:\s[A-Z.'’]{{2,}}){{0,3}})\.\s+(?=[A-Z])"),
    # KBRN, Manokwari: · SUARA BROMO, Malang – · RADAR BOGOR, CILEUNGSI –
    re.compile(rf"(?P<agency>[A-Z]{{3,20}}(?:\s[A-Z][A-Za-z]{{2,20}}){{0,2}}),\s*(?P<place>{_PLACE}){_DASH}"),
    # Jombang, Santri Online: on a line of its own
    re.compile(rf"(?P<place>{_PLACE})(?:,\s*(?P<alone>{_PLACE}))?\s*$"),
    # Tulehu (20/2) –
    re.compile(rf"(?P<place>{_PLACE})\s*\((?P<day>\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?)\){_DASH}"),
    # CIREBON. · SUMENEP || KABAR GILI IYANG – · JAKARTA |
    re.compile(r"(?P<place>[A-Z][A-Z.'’]{2,}(?:\s[A-Z.'’]{2,}){0,3})(?P<stop>\.)\s+(?=[A-Z])"),
    re.compile(rf"(?P<place>{_PLACE})\s*\|{{1,2}}\s*(?P<portal>{_PLACE}){_SPACED}"),
    re.compile(rf"(?P<place>{_PLACE})(?:\s*,\s*(?P<site>{_DOMAIN}))?\s*\|{{1,2}}\s*"),
    # KEPAHIANG, RADAR KEPAHIANG –  ·  KEPAHIANG, BENGKULU –
    re.compile(rf"(?P<place>{_PLACE})\s*,\s*(?P<beside>{_PLACE}){_SPACED}"),
    # KEPAHIANG –  ·  RADAR BOGOR–  ·  KEPAHIANG- (never the hyphen of `Kepahiang-Curup`)
    re.compile(rf"(?P<place>{_PLACE}){_SPACED}"),
    # KEPAHIANG-Program …: glued, and known by its capitals alone
    re.compile(r"(?P<place>[A-Z][A-Z.'’]*(?:\s[A-Z][A-Z.'’]*){0,3})-(?=[A-Z][a-z])"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dateline:
    """A dateline as printed, and what it says."""

    printed: str
    place: str | None
    rest: str
    """The text behind it."""


def dateline(text: str, lead: str, names: frozenset[str]) -> Dateline | None:
    """The dateline that a story's first paragraph opens with, or None.

    `lead` are its bold opening words; `names` the site's own names, casefolded: `RADAR BOGOR–` is one only where the portal is called so.
    """
    for form in FORMS:
        match = form.match(text, 0, LONGEST)
        if match and _is_dateline(match, text[match.end() :], lead, names):
            place = match.groupdict().get("place")
            own = place is None or (not is_place(place) and (is_site(place, names) or bool(match.groupdict().get("stop"))))
            return Dateline(
                printed=match[0].strip(),
                place=None if own or place is None else spelled(_without_name(place, names)),
                rest=text[match.end() :].lstrip(),
            )
    # Some portals print the place in bold and nothing between it and the sentence.
    bold = _without_name(lead.strip(" ,.-–—:"), names)
    rest = text[len(lead) :].lstrip(" ,.-–—:")
    if text.startswith(lead) and is_place(bold) and rest and not rest[0].islower():
        return Dateline(printed=lead, place=spelled(bold), rest=rest)
    return None


def _without_name(place: str, names: frozenset[str]) -> str:
    """A place without the portal's name behind it: `Sumedang, Kabar Cimanuk`; what else stands there is a wider place."""
    narrow, comma, wide = place.partition(",")
    return place if comma and is_place(wide.strip()) else narrow


def _is_dateline(match: re.Match[str], rest: str, lead: str, names: frozenset[str]) -> bool:
    found = match.groupdict()
    site, place, beside = found.get("site"), found.get("place") or "", found.get("beside")
    if site or found.get("day"):
        # `Badan Penanggulangan Bencana (BPBD)` is a name and its letters.
        abbreviated = str(site).isupper() and len(str(site)) <= LONGEST_CODE and not str(site).startswith(place[:1].upper())
        return not site or bool(re.fullmatch(_DOMAIN, site)) or is_site(site, names) or is_place(place) or abbreviated
    if found.get("stop") or not rest:
        short = bool(found.get("stop")) and place.isalpha() and SHORTEST <= len(place) <= LONGEST_CODE
        return short or (is_place(place) and (not found.get("alone") or is_site(str(found["alone"]), names)))
    # `Jakarta – kota terbesar – macet`: what goes on in small letters is the same sentence.
    if rest[:1].islower():
        return False
    if beside:
        return _stands_beside(beside, place, names)
    if agency := found.get("agency"):
        return not is_place(agency) and (is_place(place) or is_site(agency, names))
    return _stands_bare(match[0], place, rest, lead, names)


def _stands_bare(printed: str, place: str, rest: str, lead: str, names: frozenset[str]) -> bool:
    """Whether a place, or the portal's name, that nothing but a dash parts from the text is a dateline."""
    glued = printed.endswith("-") and printed[-2:-1].isalpha()
    if (glued or not place.isupper()) and _opens_with_place(rest):
        return False  # Kepahiang – Curup: a road, as likely
    if glued:
        return is_place(place)
    # A place that the same paragraph names again is no chance; only the largest are known by name.
    again = len(place) > SHORTEST and bool(re.search(rf"\b{re.escape(place)}\b", rest[: LONGEST * 3], re.IGNORECASE))
    return is_site(place, names) or is_place(place) or (place.isupper() and lead.startswith(place)) or again


def _stands_beside(beside: str, place: str, names: frozenset[str]) -> bool:
    """Whether what stands behind a place can: a wider place, the portal, a weekday, or a portal unknown, in capitals both."""
    plain = beside.casefold()
    # What stands before the portal's own name is a place, however small.
    return plain in names or (is_place(place) and (is_place(beside) or plain in WEEKDAYS or (place.isupper() and beside.isupper())))


def _opens_with_place(text: str) -> bool:
    words = [word.strip(",.–—-") for word in text[:80].split()[:2]]
    return is_place(" ".join(words[:1])) or (len(words) > 1 and is_place(" ".join(words)))


def is_place(printed: str) -> bool:
    """Whether the first of what is printed names a region or its capital, with or without the region's kind."""
    plain = " ".join(printed.casefold().partition(",")[0].split())
    return plain in places() or re.sub(r"^(?:kota|kabupaten|kab\.?|provinsi)\s+", "", plain) in places()


def spelled(place: str) -> str:
    """A place in capitals as the region spells it: `KEPAHIANG` is Kepahiang, `MATARAM, NTB` Mataram, NTB."""
    if not place.isupper():
        return place
    return re.sub(r"[^\s,-]+", lambda word: word[0] if word[0].casefold() in ACRONYMS else word[0].capitalize(), place)
