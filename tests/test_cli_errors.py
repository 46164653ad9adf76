"""The `arsip` command when something is wrong: one sentence, the right exit status, nothing written."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from archive.cli import main
from archive.store import Archive
from tests.arsip import arsip, printed, told
from tests.builders import article, keep_portal

FLOOD = article()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one article and two portals that is only read."""
    folder = tmp_path_factory.mktemp("arsip")
    with Archive(folder) as archive:
        keep_portal(archive)
        keep_portal(archive, "kebumenekspres")
        archive.keep_article(FLOOD)
    return folder


@pytest.mark.parametrize(
    ("words", "status", "part"),
    [
        (["search", "(banjir"], 2, "a bracket is never closed"),
        (["search", "   "], 2, "it has no word to look for"),
        (["search", "banjir", "--portal", "asing"], 2, "it knows kebumenekspres, rakyatbengkulu"),
        (["coverage", "--portal", "asing"], 2, "holds nothing of 'asing'"),
        (["dump", "--out", "baru", "--portal", "asing"], 2, "holds nothing of 'asing'"),
        (["search", "banjir", "--since", "2021-03-02", "--until", "2021-03-01"], 2, "is later than --until 2021-03-01"),
        (["coverage", "--since", "2021-03-02", "--until", "2021-03-01"], 2, "is later than --until 2021-03-01"),
        (["coverage", "--day", "2021-03-02", "--until", "2021-03-02"], 2, "Give --day, or --since and --until, not both."),
        (["search", "banjir", "--region", "99"], 2, "No region has the code '99'"),
        (["stats", "--flags", "--dates"], 2, "Give --flags or --dates, not both."),
        (["show", "tidakada"], 1, "There is no article 'tidakada'"),
        (["show", FLOOD.id, "--revision", "2"], 2, "has 1 revision(s), not 2"),
        (["show", "\udcff"], 2, "'\\udcff' is not text in UTF-8"),
        (["search", "banjir", "--region", "\udcff"], 2, "No region has the code '\\udcff'"),
    ],
)
def test_what_a_user_gets_wrong_is_said_in_one_sentence(folder: Path, words: list[str], status: int, part: str) -> None:
    result = arsip(folder, *words)
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.startswith("arsip: ")
    assert result.stderr.endswith(".\n")
    assert result.stderr.count("\n") == 1
    assert part in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "banjir", "--since", "kemarin"],
        ["search", "banjir", "--since", "2021-02-30"],
        ["coverage", "--since", "0001-01-01"],
        ["coverage", "--until", "9999-12-31"],
        ["search", "banjir", "--sort", "beauty"],
        ["search", "banjir", "--limit", "0"],
        ["search", "banjir", "--limit", "99999999999999999999"],
        ["show"],
        ["show", FLOOD.id, "--revision", "0"],
        ["dump"],
        ["dump", "--out", "baru", "--format", "docx"],
        ["serve", "--port", "70000"],
        ["baca"],
    ],
)
def test_wrong_use_ends_with_status_2(folder: Path, words: list[str]) -> None:
    result = arsip(folder, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


COMMANDS = {
    "search": ["banjir"],
    "show": ["abcd"],
    "coverage": [],
    "stats": [],
    "dump": ["--out", "dump"],
    "serve": [],
    "verify": [],
    "withdraw": ["abcd", "--reason", "x"],
    "repeated": ["rakyatbengkulu"],
    "export": ["--warc", "warc"],
}


def test_every_command_is_among_those_that_are_tried_without_an_archive() -> None:
    assert set(main.commands) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_without_an_archive_every_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = arsip(tmp_path / "kosong", command, *COMMANDS[command])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"arsip: There is no archive in {tmp_path / 'kosong'}; crawl a portal first, or say where it is with ARSIP_DIR.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_an_archive_of_a_newer_version_is_opened_by_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    Archive(tmp_path / "arsip").close()
    database = Database(tmp_path / "arsip" / "articles.db")
    database.table("_sqlite_migrations").insert({"migration_set": "arsip-warta/articles", "name": "holograms", "applied_at": "2046"})
    database.close()
    result = arsip(tmp_path / "arsip", command, *COMMANDS[command])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "newer version" in result.stderr
    assert result.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["arsip"]


def test_a_database_that_breaks_further_in_is_said_in_one_sentence(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        keep_portal(archive)
        archive.keep_article(article())
        (root,) = archive.articles_db.execute("select rootpage from sqlite_master where name = 'articles'").fetchone()
        (size,) = archive.articles_db.execute("pragma page_size").fetchone()
    with (tmp_path / "articles.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    result = arsip(tmp_path, "stats")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"arsip: The archive in {tmp_path} cannot be read: database disk image is malformed.\n"


def test_an_archive_without_portals_says_that_it_knows_none(tmp_path: Path) -> None:
    Archive(tmp_path).close()
    assert "no portal yet" in arsip(tmp_path, "search", "banjir", "--portal", "a").stderr
    assert printed(tmp_path, "search", "banjir") == ["0 articles"]
    assert (told(tmp_path, "stats"), told(tmp_path, "coverage")) == ([], [])


def test_the_folder_comes_from_the_environment_too(folder: Path) -> None:
    result = CliRunner().invoke(main, ["search", "banjir"], env={"ARSIP_DIR": str(folder)})
    assert result.stdout.endswith("1 article\n")


@pytest.mark.parametrize("words", [["--help"], ["--version"], *[[command, "-h"] for command in COMMANDS]])
def test_help_needs_no_archive(tmp_path: Path, words: list[str]) -> None:
    result = arsip(tmp_path / "kosong", *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "arsip" in result.stdout
