"""Running the commands as a user does, against the sample portals on loopback."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
QUICKLY = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")
"""Delays are manners toward other people's servers; the sample's are ours."""


def scrapy(*arguments: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a `scrapy` command on the archive in `folder`."""
    return _run("scrapy", arguments, folder, options)


def arsip(*arguments: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run an `arsip` command on the archive in `folder`."""
    return _run("arsip", arguments, folder, options)


def crawl(portal: str, home: str, *arguments: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Crawl a portal at `home`, as fast as it answers."""
    return scrapy("crawl", portal, "-a", f"home={home}", *QUICKLY, *arguments, folder=folder, **options)


def crawls(asked: Sequence[tuple[str, Path, dict[str, str]]]) -> None:
    """Crawl many times, each a portal into a folder with arguments of the spider; see tests/many.py."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.many"],
        cwd=ROOT,
        input=json.dumps([(portal, str(folder), given) for portal, folder, given in asked]),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def _run(command: str, arguments: tuple[str, ...], folder: Path, options: dict[str, object]) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ARSIP_DIR": str(folder), "COLUMNS": "200"}
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [BIN / command, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False, **options
    )


def articles_of(folder: Path) -> list[dict[str, object]]:
    """The articles in an archive, by address."""
    return rows(folder, "select * from articles order by url")


def rows(folder: Path, sql: str, database: str = "articles.db") -> list[dict[str, object]]:
    """What a query finds."""
    opened = Database(folder / database)
    found = list(opened.query(sql))
    opened.close()
    return found


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row that holds what was seen or made of it: what a crawl that finds nothing new must not touch."""
    told: dict[str, list[tuple[object, ...]]] = {}
    for name, tables in (("articles.db", ("articles", "revisions", "ledger", "listings")), ("pages.db", ("captures", "bodies"))):
        opened = Database(folder / name)
        for table in tables:
            told[table] = opened.execute(f"select rowid, * from {table} order by 1").fetchall()
        opened.close()
    return told


def assert_sound(folder: Path) -> None:
    """Check that both databases are whole, and the full-text index with them."""
    for name in ("pages.db", "articles.db"):
        connection = sqlite3.connect(folder / name)
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        if name == "articles.db":
            connection.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
        connection.close()


def one_sentence(stderr: str) -> str:
    """The only line on stderr; more than one is an error of its own."""
    (line,) = stderr.splitlines()
    assert "Traceback" not in line
    assert line.endswith(".")
    return line
