"""What is suspicious about an article, as data: it is kept with the article and counted per portal."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from archive.records import Article

SHORT_BODY = 200
"""Characters under which a story is too short to trust."""
LEFTOVER = re.compile(r"(?:^|\n)\s*(?:baca juga|simak juga|lihat juga|bagikan artikel|advertisement|scroll (?:to|untuk))\b", re.IGNORECASE)
DAMAGED = re.compile("\ufffd|Ã[\x80-\xbf]|â€")
SENTENCE_END = tuple(".!?…:”\"'’)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One suspicion: its id, what it means, and the test."""

    id: str
    means: str
    suspects: Callable[[Article], bool]


CHECKS = (
    Check(id="short-body", means=f"the story has fewer than {SHORT_BODY} characters", suspects=lambda a: len(a.body) < SHORT_BODY),
    Check(id="no-date", means="no date of publication could be read", suspects=lambda a: a.published is None),
    Check(
        id="odd-weekday",
        means="the printed weekday is not the date's",
        suspects=lambda a: bool(a.published and "weekday" in a.published.flags),
    ),
    Check(
        id="date-by-fallback",
        means="only dateparser could read the date: a form that pipelines/dates.py does not know",
        suspects=lambda a: bool(a.published and "dateparser" in a.published.flags),
    ),
    Check(id="unfinished", means="the story does not end with a sentence", suspects=lambda a: not a.body.endswith(SENTENCE_END)),
    Check(id="leftover", means="a paragraph starts like boilerplate", suspects=lambda a: bool(LEFTOVER.search(a.body))),
    Check(
        id="damaged", means="characters were damaged by a wrong encoding", suspects=lambda a: bool(DAMAGED.search(f"{a.title}\n{a.body}"))
    ),
)


def flags(article: Article) -> tuple[str, ...]:
    """Ids of the checks that an article does not pass, in their order."""
    return tuple(check.id for check in CHECKS if check.suspects(article))
