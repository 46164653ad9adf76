"""Dates as portals print them: the table of rows beside this file, the examples of the forms, and what must hold for any text."""

import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import dates
from pipelines.date_forms import EXAMPLE_NOW, FORMS, Form, lex
from pipelines.date_text import MAX_FOLDED, MAX_RAW, fold
from pipelines.date_words import BADGES, BYLINE, MONTHS, PASARAN, PUBLISHED, UNITS, UPDATED, WEEKDAYS, ZONES
from pipelines.dates import EARLIEST, fallback, parse
from tests.dates_table import Row, read_table
from tests.steady import steady

HERE = Path(__file__).parent
MEASURED = HERE.parent.parent / "shared/data/dates/cases.jsonl"
NOW = datetime.fromisoformat("2026-11-22T08:00:00+07:00")
JAKARTA = "Asia/Jakarta"

often = settings(steady, max_examples=400)


@pytest.mark.parametrize("row", read_table(), ids=lambda row: row.raw)
def test_a_row_of_the_table_is_read_or_refused(row: Row) -> None:
    stamp = parse(row.raw, zone=row.zone, now=row.now)
    if row.expected is None:
        assert stamp is None
        return
    assert stamp is not None
    said = [*(["hour"] if stamp.precision == "hour" else []), *stamp.flags, *([f"~{stamp.modified.iso}"] if stamp.modified else [])]
    assert (stamp.iso, " ".join(said), stamp.raw) == (row.expected, row.rest, row.raw)
    assert stamp.precision == {10: "day", 22: "hour" if row.rest == "hour" else "minute", 25: "second"}[len(row.expected)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.kind} {form.example}")
def test_the_example_of_a_form_is_read_through_that_form(form: Form) -> None:
    stamp = parse(form.example, zone=JAKARTA, now=datetime.fromisoformat(EXAMPLE_NOW))
    assert (stamp.iso if stamp else "") == form.reads
    _, tokens = lex((fold(form.example) or "").lower())
    assert form in {FORMS[(token.lastindex or 0) - 1] for token in tokens}


def test_measured_dates() -> None:
    if not MEASURED.exists():
        pytest.skip("the measured date cases are not part of the public repository")
    for case in map(json.loads, MEASURED.read_text(encoding="utf-8").splitlines()):
        stamp = parse(case["raw"], zone=case["tz"], now=datetime.fromisoformat(case["now"]))
        read = (stamp.iso, stamp.precision) if stamp else ("NONE", "none")
        assert read == (case["expected"], case["precision"]), case["raw"]


# How a moment may be printed. {weekday} and {month} are drawn from all spellings of theirs; {mark} is the portal's zone.
PRINTED = {
    "{weekday}, {d} {month} {y}": "day",
    "{weekday} {pasaran}, {dd} {month} {y} {H}:{M} {mark}": "minute",
    "{weekday}, {dd} {month} {y} | {H}:{M} {mark}": "minute",
    "{weekday} {dd}/{mm}/{y} - {H}.{M}": "minute",
    "{weekday}, {month} {d}, {y}": "day",
    "{dd} {month} {y} pukul {H}.{M} {mark}": "minute",
    "{d} {month} {y}, {H}:{M}:{S}": "second",
    "{dd}-{month}-{y} jam {H}:{M}": "minute",
    "{month} {d}, {y} {h}:{M} {half}": "minute",
    "{H}:{M} {mark}, {d} {month} {y}": "minute",
    "{dd}/{mm}/{y}, {H}:{M} {mark}": "minute",
    "{dd}-{mm}-{y}": "day",
    "{d}.{m}.{y} {H}.{M}": "minute",
    "{y} {month} {dd}": "day",
    "{y}-{mm}-{dd}T{H}:{M}:{S}{offset}": "second",
    "{y}-{mm}-{dd} {H}:{M}:{S}": "second",
    "{y}-{mm}-{dd}{mark}{H}:{M}:{S}{offset}": "second",
    "{y}{mm}{dd}{H}{M}{S}": "second",
    "{y}/{mm}/{dd}": "day",
}
NOISE = (
    "{}",
    "Diterbitkan: {}",
    "Tayang pada {}",
    "Posted on {} by admin",
    "Kompas.com - {}",
    "Mei Lestari, {}",
    "Oleh April Wijaya | {}",
    "Juli Antoni, Jurnalis-{}",
    "3 menit baca | {}",
    "{} | 1.204 Views",
    "{} - Dibaca 98 kali",
    "{} Editor: Agus Salim",
    "{} / 1 Muharram 1442 H",
    "1 Sya'ban 1442 H | {}",
    "\u200b {}\u00a0\ufeff",
    "&nbsp;{}&nbsp;",
)
PORTAL_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
IN_BOTH_CASES = st.sampled_from([str, str.upper, str.title])


@st.composite
def printed(draw: st.DrawFn) -> tuple[str, str, str]:
    zone, mark = draw(st.sampled_from(sorted(PORTAL_ZONES.items())))
    latest = (NOW + timedelta(hours=23)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    moment = draw(st.datetimes(datetime(EARLIEST.year, 1, 1), latest)).replace(microsecond=0, tzinfo=ZoneInfo(zone))
    form, precision = draw(st.sampled_from(sorted(PRINTED.items())))
    respell = draw(IN_BOTH_CASES)
    text = form.format(
        weekday=respell(draw(st.sampled_from([word for word, number in WEEKDAYS.items() if number == moment.weekday()]))),
        month=respell(draw(st.sampled_from([word for word, number in MONTHS.items() if number == moment.month]))),
        pasaran=draw(st.sampled_from(PASARAN)),
        mark=mark,
        d=moment.day,
        m=moment.month,
        y=moment.year,
        h=moment.hour % 12 or 12,
        half="pm" if moment.hour >= 12 else "am",
        offset=f"{moment:%z}",
        **{name: f"{moment:%{code}}" for name, code in {"dd": "d", "mm": "m", "H": "H", "M": "M", "S": "S"}.items()},
    )
    iso = moment.date().isoformat() if precision == "day" else moment.isoformat(timespec=f"{precision}s")
    return draw(st.sampled_from(NOISE)).format(text), zone, iso


@often
@given(printed())
def test_any_date_in_any_form_and_any_noise_comes_back_as_itself(case: tuple[str, str, str]) -> None:
    raw, zone, iso = case
    stamp = parse(raw, zone=zone, now=NOW)
    assert stamp is not None
    assert (stamp.iso, stamp.flags) == (iso, ())


@often
@given(st.sampled_from(["Jum{}at", "Juma{}at", "JUM{}AT", "jumu{}at"]), st.sampled_from("'’‘`´ʼ′＇\ufffd"))
def test_any_apostrophe_makes_the_same_friday(spelling: str, apostrophe: str) -> None:
    stamp = parse(spelling.format(apostrophe) + ", 5 Maret 2021", zone=JAKARTA, now=NOW)
    assert stamp is not None
    assert (stamp.iso, stamp.flags) == ("2021-03-05", ())


WORDS = [
    *BADGES,
    *BYLINE,
    *MONTHS,
    *PASARAN,
    *PUBLISHED,
    *UNITS,
    *UPDATED,
    *WEEKDAYS,
    *ZONES,
    "lalu",
    "yang lalu",
    "kemarin",
    "hari ini",
    "pukul",
]
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.integers(0, 2100).map(str),
    st.sampled_from(["00", "07", "31", "2021", "1616655900", "20210325", "99999999999999"]),
    st.sampled_from(
        [" ", ", ", "-", "/", ":", ".", "+", "T", "Z", "(", ")", "|", "&nbsp;", "&#39;", "â€™", "\u00ad", "Syawal", "1442 H", "M"]
    ),
    st.text(max_size=3),
)


@often
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map(" ".join)))
def test_any_text_is_answered_within_the_limits(raw: str) -> None:
    stamp = parse(raw, zone=JAKARTA, now=NOW)
    for each in (stamp, stamp.modified if stamp else None):
        if each:
            moment = datetime.fromisoformat(each.iso)
            assert EARLIEST <= moment.date() <= (NOW + dates.AHEAD).date()
            assert (moment.tzinfo is None) == (each.precision == "day")
            assert each.raw == raw


HOSTILE = [
    *(
        piece * (100_000 // len(piece))
        for piece in ("1", "a", " ", "1 ", "a.", "a'", "Mei ", "1/", "12:", "Oleh A ", "Jum'", "1 jam ", "&amp;", "Ã¢", "\u00ad")
    ),
    "Kamis, 25 Maret 2021 " + " " * 100_000,
    "A\n" * 50_000,
    "a" * 50_000 + "\n" * 50_000,
    "\U0001f441" * 100_000,
    "\U0001f441 1," * 25_000,
]


@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: repr(raw[:8]))
def test_a_long_text_is_refused_before_any_work(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "lex", pytest.fail)
    assert len(raw) > MAX_RAW
    assert parse(raw, zone=JAKARTA, now=NOW) is None
    assert fallback(raw, zone=JAKARTA, now=NOW) is None


def seconds(text: str) -> float:
    """What reading a text takes this process, other work beside it left out; the best of three, because a pause is no pattern's."""

    def once() -> float:
        started = time.process_time()
        parse(text, zone=JAKARTA, now=NOW)
        return time.process_time() - started

    return min(once() for _ in range(3))


@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: repr(raw[:8]))
def test_no_text_takes_longer_than_5_ms(raw: str) -> None:
    assert max(seconds(text) for text in (raw, raw[:MAX_FOLDED], raw[:MAX_RAW])) < 0.005


def test_now_is_the_clock_unless_it_is_given() -> None:
    today = datetime.now(UTC).astimezone(ZoneInfo(JAKARTA))
    stamp = parse("2 hari yang lalu", zone=JAKARTA)
    assert stamp is not None
    assert stamp.iso in {(today - timedelta(days=days)).date().isoformat() for days in (1, 2)}


def test_wrong_use_is_said() -> None:
    with pytest.raises(ValueError, match="aware"):
        parse("25 Maret 2021", zone=JAKARTA, now=datetime(2021, 3, 25))
    with pytest.raises(ZoneInfoNotFoundError):
        parse("25 Maret 2021", zone="Asia/Bengkulu", now=NOW)


@pytest.mark.parametrize(
    ("raw", "iso", "precision"),
    [
        ("2019, 28 Desember", "2019-12-28", "day"),
        ("28 Desember 2019 07:15 EST", "2019-12-28T07:15-05:00", "minute"),
    ],
)
def test_the_fallback_reads_what_parse_does_not_know(raw: str, iso: str, precision: str) -> None:
    assert parse(raw, zone=JAKARTA, now=NOW) is None
    stamp = fallback(raw, zone=JAKARTA, now=NOW)
    assert stamp is not None
    assert (stamp.iso, stamp.precision, stamp.raw) == (iso, precision, raw)


@pytest.mark.parametrize("raw", [row.raw for row in read_table() if row.expected is None and row.now == NOW])
def test_the_fallback_accepts_nothing_that_the_table_refuses(raw: str) -> None:
    assert fallback(raw, zone=JAKARTA, now=NOW) is None


def test_the_fallback_keeps_the_limits() -> None:
    assert fallback("2029, 28 Desember", zone=JAKARTA, now=NOW) is None
    assert fallback("1970, 1 Januari", zone=JAKARTA, now=NOW) is None


def test_dateparser_is_loaded_by_the_fallback_only() -> None:
    script = (
        "import sys; from pipelines.dates import parse; parse('28 Des 2019 xx', zone='Asia/Jakarta'); sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=HERE.parent, check=False).returncode == 0
