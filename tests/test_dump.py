"""A dump is whole or not there; what it says of itself is true."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from archive.dump import dump
from archive.errors import ArchiveError
from archive.records import Stamp
from archive.search import Filters
from archive.store import Archive
from tests.builders import PORTAL, article, keep_portal

FIELDS = (
    "id, url, portal, title, body, published, published_raw, published_precision, published_source, modified, authors, editors, place, "
    "region, section, tags, image, credited_source, first_seen, last_seen, captured_at, revision, body_sha256"
).split(", ")
NAMES = {"articles.jsonl", "datapackage.json"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "arsip") as opened:
        keep_portal(opened)
        keep_portal(opened, "kebumenekspres", region="33.05")
        yield opened


@pytest.fixture
def database(archive: Archive) -> Database:
    """Four articles of two portals."""
    archive.keep_article(article("/satu", authors=("mam",), tags=("banjir", "jum'at"), place="Kepahiang"))
    archive.keep_article(article("/satu", day=1, body="Paragraf “satu”.\n\nParagraf dua.\u2028Masih dua."))
    archive.keep_article(article("/dua", published=None))
    archive.keep_article(article("/tiga", published=Stamp(iso="2021-04-01", precision="day")))
    archive.keep_article(article("/empat", portal="kebumenekspres"))
    return archive.articles_db


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "articles.jsonl").read_bytes().split(b"\n")[:-1]]


def refused(database: Database, folder: Path, **more: Any) -> ArchiveError:
    with pytest.raises(ArchiveError) as refusal:
        dump(database, folder, **more)
    assert str(folder) in str(refusal.value)
    assert "\n" not in str(refusal.value)
    return refusal.value


def test_every_line_is_an_article_with_the_fields_of_the_contract_in_their_order(database: Database, tmp_path: Path) -> None:
    dump(database, tmp_path / "dump")
    rows = lines(tmp_path / "dump")
    assert [list(row) for row in rows] == [FIELDS] * 4
    (story,) = (row for row in rows if row["revision"] == 2)
    assert story["id"] == article("/satu").id
    assert story["body"] == "Paragraf “satu”.\n\nParagraf dua.\u2028Masih dua."
    assert story["body_sha256"] == hashlib.sha256(story["body"].encode()).hexdigest()
    assert (story["region"], story["first_seen"], story["captured_at"]) == ("17", "2021-03-25T05:00:00+00:00", "2021-03-26T05:00:00+00:00")
    assert [row["portal"] for row in rows] == ["kebumenekspres", PORTAL, PORTAL, PORTAL]


def test_lists_are_arrays_and_what_is_absent_is_null(database: Database, archive: Archive, tmp_path: Path) -> None:
    archive.keep_article(article("/lima", authors=("mam",), editors=("AG",), tags=("jum'at",)))
    dump(database, tmp_path / "dump")
    rows = {row["url"].rsplit("/", 1)[1]: row for row in lines(tmp_path / "dump")}
    assert (rows["lima"]["authors"], rows["lima"]["editors"], rows["lima"]["tags"]) == (["mam"], ["AG"], ["jum'at"])
    absent = "modified authors editors place section tags image credited_source".split()
    for name, more in (("dua", "published published_raw published_precision published_source"), ("tiga", "published_raw published_source")):
        assert {field for field, value in rows[name].items() if value is None} == {*absent, *more.split()}
    assert not any(value in ("", []) for row in rows.values() for value in row.values())


def test_the_package_says_what_is_in_the_file(database: Database, tmp_path: Path) -> None:
    package = dump(database, tmp_path / "dump", version="1.2")
    assert {path.name for path in (tmp_path / "dump").iterdir()} == NAMES
    assert json.loads((tmp_path / "dump" / "datapackage.json").read_text(encoding="utf-8")) == package
    content = (tmp_path / "dump" / "articles.jsonl").read_bytes()
    (resource,) = package["resources"]
    assert (resource["path"], resource["rows"], resource["bytes"]) == ("articles.jsonl", 4, len(content))
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert [field["name"] for field in resource["schema"]["fields"]] == FIELDS
    assert all(field["description"] for field in resource["schema"]["fields"])
    assert (package["version"], package["filters"]) == ("1.2", {})


def test_every_value_is_of_the_type_that_the_package_says(database: Database, tmp_path: Path) -> None:
    types = {"string": str, "array": list, "integer": int}
    package = dump(database, tmp_path / "dump")
    for row in lines(tmp_path / "dump"):
        for field in package["resources"][0]["schema"]["fields"]:
            assert row[field["name"]] is None or isinstance(row[field["name"]], types[field["type"]])


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (Filters(portals=(PORTAL,)), 3),
        (Filters(since="2021-03-26"), 1),
        (Filters(until="2021-03-25"), 2),
        (Filters(region="33"), 1),
        (Filters(since="2030-01-01"), 0),
    ],
)
def test_a_filtered_dump_counts_and_names_what_it_left_out(database: Database, tmp_path: Path, filters: Filters, rows: int) -> None:
    steps: list[int] = []
    package = dump(database, tmp_path / "dump", filters=filters, step=lambda: steps.append(1))
    assert package["resources"][0]["rows"] == len(lines(tmp_path / "dump")) == len(steps) == rows
    said = json.loads(json.dumps(package))["filters"]
    assert said == {
        name: list(value) if name == "portals" else value
        for name in ("portals", "since", "until", "region")
        if (value := getattr(filters, name))
    }


def test_the_same_archive_gives_the_same_bytes(database: Database, tmp_path: Path) -> None:
    """A researcher who cites a checksum must get it again."""
    assert dump(database, tmp_path / "a")["resources"] == dump(database, tmp_path / "b")["resources"]


def test_an_older_dump_is_replaced_and_an_empty_folder_filled(database: Database, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "dump").mkdir()
    dump(database, tmp_path / "dump")
    archive.keep_article(article("/lima"))
    dump(database, tmp_path / "dump")
    assert len(lines(tmp_path / "dump")) == 5
    assert {path.name for path in tmp_path.iterdir()} == {"arsip", "dump"}


def test_folders_above_are_made(database: Database, tmp_path: Path) -> None:
    dump(database, tmp_path / "a" / "b" / "dump")
    assert len(lines(tmp_path / "a" / "b" / "dump")) == 4


def test_the_folder_one_stands_in_can_be_named(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dump(database, tmp_path / "dump")
    monkeypatch.chdir(tmp_path / "dump")
    dump(database, Path(), filters=Filters(region="33"))
    assert len(lines(tmp_path / "dump")) == 1


def test_a_link_leads_to_the_folder_that_is_written(database: Database, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    dump(database, tmp_path / "link")
    assert len(lines(tmp_path / "disk")) == 4
    assert (tmp_path / "link").is_symlink()


def package_of_someone_else(folder: Path) -> None:
    (folder / "articles.jsonl").write_text("{}\n", encoding="utf-8")
    (folder / "datapackage.json").write_text('{"name": "other"}', encoding="utf-8")


@pytest.mark.parametrize(
    "fill",
    [
        lambda folder: (folder / "thesis.tex").write_text("\\section", encoding="utf-8"),
        lambda folder: (folder / ".hidden").touch(),
        lambda folder: (folder / "articles.jsonl").write_text("{}\n", encoding="utf-8"),
        lambda folder: (folder / "datapackage.json").write_text('{"name": "arsip-warta"}', encoding="utf-8"),
        package_of_someone_else,
        lambda folder: (package_of_someone_else(folder), (folder / "datapackage.json").write_text("[]", encoding="utf-8")),
        lambda folder: (package_of_someone_else(folder), (folder / "datapackage.json").write_bytes(b"\xff{")),
        lambda folder: (folder / "sub").mkdir(),
    ],
    ids=["a file", "a hidden file", "articles only", "package only", "another's package", "no object", "no JSON", "a folder"],
)
def test_a_folder_with_other_content_is_left_alone(database: Database, tmp_path: Path, fill: Callable[[Path], object]) -> None:
    (tmp_path / "dump").mkdir()
    fill(tmp_path / "dump")
    before = {path.name: path.is_file() and path.read_bytes() for path in (tmp_path / "dump").iterdir()}
    assert refused(database, tmp_path / "dump").status == 2
    assert {path.name: path.is_file() and path.read_bytes() for path in (tmp_path / "dump").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"arsip", "dump"}


def test_an_older_dump_with_a_note_beside_it_is_left_alone(database: Database, tmp_path: Path) -> None:
    dump(database, tmp_path / "dump")
    (tmp_path / "dump" / "notes.txt").write_text("mine", encoding="utf-8")
    assert refused(database, tmp_path / "dump").status == 2
    assert (tmp_path / "dump" / "notes.txt").exists()


@pytest.mark.parametrize(("out", "status"), [("file", 2), ("file/dump", 1), ("file/a/b", 1), ("x" * 300, 1)])
def test_a_folder_that_cannot_be_is_named_in_one_sentence(database: Database, tmp_path: Path, out: str, status: int) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert refused(database, tmp_path / out).status == status
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"arsip", "file"}


@pytest.mark.parametrize("older", [True, False], ids=["over an older dump", "in a new folder"])
def test_a_dump_that_is_interrupted_leaves_what_was_there(database: Database, tmp_path: Path, older: bool) -> None:
    if older:
        dump(database, tmp_path / "dump", filters=Filters(region="33"))
    before = {path.name for path in tmp_path.iterdir()}
    taken = iter(range(2))

    def step() -> None:
        if next(taken, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dump(database, tmp_path / "dump", step=step)
    assert {path.name for path in tmp_path.iterdir()} == before
    if older:
        assert len(lines(tmp_path / "dump")) == 1


CRAMPED = """
import resource, sys
from pathlib import Path
from archive import schema
from archive.database import open_readonly
from archive.dump import dump
from archive.errors import ArchiveError
database = open_readonly(Path(sys.argv[1]), schema.articles)
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, resource.RLIM_INFINITY))
try:
    dump(database, Path(sys.argv[2]))
except ArchiveError as error:
    print(error, file=sys.stderr)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def test_a_full_disk_leaves_the_older_dump(database: Database, tmp_path: Path) -> None:
    dump(database, tmp_path / "dump", filters=Filters(region="33"))
    command = [sys.executable, "-c", CRAMPED, tmp_path / "arsip" / "articles.db", tmp_path / "dump"]
    run = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, timeout=30, check=False)
    assert run.stderr == f"{tmp_path / 'dump'} cannot be written: File too large; what was there before is as it was.\n"
    assert len(lines(tmp_path / "dump")) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"arsip", "dump"}


def test_a_name_that_is_lost_at_the_last_moment_leaves_the_older_dump(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump(database, tmp_path / "dump", filters=Filters(region="33"))
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name.startswith(".dump-") and not path.name.endswith("-older"):
            raise OSError(5, os.strerror(5))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    assert "Input/output error" in str(refused(database, tmp_path / "dump"))
    assert len(lines(tmp_path / "dump")) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"arsip", "dump"}
