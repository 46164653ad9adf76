"""What changed between two texts of a story, word by word. Pure functions."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

KEPT, OUT, IN = " ", "-", "+"

FACTS = ("published", "modified", "authors", "editors", "place", "credited_source", "section", "tags", "labels", "image", "image_caption")
"""What is set side by side besides title and text."""

PIECE = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
"""Words, the white space between them, and every other sign by itself."""


class Change(NamedTuple):
    """A run of text: `kind` is ` ` where it stayed, `-` where it went, `+` where it came."""

    kind: str
    text: str


def changes(old: str, new: str) -> list[Change]:
    """How the new text is made of the old one; what stayed and went is the old one, what stayed and came the new one.

    Paragraphs are matched first, then the words of those that do not: texts of many thousand words are compared in no time.
    """
    before, after = (re.split(r"(\n\n)", text) for text in (old, new))
    found: list[Change] = []
    for same, first, second in _runs(before, after):
        found += [Change(KEPT, "".join(first))] if same else _of_words("".join(first), "".join(second))
    return _joined(found)


def excerpt(found: list[Change], around: int) -> list[Change]:
    """Changes with so many characters of what stayed around each, and `…` for the rest of it."""
    shown: list[Change] = []
    for place, change in enumerate(found):
        before, behind = (around if place > 0 else 0), (around if place < len(found) - 1 else 0)
        long = change.kind == KEPT and len(change.text) > before + behind + 1
        text = f"{change.text[:before]}…{change.text[len(change.text) - behind :]}" if long else change.text
        shown.append(Change(change.kind, text))
    return shown


def facts_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of the facts about a story that two revisions tell otherwise."""
    return [(name, old[name], new[name]) for name in FACTS if old[name] != new[name]]


def told(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The changes between two revisions as data: `title` and `body` as runs (`kind`, `text`), `facts` with `before` and `after`."""
    runs = {name: [change._asdict() for change in changes(old[name], new[name])] for name in ("title", "body")}
    return {
        "from": old["number"],
        "to": new["number"],
        **runs,
        "facts": {name: {"before": before, "after": after} for name, before, after in facts_changed(old, new)},
    }


def _of_words(old: str, new: str) -> list[Change]:
    found: list[Change] = []
    for same, first, second in _runs(PIECE.findall(old), PIECE.findall(new)):
        found += [Change(KEPT, "".join(first))] if same else [Change(OUT, "".join(first)), Change(IN, "".join(second))]
    return found


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield what == "equal", old[i:j], new[k:m]


def _joined(found: list[Change]) -> list[Change]:
    """Runs of one kind as one, without empty ones; between two that stayed, what went stands before what came."""
    joined: list[Change] = []
    gone = come = ""
    for kind, text in (*found, Change(KEPT, "")):
        if kind == OUT:
            gone += text
        elif kind == IN:
            come += text
        elif text or (kind == KEPT and (gone or come)):
            joined += [change for change in (Change(OUT, gone), Change(IN, come)) if change.text]
            gone = come = ""
            if text and joined and joined[-1].kind == KEPT:
                joined[-1] = Change(KEPT, joined[-1].text + text)
            elif text:
                joined.append(Change(KEPT, text))
    return joined
