"""Text folded for reading dates: one space, one apostrophe, one dash, nothing unseen, entities and mojibake undone."""

import html
import re
import unicodedata

from pipelines.date_words import MONTHS, WEEKDAYS

MAX_RAW, MAX_FOLDED = 2_000, 200
"""Characters before and after folding; longer texts are not dates, and are refused before any work is done on them."""

_SAME_LOOK = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʹʻʼʽˈ′＇ꞌ", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•·∙‧▪●◆»›«‹¦│", "|"),
        **dict.fromkeys("⁄∕", "/"),
        "∶": ":",
        "\\": None,  # Jum\'at, escaped once too often
        "Â": " ",  # what is left of a no-break space
        "İ": "I",  # its lower case is two characters
    }
)
_ICONS = re.compile("[\u2190-\u2bff\ue000-\uf8ff\ufe0f\U0001f000-\U0001faff]")  # clocks and calendars, also of icon fonts
_LINES = re.compile(r"\b(?P<word>(?:[a-zA-Z0-9-]{2,40}\.)?[^\W\d_]{1,40})[ \t\r]{0,20}\n\s*(?=\w)")
_COUNTED = re.compile(
    "[\U0001f441\U0001f4ac\U0001f5e8\u2764\U0001f44d\U0001f525]\ufe0f? ?[0-9][0-9.,]{0,9}[kK]?(?![0-9])"
)  # views, comments
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")  # of JSON inside a page
_HIGH = re.compile("[\u0080-\uffff]+")
_MOJIBAKE = frozenset("ÂÃâÊÄËÅÆï")  # what the first byte of a UTF-8 sequence looks like in cp1252


def fold(raw: str) -> str | None:
    """`raw` with its typography evened out and its letters' case kept; None when it is too long to be a date."""
    if len(raw) > MAX_RAW:
        return None
    text = html.unescape(html.unescape(raw)) if "&" in raw else raw
    if "\\u" in text:
        text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _repaired(text).translate(_SAME_LOOK))
        text = _ICONS.sub("|", _COUNTED.sub("|", _UNSEEN.sub(_gap, text)))
    if "\n" in text:
        text = _LINES.sub(_line, text)
    text = " ".join(text.translate(_SAME_LOOK).split())
    return text if len(text) <= MAX_FOLDED else None


def _repaired(text: str) -> str:
    for _ in range(2):  # some have been through it twice
        if _MOJIBAKE.isdisjoint(text):
            break
        text = _HIGH.sub(_decoded, text)
    return text


def _decoded(run: re.Match[str]) -> str:
    for codec in ("cp1252", "latin-1"):
        try:
            return run[0].encode(codec).decode()
        except UnicodeError:
            continue
    return run[0]


def _line(end: re.Match[str]) -> str:
    # Below a name stands the date; below a part of the date its rest.
    word = end["word"]
    return (
        f"{word} | " if (word[0].isupper() or "." in word) and word.lower() not in MONTHS and word.lower() not in WEEKDAYS else f"{word} "
    )


def _gap(unseen: re.Match[str]) -> str:
    # A soft hyphen between a digit and a letter stood where a line could break; inside a word or a number it stood for nothing.
    before, after = unseen.string[unseen.start() - 1 : unseen.start()], unseen.string[unseen.end() : unseen.end() + 1]
    return " " if before.isalnum() and after.isalnum() and before.isdigit() != after.isdigit() else ""
