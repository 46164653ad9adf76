"""How close a reading comes to what a reader says the page holds: the columns of the table, each a function."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bench.pages import Label, Reading
from bench.texts import grams, holds, overlap, words

AFTER_DATELINE = 4
"""Words of the story that must follow a dateline before it counts as left in: names of places stand elsewhere too."""
DAY = len("2021-03-25")


def leaked(label: Label, reading: Reading) -> dict[str, bool]:
    """Which phrases that are not the story stand in the body."""
    runs = ((phrase, words(phrase)) for phrase in label.without)
    # A phrase without words, or one that the story says too, proves nothing.
    return {phrase: holds(reading.words, run) for phrase, run in runs if run and not holds(label.words, run)}


def kept(label: Label, reading: Reading) -> dict[str, bool]:
    """Which phrases of the story stand in the body."""
    runs = ((phrase, words(phrase)) for phrase in label.keep)
    return {phrase: holds(reading.words, run) for phrase, run in runs if run}


def moment(iso: str | None, zone: str) -> datetime | None:
    """A date on the portal's own clock; None where it is none."""
    try:
        stamp = datetime.fromisoformat(iso or "")
        return stamp.astimezone(ZoneInfo(zone)) if stamp.tzinfo else stamp.replace(tzinfo=ZoneInfo(zone))
    except (ValueError, OverflowError):
        return None


def share(found: Iterable[bool]) -> float | None:
    """How many are true, from 0 to 1; None of none."""
    told = list(found)
    return sum(told) / len(told) if told else None


def _title(label: Label, reading: Reading) -> float:
    return float(words(reading.title) == words(label.title))


def _f1(label: Label, reading: Reading) -> float:
    return overlap(grams(reading.words), grams(label.words)).f1


def _precision(label: Label, reading: Reading) -> float:
    return overlap(Counter(reading.words), Counter(label.words)).precision


def _recall(label: Label, reading: Reading) -> float:
    return overlap(Counter(reading.words), Counter(label.words)).recall


def _leak(label: Label, reading: Reading) -> float | None:
    return share(leaked(label, reading).values())


def _keep(label: Label, reading: Reading) -> float | None:
    return share(kept(label, reading).values())


def _minute(label: Label, reading: Reading) -> float | None:
    if len(label.published or "") <= DAY:
        return None
    want, got = (moment(each.published, label.zone) for each in (label, reading))
    fine = len(reading.published or "") > DAY
    return float(fine and _to_the_minute(got) == _to_the_minute(want))


def _to_the_minute(stamp: datetime | None) -> datetime | None:
    return stamp and stamp.replace(second=0, microsecond=0)


def _day(label: Label, reading: Reading) -> float | None:
    want, got = (moment(each.published, label.zone) for each in (label, reading))
    return float(got is not None and got.date() == want.date()) if want else None


def _authors(label: Label, reading: Reading) -> float | None:
    return _people(reading.authors, label.authors)


def _editors(label: Label, reading: Reading) -> float | None:
    return _people(reading.editors, label.editors)


def _people(got: Iterable[str], want: Iterable[str]) -> float | None:
    named, printed = ({" ".join(words(name)) for name in names} for names in (got, want))
    return float(named == printed) if printed else None


def _dateline(label: Label, reading: Reading) -> float | None:
    dateline = words(label.dateline or "")
    return float(holds(reading.words, [*dateline, *label.words[:AFTER_DATELINE]])) if dateline else None


def _refused(_label: Label, reading: Reading) -> float:
    return float(not reading.words)


@dataclass(frozen=True)
class Measure:
    """A column: what it says, and how a page scores in it, from 0 to 1; None where the page has nothing to say."""

    name: str
    means: str
    score: Callable[[Label, Reading], float | None]
    less: bool = False
    """Whether less is better."""
    of_refusals: bool = False
    """Whether it looks at the pages that are no article; all others look at the articles."""


MEASURES = (
    Measure("title", "headlines that are right, word for word", _title),
    Measure("F1", "4-grams that body and story share: harmonic mean of both shares, mean over the pages", _f1),
    Measure("precision", "words of the body that are the story's", _precision),
    Measure("recall", "words of the story that are in the body", _recall),
    Measure("leak", "phrases of the page around the story that stand in the body (less is better)", _leak, less=True),
    Measure("keep", "phrases of the story that stand in the body", _keep),
    Measure("minute", "publication right to the minute, where the page prints a time", _minute),
    Measure("day", "publication right to the day", _day),
    Measure("authors", "all authors and nobody else, where the page names one", _authors),
    Measure("editors", "all editors and nobody else, where the page names one", _editors),
    Measure("dateline", "datelines left in the body (less is better)", _dateline, less=True),
    Measure("refused", "pages that are no article of which no text was taken", _refused, of_refusals=True),
)


def score(label: Label, reading: Reading) -> dict[str, float | None]:
    """What a page scores in every column."""
    return {measure.name: measure.score(label, reading) if measure.of_refusals == bool(label.refusal) else None for measure in MEASURES}
