"""How fast pages are read on one core: ours and other extractors, the same pages in the same run.

A round takes every extractor once over all pages, in an order that turns from round to round, so that a machine that slows down slows all
of them. Each starts from the bytes of the page. What trafilatura remembers of earlier pages is forgotten before every turn.
"""

import contextlib
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click
from lxml import html
from rich import box
from rich.table import Table
from trafilatura.meta import reset_caches

from bench.extractors import EXTRACTORS, quiet
from bench.pages import Label, read_labels
from pipelines.boilerplate import block_row
from spiders.commands.table import show
from tests.page_fixtures import FOLDER

TARGETS = {"generic": 1.5, "family": 6.0}
"""How many times as fast as trafilatura ours is to be, on the pages that both read."""
BASE = "trafilatura"
FULL = 80
"""KiB of the page of a news portal, as they are on average or a little less; the fixtures have a quarter, for they are written by hand."""
FURNITURE = (
    '<ul class="menu-{0}"><li class="menu-item"><a href="/kanal/{0}">Kanal {0}</a></li></ul>'
    '<div class="kartu"><h3 class="kartu__judul"><a href="/baca/{0}">Warga Desa {0} Bangun Jembatan Bambu</a></h3>'
    '<img src="/foto/{0}.jpg" alt=""><span class="kartu__waktu">Senin, {1} Maret 2021 | 10:{2:02} WIB</span></div>'
    "<script>window.slot_{0} = {{id: {0}, sizes: [[300, 250], [336, 280]], lazy: true, path: '/0000/slot_{0}'}};</script>"
)
SELDOM = {"newspaper4k": 3}
"""Slow ones take their turn only every so many rounds."""


@dataclass
class Runner:
    """One extractor's turns: the seconds it took for each page, a list a round."""

    name: str
    heading: str
    read: Callable[[Label], object]
    pages: list[Label]
    rounds: dict[int, dict[str, float]] = field(default_factory=dict)

    def take_turn(self, number: int) -> None:
        """Read all pages once, on the clock; what an extractor raises costs it the time until then."""
        reset_caches()
        block_row.cache_clear()
        self.rounds[number] = {label.name: self._seconds(label) for label in self.pages}

    def _seconds(self, label: Label) -> float:
        start = time.perf_counter()
        with contextlib.suppress(Exception):  # quality.py counts them; here only the time matters
            self.read(label)
        return time.perf_counter() - start

    def pages_per_second(self) -> float:
        """The median over the rounds."""
        return statistics.median(len(turn) / sum(turn.values()) for turn in self.rounds.values())

    def ratios(self, base: "Runner") -> list[float]:
        """How many times as fast as `base` it was in each round, on the pages that it read."""
        return [sum(base.rounds[number][name] for name in turn) / sum(turn.values()) for number, turn in self.rounds.items()]


def filled(page: bytes, size: int) -> bytes:
    """A page filled up to `size` bytes with what fills pages of portals, behind the story: menus, headlines with dates, scripts."""
    lacking = max(0, size - len(page))
    furniture = "".join(FURNITURE.format(number, number % 27 + 1, number % 60) for number in range(lacking // 400 + 1)).encode()
    head, closing, rest = page.rpartition(b"</body>")
    return head + furniture[:lacking] + closing + rest if closing else page


def _parse_only(label: Label) -> object:
    return html.document_fromstring(label.page.body)


def _runners(labels: list[Label]) -> list[Runner]:
    """Parsing alone, which is the floor under them all, then the extractors."""
    found = [Runner("parse", f"lxml {version('lxml')}, parsing only", _parse_only, labels)]
    found += [Runner(each.name, each.heading, each.read, each.pages(labels)) for each in EXTRACTORS]
    return [runner for runner in found if runner.pages]


def measure(runners: list[Runner], rounds: int) -> None:
    """Run the rounds; one before them, which does not count, loads what is loaded late."""
    for number in range(-1, rounds):
        turn = number % len(runners)
        for runner in (*runners[turn:], *runners[:turn]):
            if number % SELDOM.get(runner.name, 1) == 0 or number < 0:
                runner.take_turn(number)
    for runner in runners:
        del runner.rounds[-1]


def _verdict(name: str, ratios: list[float]) -> str:
    middle, target = statistics.median(ratios), TARGETS[name]
    return f"{name}: {middle:.2f}x trafilatura, target {target}x: {'met' if middle >= target else 'not met'}"


def _report(runners: list[Runner], labels: list[Label], rounds: int) -> None:
    base = next(runner for runner in runners if runner.name == BASE)
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("")
    for name in ("pages", "rounds", "pages/s", "x trafilatura", "min – max"):
        table.add_column(name, justify="right")
    verdicts = []
    for runner in runners:
        ratios = runner.ratios(base)
        span = f"{min(ratios):.2f} – {max(ratios):.2f}"
        figures = (len(runner.pages), len(runner.rounds), f"{runner.pages_per_second():.1f}", f"{statistics.median(ratios):.2f}", span)
        table.add_row(runner.heading, *map(str, figures))
        verdicts += [_verdict(runner.name, ratios)] if runner.name in TARGETS else []
    size = sum(len(label.page.body) for label in labels) / len(labels) / 1024
    show(table, *verdicts, f"{len(labels)} articles of {size:.0f} KiB on average, {rounds} rounds, medians; {machine()}.")


def machine(cores: str = "one core") -> str:
    """What the figures were measured on."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    processor = models[0] if models else platform.machine()
    return f"{datetime.now(UTC):%Y-%m-%d}, {cores} of {processor}, Python {platform.python_version()}"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--pages", "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Other labelled pages."
)
@click.option(
    "--fill", type=click.IntRange(min=0), default=0, metavar="KIB", help=f"Fill pages up to this size; those of portals have about {FULL}."
)
@click.option("--rounds", type=click.IntRange(min=3), default=9, show_default=True, help="How often each extractor takes its turn.")
def main(*, folder: Path | None, fill: int, rounds: int) -> None:
    """How fast articles are read on one core, ours and other extractors in the same run."""
    # A page that is no article costs next to nothing to refuse, and would flatter whoever refuses it.
    labels = [label for label in read_labels(folder or FOLDER) if not label.refusal]
    if not labels:
        raise click.UsageError(f"{folder} holds no labelled articles (NAME.json beside NAME.html.gz).")
    labels = [replace(label, page=replace(label.page, body=filled(label.page.body, fill * 1024))) for label in labels]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    runners = _runners(labels)
    with quiet():
        measure(runners, rounds)
    _report(runners, labels, rounds)


if __name__ == "__main__":
    main(prog_name="python -m bench.speed")
