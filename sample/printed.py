"""Dates and addresses as Indonesian portals print them."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")  # western Indonesia time, which all the portals keep

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")

_DAY_LINE = re.compile(r"(?P<weekday>[A-Za-z'’`]+), (?P<day>\d{1,2}) (?P<month>[A-Za-z]+) (?P<year>\d{4})")


def day(moment: datetime) -> str:
    """`25 Maret 2021` in western Indonesia time."""
    local = moment.astimezone(WIB)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def day_line(moment: datetime) -> str:
    """`Kamis, 25 Maret 2021` in western Indonesia time."""
    return f"{WEEKDAYS[moment.astimezone(WIB).weekday()]}, {day(moment)}"


def clock(moment: datetime) -> str:
    """`14:05` in western Indonesia time."""
    return f"{moment.astimezone(WIB):%H:%M}"


def old_spelling(text: str) -> str:
    """The date as editors of another generation spell it: Jum'at, Pebruari, Nopember."""
    return text.replace("Jumat", "Jum'at").replace("Februari", "Pebruari").replace("November", "Nopember")


def read_day_line(line: str) -> date | None:
    """The date of `Kamis, 25 Maret 2021`; None where the line is no such date or its weekday is wrong."""
    found = _DAY_LINE.fullmatch(line.strip())
    if not found or found["month"] not in MONTHS:
        return None
    try:
        printed = date(int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        return None
    weekday = re.sub("['’`]", "", found["weekday"])  # Friday is spelled Jum'at as often as Jumat
    return printed if weekday == WEEKDAYS[printed.weekday()] else None


def slug(text: str) -> str:
    """The text as a part of an address: `Info Desa` becomes `info-desa`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
