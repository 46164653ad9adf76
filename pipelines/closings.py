"""What closes a story: initials, stars, the mark of an advertorial."""

import re
from typing import NamedTuple

from pipelines.people import ADDRESS, people
from pipelines.site_names import is_site

WITHIN = 120
"""Characters at the end of a story within which a closing stands."""
LONGEST_BARE = 18
"""Characters at the end within which initials without brackets stand."""
LOWER = re.compile(r"[.!?”\"]\s+(?P<inside>[a-z]{2,4}/[a-z]{2,4})$")
"""`… yang pecah. ant/mnz`"""
BARE = re.compile(r"(?:^|\n)(?P<inside>[A-Z]{2,4})$")
"""Initials on a line of their own."""
MARK = re.compile(r"\s?(?:\*{1,5}|\(\*{1,5}\)|#{2,5})$")
BRACKET = re.compile(
    r"\s?[(\[]\s?(?P<inside>[A-Za-z]{2,11}\d?(?:\s?[/-]\s?[A-Za-z]{1,11}\d?){0,3}|[A-Za-z]{1,4}[.-][\w.-]{1,8}(?:/[\w.-]{1,8}){0,3}"
    r"|[A-Za-z]{1,6}(?:/[A-Za-z][\w.-]{0,8}){1,3})\s?[)\]][ .*]{0,8}$"
)
"""`(mam)`, `(abc/def)`, `(WJ/H-2)`, `(Sg-12)`, `(T.KR-AGT/B014)`."""
SIGNED = re.compile(r"\s?[(\[](?P<one>[\w. ]{3,40}?)\s?(?P<mark>/|\s[-–]\s)\s?(?P<other>[\w.' -]{3,50})[)\]][ .*]{0,8}$")
"""`(TribunBengkulu.com/…)` and `(…/tribunbengkulu)` sign with the portal and the name, `(portal.id - Rubrik)` with its section."""
LABELS = frozenset({"adv", "advertorial", "pariwara"})
LABEL_LINE = re.compile(r"\W{0,3}(?:adv|advertorial|pariwara)\W{0,3}", re.IGNORECASE)
AGENCIES = {"antara": "Antara", "jpnn": "JPNN"}
NOT_INITIALS = frozenset("tamat habis foto gambar video ist dok lihat tabel grafik".split())
INITIALS = re.compile(
    r"(?:[a-z]{1,6}|[A-Z]{2,4}|[A-Z][a-z]{1,5})\d{0,3}|[A-Za-z]{0,4}[.-]?[A-Z]{0,3}-?(?:[A-Z]{2,4}|[A-Z]?\d{1,3})|[a-z]\d{1,3}"
)
AFTER_SENTENCE = tuple(".!?”\"'’)…*")
FULL_STOP = re.compile(r"[.!?…][”\"'’)]{0,2}$")


class Closing(NamedTuple):
    """What closes a text, from `start` on."""

    start: int
    advertorial: bool = False
    source: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    """Those who sign with the portal's name: `(TribunBengkulu.com/…)`."""


def closing_of(text: str, names: frozenset[str]) -> Closing | None:
    """The closing of a text, or None where it has none."""
    searched = max(0, len(text) - WITHIN)
    if text.endswith(("*", "#", ")")) and (mark := MARK.search(text, searched)):
        return Closing(mark.start())
    near = max(0, len(text) - LONGEST_BARE)
    if bare := LOWER.search(text, near) or BARE.search(text, near):
        return Closing(bare.start("inside"), byline=bare["inside"])
    if not text[searched:].rstrip(" .*").endswith((")", "]")):
        return None
    signed, bracket = SIGNED.search(text, searched), BRACKET.search(text, searched)
    return (_signed(signed, names) if signed else None) or (_initials(text, bracket) if bracket else None)


def _signed(signed: re.Match[str], names: frozenset[str]) -> Closing | None:
    one, other, slash = signed["one"], signed["other"], signed["mark"] == "/"
    if is_site(one, names) or ADDRESS.search(f"{one} "):
        return Closing(signed.start(), authors=tuple(people([other], names)) if slash else ())
    if not slash or not is_site(other, names):
        return None
    if INITIALS.fullmatch(one):
        return Closing(signed.start(), byline=f"{one}/{other}")
    return Closing(signed.start(), authors=tuple(people([one], names)))


def _initials(text: str, bracket: re.Match[str]) -> Closing | None:
    pieces = re.split(r"\s?/\s?" if "/" in bracket["inside"] else r"\s?[/-]\s?", bracket["inside"])
    advertorial = any(piece.lower() in LABELS for piece in pieces)
    agencies = [AGENCIES[piece.lower()] for piece in pieces if piece.lower() in AGENCIES]
    initials = [piece for piece in pieces if piece.lower() not in LABELS | AGENCIES.keys()]
    if not all(INITIALS.fullmatch(piece) and piece.lower() not in NOT_INITIALS for piece in initials):
        return None
    before = text[: bracket.start()].rstrip()
    ended = FULL_STOP.search(before) or (bracket["inside"].islower() and before.endswith(AFTER_SENTENCE))
    if not advertorial and before and not ended:
        return None
    byline = "/".join(initials) if advertorial or agencies else re.sub(r"\s", "", bracket["inside"])
    return Closing(bracket.start(), advertorial, next(iter(agencies), None), byline if initials else None)
