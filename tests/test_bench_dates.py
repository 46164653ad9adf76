"""The bench of dates judges both by the same measure, and prints what it counted."""

from datetime import datetime

import pytest
from click.testing import CliRunner

from bench import dates
from bench.dates import judge, main, same, seconds
from tests.dates_table import Row

NOW = datetime.fromisoformat("2021-03-25T15:00:00+07:00")
ROWS = [
    Row("25 Maret 2021", NOW, "Asia/Jakarta", "2021-03-25"),
    Row("25 Maret 2021 14:05 WIB", NOW, "Asia/Jakarta", "2021-03-25T14:05+07:00"),
    Row("kemarin", NOW, "Asia/Jakarta", "2021-03-24"),
]


@pytest.mark.parametrize(
    ("expected", "read", "right"),
    [
        ("2021-03-25", "2021-03-25", True),
        ("2021-03-25", "2021-03-25T00:00:00+07:00", True),
        ("2021-03-25", "2021-03-26", False),
        ("2021-03-25T14:05+07:00", "2021-03-25T07:05:00+00:00", True),
        ("2021-03-25T14:05:09+07:00", "2021-03-25T14:05:09+07:00", True),
        ("2021-03-25T14:05+07:00", "2021-03-25T14:06:00+07:00", False),
        ("2021-03-25T14:05+07:00", "2021-03-25T14:05:00+08:00", False),
        ("2021-03-25T14:05+07:00", "2021-03-25T14:05:00", False),
        ("2021-03-25T14:05+07:00", "2021-03-25", False),
    ],
)
def test_a_date_is_right_as_far_as_it_goes(expected: str, read: str, right: bool) -> None:
    assert same(expected, read) is right


def test_right_wrong_and_refused_are_counted_once_and_a_round_reads_every_row() -> None:
    answers = {"25 Maret 2021": "2021-03-25", "kemarin": "2021-03-20"}
    asked: list[str] = []

    def read(row: Row) -> str | None:
        asked.append(row.raw)
        return answers.get(row.raw)

    found = judge("x", read, ROWS)
    assert (found.right, found.wrong, found.refused) == (1, 1, 1)
    assert seconds(read, ROWS) >= 0
    assert asked == [row.raw for row in ROWS] * 2


def test_both_read_the_same_strings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "read_table", lambda: [*ROWS, Row("3 menit baca", NOW, "Asia/Jakarta", None)])
    monkeypatch.delattr(dates.os, "sched_setaffinity", raising=False)
    result = CliRunner().invoke(main, ["--rounds", "1"])
    assert result.exit_code == 0
    assert "3 strings that print a date, 1 rounds" in result.output
    assert [line.split()[2:] for line in result.output.splitlines() if line.startswith("  ours")] == [["3", "0", "0"]]
