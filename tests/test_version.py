"""The version of the rules changes with whatever could change a reading, and with nothing else."""

import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from archive.records import Page
from pipelines import version
from pipelines.press import press
from pipelines.rules import Rules
from pipelines.version import rules_version
from tests.builders import START

RULES = Rules(zone="Asia/Makassar", title=("h1",))


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the code and the tables that are counted, which a test may change."""
    for room in ("pipelines", "archive"):
        shutil.copytree(str(files(room)), tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "browse"))
    monkeypatch.setattr(version, "files", lambda room: tmp_path / room)
    return tmp_path


def counted() -> str:
    """The version of the press as it is now."""
    return version.press_version.__wrapped__()


def test_the_same_code_and_rules_have_the_same_version(copied: Path) -> None:
    assert counted() == version.press_version()
    assert rules_version(RULES) == rules_version(Rules(zone="Asia/Makassar", title=("h1",)))


@pytest.mark.parametrize("changed", [{"zone": "Asia/Jayapura"}, {"title": ("h2",)}, {"title": ()}, {"constants": ("1 Januari 2020",)}])
def test_other_rules_have_another_version(changed: dict[str, object]) -> None:
    assert rules_version(replace(RULES, **changed)) != rules_version(RULES)


@pytest.mark.parametrize("path", ["pipelines/boilerplate.py", "pipelines/date_forms.py", "archive/towns.csv", "archive/regions.csv"])
def test_other_code_and_tables_have_another_version(copied: Path, path: str) -> None:
    before = counted()
    with (copied / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert counted() != before


def test_a_further_module_has_another_version(copied: Path) -> None:
    before = counted()
    (copied / "pipelines" / "further.py").write_text("", encoding="utf-8")
    assert counted() != before


def test_another_library_has_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = counted()
    monkeypatch.setattr(version, "version", lambda name: "0")
    assert counted() != before


def test_what_is_stored_beside_the_code_does_not_count(copied: Path) -> None:
    before = counted()
    (copied / "pipelines" / "__pycache__").mkdir()
    (copied / "archive" / "store.py").write_text("", encoding="utf-8")
    assert counted() == before


def test_an_article_and_a_refusal_carry_the_version() -> None:
    for body in (b"<h1>Banjir</h1>", b""):
        page = Page(url="https://example.org/banjir", portal="", fetched_at=START, body=body)
        assert press(page, RULES).rules_version == rules_version(RULES)
