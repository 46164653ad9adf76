"""What the printed parts of a date mean: the day, the time of day, the zone, the time gone since."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from pipelines.date_words import COUNTS, DAY_WORDS, DAYPARTS, MONTHS, UNITS, WEEKDAYS, ZONES

Parts = dict[str, str]
"""The named groups of a row of `date_forms.FORMS`, as far as they are printed."""

_FRIDAY = 4
_NO_HOUR = 24
_WESTMOST, _EASTMOST = timedelta(hours=-12), timedelta(hours=14)


class NotADateError(Exception):
    """The text is not a date, or not surely one."""


class Clock(NamedTuple):
    """A time of day, and how much of it is printed: `hour`, `minute` or `second`."""

    time: time
    precision: str


def day_of(parts: Parts, weekday: Parts | None, today: date) -> tuple[date, bool]:
    """The printed day, and whether the printed weekday, if any, fits it.

    A date without a year is the latest such day, and only if a weekday confirms it. One that does not fit refuses what is unsure alone.
    """
    day, month = _day_and_month(parts)
    if "year" in parts:
        year = int(parts["year"])
    elif "short" in parts:
        year = _full_year(parts, day, month)
    else:
        year = today.year - ((month, day) > (today.month, today.day))
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotADateError from None
    # Every spelling of Jum'at that is not in the table is one of its apostrophes.
    fits = weekday is None or WEEKDAYS.get(weekday["weekday"], _FRIDAY) == found.weekday()
    if "year" not in parts and (not fits or (weekday is None and "short" not in parts)):
        raise NotADateError
    if not fits and could_be_month_first(parts):
        raise NotADateError
    return found, fits


def could_be_month_first(parts: Parts) -> bool:
    """Whether nothing but custom says that the day stands before the month, and the date would be another if it did not."""
    day, month = _day_and_month(parts)
    return "loose" in parts and day != month and max(day, month) <= 12


def _day_and_month(parts: Parts) -> tuple[int, int]:
    return int(parts["day"]), MONTHS[parts["name"]] if "name" in parts else int(parts.get("month") or parts["loose"])


def _full_year(parts: Parts, day: int, month: int) -> int:
    short = int(parts["short"])
    if "loose" in parts and max(day, month, short) <= 12:
        raise NotADateError  # 01/02/03: each number could be any of the three
    return 2000 + short


def clock_of(parts: Parts) -> Clock | None:
    """The printed time of day; None where it is impossible ("25:61") or could be two ("2 malam")."""
    precision = "second" if "second" in parts else "minute" if "minute" in parts else "hour"
    try:
        return Clock(time(_hour(parts), int(parts.get("minute", 0)), int(parts.get("second", 0))), precision)
    except ValueError:
        return None


def _hour(parts: Parts) -> int:
    hour = int(parts["hour"])
    if "half" in parts:
        if parts["half"].startswith("a"):
            hour = hour % 12 if hour <= 12 else _NO_HOUR
        else:
            hour = hour % 12 + 12 if 1 <= hour <= 23 else _NO_HOUR
    if "part" in parts:
        stays, moves = DAYPARTS[parts["part"]]
        hour = hour if hour in stays else hour + 12 if hour in moves else _NO_HOUR
    return hour


def zone_of(printed: Iterable[Parts], default: tzinfo | None) -> tzinfo | None:
    """The zone that the parts name, or `default` where they name none; two that disagree are refused."""
    offsets = {offset for parts in printed if (offset := _offset(parts)) is not None}
    if len(offsets) > 1:
        raise NotADateError
    return timezone(offsets.pop()) if offsets else default


def _offset(parts: Parts) -> timedelta | None:
    if "mark" in parts:
        return ZONES[parts["mark"]]
    if "offset" not in parts:
        return None
    text = parts["offset"]
    digits = "".join(filter(str.isdigit, text.removeprefix("%2b"))) or "0"
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if "-" in text:
        offset = -offset
    if not _WESTMOST <= offset <= _EASTMOST or int(minutes) > 59:
        raise NotADateError
    return offset


def days_back(parts: Parts, now: datetime) -> date:
    """The day of "kemarin" and "hari ini"."""
    return now.date() - timedelta(days=DAY_WORDS[parts["today"]])


def ago(parts: Parts, now: datetime) -> tuple[datetime, str]:
    """The moment of "1 hari 3 jam yang lalu" in the zone of `now`, and its precision: `day`, `second`, or `minute`, also for hours."""
    moment, precision = now, "day"
    for which in ("1", "2"):
        if "unit" + which not in parts:
            continue
        unit, printed = UNITS[parts["unit" + which]], parts["count" + which].strip()
        if printed in ("setengah", "half an"):
            if unit != "hour":
                raise NotADateError
            count, unit = 30, "minute"
        else:
            count = COUNTS.get(printed) or int(printed)
        if unit in ("month", "year"):
            moment = _months_back(moment, count * (12 if unit == "year" else 1))
        elif unit in ("day", "week"):
            moment -= timedelta(days=count * (7 if unit == "week" else 1))
        else:
            precision = "second" if unit == "second" else "minute"
            moment = (moment.astimezone(UTC) - timedelta(**{unit + "s": count})).astimezone(now.tzinfo)
    return moment, precision


def rounded_by(parts: Parts) -> timedelta:
    """How far "2 tahun lalu" may lie from the day that is meant: what is counted in weeks, months or years is rounded to whole ones."""
    return timedelta(days=ROUNDED.get(UNITS[parts.get("unit2") or parts["unit1"]], 0))


ROUNDED = {"week": 7, "month": 31, "year": 366}
"""Days by which a count of units is off at most."""


def _months_back(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    if year < MINYEAR + 1000:
        raise NotADateError  # far from any portal, and weeks may still go off it
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
