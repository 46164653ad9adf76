"""The bench in one table: silent columns, an extractor that raises, pages of others, and a gate that falls where a floor is broken."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench import quality
from bench.extractors import EXTRACTORS, OURS, Extractor
from bench.pages import Label, Reading, read_labels
from bench.quality import broken, main, markdown, result
from bench.scores import MEASURES
from spiders.families.blogger import Blogger
from tests.labels import ABOUT, ARTICLE, BEST, LABEL, RIGHT, label_in
from tests.page_fixtures import FOLDER, names


def failing(_label: Label) -> Reading:
    raise RecursionError


def test_an_extractor_that_raises_has_read_nothing() -> None:
    found = result(Extractor("peer", "peer", failing), [LABEL])
    assert found.raised == ["contoh"]
    assert (found.figures()["F1"], found.figures()["keep"]) == (0.0, 0.0)


def test_an_extractor_is_silent_where_it_has_nothing_to_say() -> None:
    figures = result(Extractor("peer", "peer", lambda _: RIGHT, silent=frozenset({"editors"})), [LABEL]).figures()
    assert figures == BEST | {"editors": None}


def test_family_rules_read_only_pages_of_families() -> None:
    family = next(extractor for extractor in OURS if extractor.families_only)
    ours = replace(LABEL, rules=Blogger.rules)
    assert family.pages([LABEL, ours]) == [ours]


@pytest.mark.parametrize(
    ("floors", "sentences"),
    [
        ({"F1": 0.9, "leak": 0.1}, []),
        ({"F1": 0.9000001, "leak": 0.1}, ["generic: F1 is 0.9, below 0.9000001."]),
        ({"F1": 0.901, "leak": 0.1}, ["generic: F1 is 0.9, below 0.901."]),
        ({"F1": 0.9, "leak": 0.099}, ["generic: leak is 0.1, above 0.099."]),
        ({"F1": 0.9}, ["generic: leak is 0.1 and has no floor."]),
        ({"F1": 0.9, "leak": 0.1, "title": 0.5}, ["generic: title has a floor of 0.5 and was not measured."]),
        ({"F1": 0.9, "leak": 0.1, "f1": 0.5}, ["generic: f1 is no column."]),
        ({"F1": 1.0, "leak": 0.0}, ["generic: F1 is 0.9, below 1.0.", "generic: leak is 0.1, above 0.0."]),
    ],
)
def test_a_broken_floor_is_a_sentence(floors: dict[str, float], sentences: list[str]) -> None:
    assert broken({"generic": {"F1": 0.9, "leak": 0.1}}, {"generic": floors}) == sentences


def test_a_row_without_floors_is_a_sentence_and_floors_without_a_row_too() -> None:
    assert broken({"generic": {"F1": 0.9}}, {}) == ["generic: F1 is 0.9 and has no floor."]
    assert broken({}, {"family": {"F1": 0.9}}) == ["family: F1 has a floor of 0.9 and was not measured."]


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Floors that are exactly what ours reaches."""
    lines = []
    for extractor in OURS:
        figures = result(extractor, read_labels()).figures()
        lines += [f"[{extractor.name}]", *(f"{name} = {figure}" for name, figure in figures.items() if figure is not None)]
    path = tmp_path / "floors.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(quality, "FLOORS", path)
    return path


def test_the_gate_stands_where_every_floor_is_reached_and_falls_where_one_is_not(floors: Path) -> None:
    assert CliRunner().invoke(main, ["--check"]).exit_code == 0
    floors.write_text(floors.read_text(encoding="utf-8").replace("\nF1 = ", "\nF1 = 1", 1), encoding="utf-8")
    done = CliRunner().invoke(main, ["--check"])
    assert done.exit_code == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("generic: F1 is ")


def test_the_gate_falls_where_ours_raises(floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert floors.exists()
    monkeypatch.setattr(quality, "OURS", (Extractor("generic", "ours", failing),))
    done = CliRunner().invoke(main, ["--check"])
    assert done.exit_code == 1
    assert f"generic: raised on {names()[0]}." in done.stderr.splitlines()


@pytest.mark.parametrize("wrong", [["--check", "--pages", str(FOLDER)], ["--check", "--only", "generic"], ["--pages", str(FOLDER.parent)]])
def test_wrong_use_is_one_sentence_and_status_two(wrong: list[str]) -> None:
    done = CliRunner().invoke(main, wrong)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].startswith("Error: ")


def test_other_pages_are_scored_page_by_page_with_what_was_let_in_and_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    label_in(tmp_path, "contoh", {"page": ABOUT, "article": ARTICLE, "without": ["Terkini"], "keep": ["dua tiga"]})
    peer = Extractor("peer", "peer", lambda _: Reading(body="Terkini: delapan sembilan"))
    monkeypatch.setattr(quality, "EXTRACTORS", (peer,))
    done = CliRunner().invoke(main, ["--pages", str(tmp_path), "--per-page", "--markdown"])
    assert done.exit_code == 0
    assert "| contoh | peer | 0.000 |" in done.stdout
    assert "contoh, peer: let in “Terkini”" in done.stdout
    assert "contoh, peer: lost “dua tiga”" in done.stdout


def test_the_table_is_the_same_on_the_terminal_and_in_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "EXTRACTORS", (OURS[1], Extractor("peer", "peer", failing)))
    terminal, page = (CliRunner().invoke(main, arguments).stdout for arguments in ([], ["--markdown"]))
    assert page.splitlines()[0] == f"|  | {' | '.join(measure.name for measure in MEASURES)} |"
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith(("| ours", "| peer"))]
    printed = [line.split() for line in terminal.splitlines()]
    assert all([*" ".join(row).split()] in printed for row in rows)
    assert f"peer raised on {len(names())} pages: read as empty." in terminal
    assert markdown([["", "F1"], ["ours", "1"]], ["8 pages"]) == "|  | F1 |\n| --- | --: |\n| ours | 1 |\n\n8 pages"


def test_every_peer_is_told_from_ours_and_named_with_its_version() -> None:
    assert [extractor.name for extractor in EXTRACTORS] == ["generic", "family", "trafilatura", "readability", "newspaper4k"]
    assert all(any(digit.isdigit() for digit in extractor.heading) for extractor in EXTRACTORS if extractor not in OURS)
