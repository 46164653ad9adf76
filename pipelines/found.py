"""A value that a page gives, and where it stood."""

from collections.abc import Iterable
from dataclasses import dataclass

RULE, JSON_LD, META, VISIBLE, GENERIC, URL, TEXT = "rule", "json-ld", "meta", "visible", "generic", "url", "text"
"""Where a value can come from: a rule of the portal, JSON-LD, meta elements and the data of scripts, what readers see around the story, a
guess of trafilatura, the address, the story's own text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it came from."""

    value: str
    source: str


def found(texts: Iterable[str], source: str) -> list[Found]:
    """The texts, each as found there."""
    return [Found(text, source) for text in texts]
