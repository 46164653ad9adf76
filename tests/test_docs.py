"""The documents say what is true: their output is real, their links lead somewhere, and nothing is missing from them."""

import importlib.util
import re
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import click
import pytest
from scrapy.commands import ScrapyCommand
from scrapy.utils.misc import walk_modules_iter
from scrapy.utils.project import get_project_settings
from sqlite_utils import Database

from archive import cli, ledger, schema
from pipelines.boilerplate import BLOCKS, LINES
from pipelines.check import CHECKS
from pipelines.rules import Rules
from spiders.commands import replay
from tests.crawling import ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "sample" / "README.md"]
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
RUN = re.compile(r"<!-- run: (.+?) -->")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
# What belongs to one machine, and addresses that a reader's own settings decide; deploy/ puts the program into /opt/arsip-warta.
ELSEWHERE = re.compile(r"(?<![\w.}])/(?:work|home|root|tmp|Users|opt(?!/arsip-warta\b)|mnt|srv|usr)/|\bshared/")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return FENCE.sub("", text)


def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_output_in_the_documents_is_what_the_command_prints():
    stale = refresh().stale()
    assert {str(document.relative_to(ROOT)) for document in stale} == set(), "run: make docs"


@pytest.mark.parametrize(
    "printed",
    [
        "  -s NAME=VALUE, --set NAME=VALUE\n                        set a setting",
        "  -s, --set NAME=VALUE  set a setting",
    ],
    ids=["Python 3.11", "Python 3.13"],
)
def test_help_reads_the_same_from_every_python(printed):
    assert refresh().masked(printed) == "  -s, --set NAME=VALUE  set a setting\n"


def test_a_long_option_stays_on_a_line_of_its_own():
    long = "  -O, --overwrite-output FILE\n                        write to FILE"
    assert refresh().masked(long) == f"{long}\n"
    assert refresh().masked(long.replace("-O,", "-O FILE,")) == f"{long}\n"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
class TestEveryDocument:
    def test_has_links_that_lead_to_a_file_and_a_heading_in_it(self, document: Path):
        for link in LINK.findall(prose(document.read_text(encoding="utf-8"))):
            path, _, anchor = link.partition("#")
            if "://" in link:
                continue
            target = (document.parent / path).resolve() if path else document
            assert target.exists(), link
            if anchor:
                headings = [heading for _, heading in HEADING.findall(prose(target.read_text(encoding="utf-8")))]
                assert anchor in [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings], link

    def test_names_no_place_that_only_one_machine_has(self, document: Path):
        assert not ELSEWHERE.search(document.read_text(encoding="utf-8"))

    def test_closes_every_fence_and_has_no_block_left_empty(self, document: Path):
        text = document.read_text(encoding="utf-8")
        assert not re.search(r"^```", prose(text), re.MULTILINE)
        assert all(block["text"].strip() for block in FENCE.finditer(text))


def test_both_readmes_have_the_same_sections_blocks_and_links():
    english, indonesian = read("README.md"), read("README.id.md")
    assert [marks for marks, _ in HEADING.findall(prose(english))] == [marks for marks, _ in HEADING.findall(prose(indonesian))]
    assert RUN.findall(english) == RUN.findall(indonesian)
    assert FENCE.findall(english) == FENCE.findall(indonesian)
    links = [sorted({"README"} if link.startswith("README") else {link} for link in LINK.findall(text)) for text in (english, indonesian)]
    assert links[0] == links[1]
    entries = [re.findall(r"^(?:- \*\*|\| `[^`]+`)", prose(text), re.MULTILINE) for text in (english, indonesian)]
    assert entries[0] == entries[1]
    assert "(README.id.md)" in english
    assert "(README.md)" in indonesian


@pytest.mark.parametrize(("name", "heading"), [("README.md", "Politeness and law"), ("README.id.md", "Kesopanan dan hukum")])
def test_politeness_and_law_take_three_sentences(name, heading):
    (section,) = re.findall(rf"^## {heading}\n\n(.+?)\n\n## ", read(name), re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"\.(?:\s|$)", section)) == 3


@pytest.mark.parametrize("command", ["", *cli.main.commands], ids=lambda name: name or "arsip")
def test_every_arsip_command_is_shown_with_its_help(command):
    assert isinstance(cli.main, click.Group)
    called = f"arsip {command}".strip()
    assert f"<!-- run: {called} --help -->" in read("docs/commands.md")
    assert re.search(rf"^##+ {called}$", read("docs/commands.md"), re.MULTILINE)


def own_scrapy_commands() -> list[str]:
    modules = walk_modules_iter(get_project_settings()["COMMANDS_MODULE"])
    return [
        module.__name__.rpartition(".")[2]
        for module in modules
        if issubclass(getattr(module, "Command", object), ScrapyCommand) and module.Command.__module__ == module.__name__
    ]


def test_every_scrapy_command_of_ours_is_shown_with_its_help():
    commands = own_scrapy_commands()
    assert {"crawl", "press", "replay"} <= set(commands)
    for command in commands:
        assert f"<!-- run: scrapy {command} --help -->" in read("docs/commands.md")
        assert f"### scrapy {command}\n" in read("docs/commands.md")


def test_every_rule_has_a_row_for_contributors():
    rows = re.findall(
        r"^\| `(\w+)` \| (?:names|pattern|selectors|IANA name|dates as printed) \|", read("docs/adding-a-portal.md"), re.MULTILINE
    )
    assert rows == [field.name for field in fields(Rules)]


def test_every_family_is_named_for_contributors():
    families = {
        re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)[0]
        for path in (ROOT / "spiders" / "families").glob("*.py")
        if path.name != "__init__.py"
    }
    assert set(re.findall(r"^\| `([A-Z]\w+)` \|", read("docs/adding-a-portal.md"), re.MULTILINE)) == families


@pytest.mark.parametrize("room", ["archive", "pipelines", "spiders"])
def test_the_architecture_names_every_module_of_a_room(room):
    house = next(block["text"] for block in FENCE.finditer(read("docs/architecture.md")) if "scrapy.cfg" in block["text"])
    (told,) = re.findall(rf"^{room}/\n(.*?)(?:\n\n|\Z)", house, re.DOTALL | re.MULTILINE)
    modules = {
        path.name for path in (ROOT / room).rglob("*.py") if path.name != "__init__.py" and path.parent.name not in ("portals", "plugins")
    }
    assert set(re.findall(r"[\w]+\.py", told)) == modules


def test_the_architecture_names_every_table_state_row_check_and_outcome():
    text = read("docs/architecture.md")
    database = Database(memory=True)
    for migrations in (schema.pages, schema.articles):
        migrations.apply(database)
    tables = {name for name in database.table_names() if not name.startswith(("_", "sqlite_", "articles_fts_"))}
    assert set(re.findall(r"^\| `(\w+)` \| [^|]+ \|$", text, re.MULTILINE)) == tables
    assert re.findall(r"^\| `([\w ]+)` \| [^|]+ \| [^|]+ \|$", text, re.MULTILINE) == list(ledger.STATES)
    assert all(re.search(rf"^{row.id} ", text, re.MULTILINE) for row in (*BLOCKS, *LINES, *CHECKS))
    assert all(f"`{outcome}`" in text for outcome in replay.OUTCOMES)


def test_the_changelog_says_what_is_not_released_yet():
    text = read("CHANGELOG.md")
    assert re.search(r"^## \[Unreleased\]$", text, re.MULTILINE)
    assert re.search(r"^### (?:Added|Changed|Deprecated|Removed|Fixed|Security)$", text, re.MULTILINE)
