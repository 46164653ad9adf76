"""An archive that the first version which landed has written (by `tests/archives/make_first.py`): its rows, and what is done with it."""

import gzip
import re
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive import schema
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.export import export
from archive.store import Archive
from tests.arsip import arsip, printed
from tests.crawling import assert_sound, one_sentence, rows
from tests.warc_files import record

PORTAL = "rakyatbengkulu"
PACKED = Path(__file__).parent / "archives" / "first"
NAMES = ("pages.db", "articles.db")
TABLES = {
    "captures": "pages.db",
    "bodies": "pages.db",
    "regions": "articles.db",
    "portals": "articles.db",
    "crawls": "articles.db",
    "ledger": "articles.db",
    "listings": "articles.db",
    "articles": "articles.db",
    "revisions": "articles.db",
    "repeats": "articles.db",
}
"""Every table that it has, and in which database."""
COMPARED = tuple(table for table in TABLES if table != "crawls")
"""Those that say the same however often a command was begun."""
STEPS = {"pages.db": ["captures"], "articles.db": ["places", "crawls", "ledger", "stories", "full_text", "repeats"]}
"""The migrations that it went through."""


def unpack(folder: Path) -> Path:
    """The folder, now with a copy of the archive in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (folder / name).write_bytes(gzip.decompress((PACKED / f"{name}.gz").read_bytes()))
    return folder


def stored(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table in the order in which they were written."""
    return rows(folder, f"select * from {table} order by rowid", TABLES[table])


def commands(folder: Path) -> dict[str, tuple[str, ...]]:
    """What is done with an archive, by name; the files that it takes are made in the folder. `lay_out` makes the archive to do it with."""
    with Archive(unpack(folder / "exported")) as archive:
        (written,) = export(archive.pages_db, archive.articles_db, folder / "warc", portals=(PORTAL,))
    nothing = folder / "nothing.warc.gz"
    nothing.write_bytes(record("warcinfo", b"software: none\r\n", WARC_Date="2021-03-25T05:00:00Z"))
    return {
        "import": ("scrapy", "importwarc", str(folder / "warc" / written.name), "--jobs", "1"),
        "replay": ("scrapy", "replay", PORTAL, "--jobs", "1"),
        # An import of a file without pages does no more than open the archive.
        "migrate": ("scrapy", "importwarc", str(nothing), "--jobs", "1"),
    }


def lay_out(name: str, folder: Path) -> None:
    """Make the archive on which a command is run: none where it makes its own."""
    if name == "migrate":
        unpack(folder)
    elif name == "replay":
        Archive(unpack(folder)).close()


def left(folder: Path, differs: Mapping[str, set[str]]) -> dict[str, Counter[tuple[Any, ...]]]:
    """What an archive holds, but for what differs from run to run."""
    found = {}
    for table in COMPARED:
        told = rows(folder, f"select * from {table}", TABLES[table])
        found[table] = Counter(tuple((name, value) for name, value in row.items() if name not in differs.get(table, ())) for row in told)
    return found


def assert_completed(done: subprocess.CompletedProcess[str]) -> None:
    """Check that a command that was begun again went through, and says no more than that it goes on."""
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if not line.startswith("Going on with ")] == []


def assert_whole(folder: Path) -> None:
    """Check that an archive proves itself, or that it says of itself that it is not yet made or brought up to date."""
    try:
        for name, migrations in (("pages.db", schema.pages), ("articles.db", schema.articles)):
            open_readonly(folder / name, migrations).close()
    except ArchiveError:
        refused = arsip(folder, "verify")
        assert refused.exit_code in (1, 2)
        assert re.search("There is no archive|made by an older version", one_sentence(refused.stderr))
    else:
        assert_sound(folder)
        assert printed(folder, "verify")[-1].endswith("nothing is wrong.")


def structure(database: sqlite3.Connection) -> dict[str, Any]:
    """What SQLite says of the tables, indexes and triggers of a database, whatever words they were made with."""
    told: dict[str, Any] = {}
    made = database.execute("select type, name, sql from sqlite_master where name not like 'sqlite_%' order by type, name").fetchall()
    virtual = [name for kind, name, sql in made if kind == "table" and sql.lower().startswith("create virtual")]
    for kind, name, sql in made:
        if name.startswith("_sqlite_migrations") or any(name.startswith(f"{index}_") and kind == "table" for index in virtual):
            continue
        if kind != "table" or name in virtual:
            told[f"{kind} {name}"] = (
                " ".join(sql.split()) if kind != "index" else database.execute(f"pragma index_xinfo({name})").fetchall()
            )
            continue
        keys = sorted(tuple(map(str, key[2:])) for key in database.execute(f"pragma foreign_key_list({name})"))
        indexes = sorted(index[1:] for index in database.execute(f"pragma index_list({name})"))
        told[f"table {name}"] = [database.execute(f"pragma table_xinfo({name})").fetchall(), keys, indexes]
    return told
