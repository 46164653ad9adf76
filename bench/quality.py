"""How well pages are read: ours and other extractors in one table, on pages of which a reader has said what they hold."""

import statistics
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich import box
from rich.table import Table

from bench.extractors import EXTRACTORS, OURS, Extractor, quiet
from bench.pages import Label, Reading, read_labels
from bench.scores import MEASURES, kept, leaked, score
from spiders.commands.table import show
from tests.page_fixtures import FOLDER

FLOORS = Path(__file__).with_name("floors.toml")
COLUMNS = [measure.name for measure in MEASURES]
SHOWN = ("title", "F1", "leak", "keep", "minute", "authors", "refused")
"""The columns of single pages."""

Figures = dict[str, float | None]


@dataclass
class Result:
    """What one extractor made of the pages."""

    extractor: Extractor
    readings: list[tuple[Label, Reading]] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    """The pages on which it raised: they count as empty."""

    def figures(self) -> Figures:
        """Each column's mean over the pages that have something to say in it."""
        scores = [score(label, reading) for label, reading in self.readings]
        return {measure.name: self._mean(measure.name, (each[measure.name] for each in scores)) for measure in MEASURES}

    def _mean(self, name: str, scores: Iterable[float | None]) -> float | None:
        told = [each for each in scores if each is not None]
        return statistics.fmean(told) if told and name not in self.extractor.silent else None


def result(extractor: Extractor, labels: list[Label]) -> Result:
    """An extractor's readings of the pages that it can read."""
    found = Result(extractor)
    for label in extractor.pages(labels):
        try:
            reading = extractor.read(label)
        except Exception:  # noqa: BLE001 - whatever an extractor raises on a page: it has read nothing there
            found.raised.append(label.name)
            reading = Reading()
        found.readings.append((label, reading))
    return found


def broken(figures: dict[str, Figures], floors: dict[str, dict[str, float]]) -> list[str]:
    """A sentence for every figure that is worse than its floor, has none, or is no longer measured."""
    told = []
    for row in dict.fromkeys([*figures, *floors]):
        for measure in MEASURES:
            figure, floor = figures.get(row, {}).get(measure.name), floors.get(row, {}).get(measure.name)
            if floor is None and figure is not None:
                told.append(f"{row}: {measure.name} is {figure:.6g} and has no floor.")
            elif floor is not None and figure is None:
                told.append(f"{row}: {measure.name} has a floor of {floor} and was not measured.")
            elif floor is not None and figure is not None and (figure > floor if measure.less else figure < floor):
                told.append(f"{row}: {measure.name} is {figure:.6g}, {'above' if measure.less else 'below'} {floor}.")
        told += [f"{row}: {name} is no column." for name in floors.get(row, {}) if name not in COLUMNS]
    return told


def _cell(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def _overview(results: list[Result]) -> list[list[str]]:
    """The table: a heading, then a row an extractor."""
    rows = [[one.extractor.heading, *map(_cell, one.figures().values())] for one in results]
    return [["", *COLUMNS], *rows]


def _by_page(results: list[Result]) -> list[list[str]]:
    """A row a page and extractor, the pages together."""
    rows = []
    for number, one in enumerate(results):
        for label, reading in one.readings:
            scores = score(label, reading)
            cells = [_cell(None if name in one.extractor.silent else scores[name]) for name in SHOWN]
            rows.append((label.name, number, [label.name, one.extractor.row, *cells]))
    return [["page", "", *SHOWN], *(row for _, _, row in sorted(rows, key=lambda each: each[:2]))]


def _phrases(results: list[Result]) -> list[str]:
    """Below the pages: what each extractor let in, and what it lost."""
    lines = []
    for one in results:
        for label, reading in one.readings:
            let_in = [phrase for phrase, found in leaked(label, reading).items() if found]
            lost = [] if label.refusal else [phrase for phrase, found in kept(label, reading).items() if not found]
            lines += [f"{label.name}, {one.extractor.row}: let in “{phrase}”" for phrase in let_in]
            lines += [f"{label.name}, {one.extractor.row}: lost “{phrase}”" for phrase in lost]
    return lines


def _notes(labels: list[Label], results: list[Result]) -> list[str]:
    """What the table rests on, and where an extractor raised."""
    refusals = sum(bool(label.refusal) for label in labels)
    families = sum(bool(label.rules) for label in labels)
    told = [f"{_pages(len(labels))}, {refusals} of them no article; {families} of known families, which family rules can read."]
    told += [f"{one.extractor.heading} raised on {_pages(len(one.raised))}: read as empty." for one in results if one.raised]
    return told


def _pages(number: int) -> str:
    return f"{number} {'page' if number == 1 else 'pages'}"


def markdown(rows: list[list[str]], notes: list[str]) -> str:
    """A table and its notes as Markdown."""
    heading, *rest = rows
    lines = [heading, ["---", *("--:" for _ in heading[1:])], *rest]
    return "\n".join([*(f"| {' | '.join(line)} |" for line in lines), "", *notes])


def _table(rows: list[list[str]]) -> Table:
    """The same for the terminal."""
    heading, *rest = rows
    # Twelve columns fit beside each other only without lines and blanks between them.
    table = Table(box=box.SIMPLE_HEAD, padding=0)
    for name in heading:
        table.add_column(name, justify="right" if name in COLUMNS else "left")
    for row in rest:
        table.add_row(*row)
    return table


def _check(results: list[Result]) -> list[str]:
    """What breaks a floor, a sentence each."""
    figures = {one.extractor.name: one.figures() for one in results}
    raised = [f"{one.extractor.name}: raised on {name}." for one in results for name in one.raised]
    return [*raised, *broken(figures, tomllib.loads(FLOORS.read_text(encoding="utf-8")))]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--pages", "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Other labelled pages."
)
@click.option("--only", multiple=True, type=click.Choice([each.name for each in EXTRACTORS]), help="Only this extractor; may be repeated.")
@click.option("--per-page", is_flag=True, help="Every page, with the phrases let in and lost.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Markdown instead of a table for the terminal.")
@click.option("--check", is_flag=True, help="Only ours; fail where a figure is worse than its floor in bench/floors.toml.")
def main(*, folder: Path | None, only: tuple[str, ...], per_page: bool, as_markdown: bool, check: bool) -> None:
    """How well pages are read, ours and other extractors in the same run."""
    if check and (folder or only):
        raise click.UsageError("The floors hold for ours on the project's own pages: give --check without --pages and --only.")
    labels = read_labels(folder or FOLDER)
    if not labels:
        raise click.UsageError(f"{folder} holds no labelled pages (NAME.json beside NAME.html.gz).")
    chosen = OURS if check else [each for each in EXTRACTORS if not only or each.name in only]
    with quiet():
        results = [one for one in (result(extractor, labels) for extractor in chosen) if one.readings]
    rows, notes = _overview(results), _notes(labels, results)
    if per_page:
        rows, notes = _by_page(results), [*_phrases(results), *notes]
    if as_markdown:
        click.echo(markdown(rows, notes))
    else:
        show(_table(rows), *notes)
    if check and (told := _check(results)):
        click.echo("\n".join(told), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main(prog_name="python -m bench.quality")
