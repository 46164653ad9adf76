"""A value that a page gives, where it stood, and what found it there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

RULE, JSON_LD, META, VISIBLE, GENERIC, URL, TEXT = "rule", "json-ld", "meta", "visible", "generic", "url", "text"
"""Where a value can come from: a rule of the portal, JSON-LD, meta elements and the data of scripts, what readers see around the story, a
guess of trafilatura, the address, the story's own text."""


class Origin(NamedTuple):
    """Where a value came from."""

    source: str
    by: str
    """What found it there: a selector of the rules, a key of JSON-LD, the name of a meta element, or a word of ours for the kind of line,
    link or heading that told it. Never anything that the page says, so a portal has few of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it came from."""

    value: str
    source: str
    by: str

    @property
    def origin(self) -> Origin:
        """Where it came from, without the value."""
        return Origin(self.source, self.by)


def found(texts: Iterable[str], source: str, by: str) -> list[Found]:
    """The texts, each as found there."""
    return [Found(text, source, by) for text in texts]
