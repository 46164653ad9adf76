"""Texts as words, and what two of them have in common."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")

WORD = re.compile(r"\w+")
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters that a reader does not see."""

GRAM = 4
"""Neighbouring words that are compared together, so that order counts."""


class Overlap(NamedTuple):
    """What two bags have in common: as a share of what was got, of what was wanted, and the harmonic mean of both."""

    precision: float
    recall: float
    f1: float


def words(text: str) -> list[str]:
    """The words of a text, without case, punctuation and what a reader does not see."""
    return WORD.findall(unicodedata.normalize("NFKC", text.translate(UNSEEN)).casefold())


def grams(tokens: Sequence[str], size: int = GRAM) -> Counter[tuple[str, ...]]:
    """Every `size` neighbouring words; a shorter text is one gram."""
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[start : start + size]) for start in range(max(len(tokens) - size + 1, 1)))


def overlap(got: Counter[T], want: Counter[T]) -> Overlap:
    """1 for the same bags, 0 for bags that share nothing."""
    if not got and not want:
        return Overlap(1.0, 1.0, 1.0)
    common = (got & want).total()
    return Overlap(common / max(got.total(), 1), common / max(want.total(), 1), 2 * common / (got.total() + want.total()))


def holds(tokens: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words of a phrase stand in a text, one behind the other."""
    return f" {' '.join(phrase)} " in f" {' '.join(tokens)} "
