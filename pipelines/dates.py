"""Indonesian dates, exact or refused: what a portal prints as the date of a story becomes a `Stamp`, or None.

A text is folded (`date_text`), cut into tokens (`date_forms`) and freed of names, counts and Hijri dates. What is left must be, whole, one
of a few shapes, and is then read (`date_parts`). Anything not understood refuses the text: a guessed date is worse than none.
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from archive.records import Stamp
from pipelines.date_forms import lex, parts_of
from pipelines.date_parts import Clock, NotADateError, Parts, ago, clock_of, could_be_month_first, day_of, days_back, rounded_by, zone_of
from pipelines.date_text import fold
from pipelines.date_words import NOT_NAMES, PARTICLES, WEEKDAYS

EARLIEST = date(1995, 1, 1)
"""The first Indonesian portal opened in 1995; an older date is a zero, a birthday or history."""
AHEAD = timedelta(hours=24)
"""How far after `now` a date may lie: clocks and zones are wrong by less than a day."""

# A name after a byline label; a section of the portal after a date; a name alone between separators; a section with a number before a
# weekday (`Liga 1 | Minggu, …`, `Pemilu 2024 - Rabu, …`).
_NAMES = re.compile(
    r"B+(?P<label>[skcf]{0,3})N[Nf]{0,7}|Pc(?P<signed>N[Nf]{0,5})(?=[sk])|(?<=[DETZRNskf])C[NV][NVf]{0,5}(?:(?:kN[Nf]{0,3}){1,3}(?=V))?|(?<![^sk])(?P<alone>N[Nf]{0,7})(?=[skV]|$)|(?<!.)N[Nf]{0,3}(?P<numbered>X)(?=sW)"
)
_SECTIONS = re.compile(r"(?P<label>[PU])[^PU]*|[^PU]+")
_NOT_UNDERSTOOD = frozenset("NXC")
_DAYS = frozenset("DdERr")
_WORDS = frozenset("NB")
_OF_A_DATE = _DAYS | frozenset("TZW")
_TIME = "TZ{0,2}"
_DATE = f"W?DW?(?:Z?{_TIME}|Z)?|W?{_TIME}W?DW?|W?EZ{{0,2}}|Wd(?:{_TIME})?|{_TIME}Wd"
_SHAPE = re.compile(f"[Rr]?(?:{_DATE})|(?:{_DATE})[Rr]|r(?:{_TIME})?|{_TIME}r|R")


_NUMBERS = re.compile("(?<=[DETZNVR])X{1,3}(?=V?$)")
"""Views and comments as themes print them behind the date, without a word: `1204 0`."""
_TWICE = re.compile("(D(?:TZ?)?)(D(?:TZ?)?)")
"""The day of the story and that of its change: with no space between, two elements of a WordPress theme, and no writer's range."""
_EIGHT_DIGITS = re.compile(r"[0-9]{8}")
"""A day in digits only. Beside a word it is a file's (`IMG-20240304-WA0041`) or no date (`Telepon 20240304`)."""


class _Text(NamedTuple):
    """A folded text, cut up. In its shape a name that may stand beside a date has become `s`."""

    printed: str
    shape: str
    tokens: list[re.Match[str]]

    @property
    def understood(self) -> bool:
        return _NOT_UNDERSTOOD.isdisjoint(self.shape)


class _Section(NamedTuple):
    """What stands under one label (`P` published, `U` updated, "" none): the tokens of a date, and their kinds."""

    label: str
    kinds: str
    tokens: list[re.Match[str]]


def parse(raw: str, *, zone: str, now: datetime | None = None) -> Stamp | None:
    """The publication date that `raw` prints, or None where it prints none, or where more than one reading is possible.

    `zone` is the portal's IANA zone; a zone that the text names wins over it. `now` is aware, by default the clock: the base of "2 jam yang
    lalu" and the limit of the future. `modified` holds the second date of "Tayang … Diperbarui …". Flags: `weekday` where the printed
    weekday does not fit; `time` where the printed time is impossible or unclear, so that only the day was kept; `updated` where the text
    calls its one date an update. No text raises; an unknown zone raises ZoneInfoNotFoundError, a naive `now` ValueError.
    """
    local = _localised(now, zone)
    text = _cut(raw)
    if text is None or not text.understood:
        return None
    try:
        return _published(text, raw, local)
    except NotADateError:
        return None


def readable(raw: str, now: datetime) -> bool:
    """Whether `raw` prints a date at all, as it is read at the aware moment `now`, whatever its zone."""
    return parse(raw, zone="UTC", now=now) is not None


def fallback(raw: str, *, zone: str, now: datetime | None = None) -> Stamp | None:
    """What dateparser makes of a text that `parse` did not understand, within the same limits; None where `parse` understood and refused.

    Every number of the text must be a part of the answer, which keeps ranges, law numbers and counts out. Count and log its use: what it
    reads is a form that `date_forms` lacks.
    """
    local = _localised(now, zone)
    text = _cut(raw)
    if text is None or text.understood or "H" in text.shape or not NOT_NAMES.isdisjoint(text.printed.lower().split()):
        return None
    import dateparser  # half a second, and most crawls never need it

    settings = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "PARSERS": ["absolute-time"], "RELATIVE_BASE": local.replace(tzinfo=None)}
    found = dateparser.parse(text.printed, languages=["id", "en"], settings=settings)
    try:
        return _confirmed(found, text.printed, raw, local) if found else None
    except NotADateError:
        return None


def _localised(now: datetime | None, zone: str) -> datetime:
    if now is None:
        return datetime.now(ZoneInfo(zone))
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime: give it a tzinfo")
    return now.astimezone(ZoneInfo(zone))


def _cut(raw: str) -> _Text | None:
    printed = fold(raw)
    if printed is None:
        return None
    shape, tokens = lex(printed.lower())
    if numbers := _NUMBERS.search(shape):
        counts = [token[0] for token in tokens[slice(*numbers.span())]]
        # A comment is rare on these portals; a 0 by itself is no part of a date.
        if "0" in counts and all(count.isdecimal() for count in counts):
            shape = shape[: numbers.start()] + "V" * len(counts) + shape[numbers.end() :]
    if not _WORDS.isdisjoint(shape) and any(_EIGHT_DIGITS.fullmatch(token[0]) for token in tokens):
        return None
    if "N" not in shape:
        return _Text(printed, shape, tokens)

    def separator(found: re.Match[str]) -> str:
        start, end = found.span()
        # "25 Maret 2021, Gedung DPRD" is where and when something happens.
        if found["alone"] and shape[start - 1 : start] == "k" and not _DAYS.isdisjoint(shape[:start]):
            return found[0]
        if found["numbered"] and not tokens[end - 1][0].isdecimal():
            return found[0]
        name = [printed[slice(*tokens[index].span())] for index in range(start, end) if shape[index] == "N"]
        return "s" * len(found[0]) if _is_name(name, sure="f" in found[0] or "c" in (found["label"] or "")) else found[0]

    return _Text(printed, _NAMES.sub(separator, shape), tokens)


def _is_name(words: list[str], *, sure: bool) -> bool:
    if any(word.lower() in NOT_NAMES for word in words):
        return False
    if len(words) == 1:
        return words[0].lower() not in WEEKDAYS
    return sure or all(not word[0].islower() or "." in word or word in PARTICLES for word in words)


def _published(text: _Text, raw: str, now: datetime) -> Stamp | None:
    """The publication date among the sections of a text, with the date of the update beside it."""
    sections = _sections(text)
    dated = [section for section in sections if not _DAYS.isdisjoint(section.kinds)]
    if any(section.kinds and section.label != "U" and section not in dated for section in sections):
        return None  # a time that stands apart from the date: whose it is cannot be told
    if len(dated) == 1:
        stamp = _read(dated[0], raw, now)
        called_update = dated[0].label == "U" or (not dated[0].label and sections[-1].label == "U" and not sections[-1].kinds)
        return replace(stamp, flags=(*stamp.flags, "updated")) if called_update else stamp
    # A bare label at the end means that the labels follow their dates; which is whose cannot be told.
    if len(dated) != 2 or sections[-1] is not dated[-1] or [section.label for section in dated].count("U") != 1:
        return None
    first, second = (_read(section, raw, now) for section in dated)
    if dated[0].label == "U":
        first, second = second, first
    elif "U" not in text.shape and first.iso > second.iso:
        return None
    return replace(first, modified=second)


def _sections(text: _Text) -> list[_Section]:
    sections: list[_Section] = []
    for found in _SECTIONS.finditer(text.shape):
        start, end = found.span()
        counting = [(kind, text.tokens[index]) for index, kind in enumerate(text.shape[start:end], start) if kind in _OF_A_DATE]
        kinds, tokens = "".join([kind for kind, _ in counting]), [token for _, token in counting]
        half = len(kinds) // 2
        # Themes print the day of the change, too, where it is the same.
        if half and kinds[:half] == kinds[half:] and [token[0] for token in tokens[:half]] == [token[0] for token in tokens[half:]]:
            kinds, tokens = kinds[:half], tokens[:half]
        section = _Section(found["label"] or "", kinds, tokens)
        sections += _apart(section) if kinds.count("D") == 2 else [section]
    return sections


def _apart(section: _Section) -> list[_Section]:
    """A section whose two dates stand without a space between is one of publication and one of the update."""
    twice = _TWICE.fullmatch(section.kinds) if section.label != "U" else None
    if not twice or section.tokens[twice.end(1) - 1].end() != section.tokens[twice.end(1)].start():
        return [section]
    first, then = section.tokens[: twice.end(1)], section.tokens[twice.end(1) :]
    return [_Section(section.label, twice[1], first), _Section("U", twice[2], then)]


def _read(section: _Section, raw: str, now: datetime) -> Stamp:
    kinds = section.kinds
    if not _SHAPE.fullmatch(kinds):
        raise NotADateError
    parts = [parts_of(token) for token in section.tokens]
    by_kind = dict(zip(kinds, parts, strict=True))
    zone = zone_of(parts, now.tzinfo)
    if zone is not now.tzinfo:
        now = now.astimezone(zone)
    if kinds == "R":
        moment, precision = ago(by_kind["R"], now)
        return _stamp(moment.date(), Clock(moment.time(), precision) if precision != "day" else None, (), raw, now)
    exact = by_kind.get("E", {})
    if "epoch" in exact:
        moment = datetime.fromtimestamp(int(exact["epoch"]), now.tzinfo)
        return _stamp(moment.date(), Clock(moment.time(), "second"), (), raw, now)
    day, flags = _day(by_kind, now)
    timed = by_kind.get("T", exact)
    if not timed:
        return _stamp(day, None, flags, raw, now)
    clock, printed = clock_of(timed), by_kind.get("D", exact)
    if not clock and "month" in printed:
        raise NotADateError  # people mistype a time, machines do not: this is something else
    if "half" in timed and "W" not in by_kind and "loose" in printed and could_be_month_first(printed):
        raise NotADateError  # who prints 2:05 PM may well print 3/4/2021 for the fourth of March
    return _stamp(day, clock, flags if clock else (*flags, "time"), raw, now)


def _day(by_kind: dict[str, Parts], now: datetime) -> tuple[date, tuple[str, ...]]:
    """The day that is printed, or counted back from today; where both are there they must agree."""
    counted = days_back(by_kind["r"], now) if "r" in by_kind else ago(by_kind["R"], now)[0].date() if "R" in by_kind else None
    printed = by_kind.get("D") or by_kind.get("E") or by_kind.get("d")
    if printed is None:
        if counted is None:
            raise NotADateError
        return counted, ()
    day, fits = day_of(printed, by_kind.get("W"), now.date())
    if counted and abs(counted - day) > (rounded_by(by_kind["R"]) if "R" in by_kind else timedelta()):
        raise NotADateError
    return day, () if fits else ("weekday",)


def _stamp(day: date, clock: Clock | None, flags: tuple[str, ...], raw: str, now: datetime) -> Stamp:
    """The stamp of a day and, where printed, a time in the zone of `now`; refused where it lies before the portals or after `now`."""
    latest = now + AHEAD
    if day < EARLIEST or day > latest.date():
        raise NotADateError
    if clock is None:
        return Stamp(iso=day.isoformat(), precision="day", raw=raw, flags=flags)
    moment = datetime.combine(day, clock.time, now.tzinfo)
    if moment > latest:
        raise NotADateError
    timespec = "seconds" if clock.precision == "second" else "minutes"
    return Stamp(iso=moment.isoformat(timespec=timespec), precision=clock.precision, raw=raw, flags=flags)


def _confirmed(found: datetime, text: str, raw: str, now: datetime) -> Stamp | None:
    """The stamp of dateparser's answer, when the numbers of the text are exactly its day and year, or these with its hour and minute."""
    numbers = sorted(int(number) for number in re.findall("[0-9]+", text))
    if numbers == sorted((found.year, found.day)):
        return _stamp(found.date(), None, (), raw, now)
    if numbers == sorted((found.year, found.day, found.hour, found.minute)):
        zoned = now.astimezone(found.tzinfo) if found.tzinfo else now
        return _stamp(found.date(), Clock(found.time(), "minute"), (), raw, zoned)
    return None
