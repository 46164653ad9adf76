"""How fast dates are read: `pipelines.dates.parse` and dateparser, the same strings in the same run, and how many each reads right.

The strings are those of the tests' table that print a date. dateparser is asked as its documentation says for text whose languages are
known: `id` and `en`, the day first, the same zone and the same moment.
"""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

import click
import dateparser
from rich import box
from rich.progress import track
from rich.table import Table

from bench.speed import machine
from pipelines.dates import parse
from spiders.commands.table import show
from tests.dates_table import Row, read_table

TARGET = 30
"""How many times as fast as dateparser ours is to be."""
Read = Callable[[Row], str | None]


@dataclass(frozen=True)
class Reading:
    """What one of the two made of all strings, and the seconds of a core that it took in each round."""

    name: str
    right: int
    wrong: int
    refused: int
    rounds: list[float]


def ours(row: Row) -> str | None:
    """What `parse` reads."""
    stamp = parse(row.raw, zone=row.zone, now=row.now)
    return stamp.iso if stamp else None


def theirs(row: Row) -> str | None:
    """What dateparser reads, in the row's zone where it finds none."""
    settings = {"DATE_ORDER": "DMY", "TIMEZONE": row.zone, "RETURN_AS_TIMEZONE_AWARE": True, "RELATIVE_BASE": row.now.replace(tzinfo=None)}
    found = dateparser.parse(row.raw, languages=["id", "en"], settings=settings)
    return found.isoformat() if found else None


def same(expected: str, read: str) -> bool:
    """Whether what was read is the expected date, as far as that goes: a day, or a moment to its minute or second."""
    if len(expected) == len("2021-03-25"):
        return read.startswith(expected)
    moments = [datetime.fromisoformat(each) for each in (expected, read)]
    return all(each.tzinfo for each in moments) and moments[0] == moments[1].replace(second=moments[0].second, microsecond=0)


def judge(name: str, read: Read, rows: list[Row]) -> Reading:
    """What one of the two makes of all rows; its rounds are still to come."""
    answers = [(row.expected, read(row)) for row in rows]
    right = sum(same(expected, answer) for expected, answer in answers if expected and answer)
    refused = sum(answer is None for _, answer in answers)
    return Reading(name, right, len(rows) - right - refused, refused, [])


def seconds(read: Read, rows: list[Row]) -> float:
    """Seconds of a core in which all rows are read."""
    start = time.process_time()
    for row in rows:
        read(row)
    return time.process_time() - start


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--rounds", type=click.IntRange(min=1), default=9, show_default=True, help="How often each reads all strings.")
def main(*, rounds: int) -> None:
    """How fast and how well dates are read, by ours and by dateparser in the same run."""
    rows = [row for row in read_table() if row.expected]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    readers: list[tuple[str, Read]] = [("ours", ours), (f"dateparser {version('dateparser')}", theirs)]
    both = [judge(name, read, rows) for name, read in readers]
    # In turns, so that a machine that is busy for a while is busy for both.
    for _ in track(range(rounds), "reading", transient=True):
        for reading, (_, read) in zip(both, readers, strict=True):
            reading.rounds.append(seconds(read, rows))
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("")
    for heading in ("strings/s", "right", "wrong", "refused"):
        table.add_column(heading, justify="right")
    for each in both:
        speed = len(rows) / statistics.median(each.rounds)
        table.add_row(each.name, f"{speed:,.0f}", str(each.right), str(each.wrong), str(each.refused))
    ratio = statistics.median(theirs / ours for ours, theirs in zip(*(each.rounds for each in both), strict=True))
    verdict = f"{ratio:.0f}x dateparser, target {TARGET}x: {'met' if ratio >= TARGET else 'not met'}"
    show(table, verdict, f"{len(rows)} strings that print a date, {rounds} rounds, medians; {machine()}.")


if __name__ == "__main__":
    main(prog_name="python -m bench.dates")
