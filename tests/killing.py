"""Commands in processes of their own, which end without a goodbye at a chosen moment of their writing.

A moment is a statement that is about to run on one of the databases, such as `articles insert ledger`; of a `begin` and a `commit` it
says which tables were written before: `articles begin after pages.bodies pages.captures` is between a page and its note in the
ledger. So a number is a moment of the work, on a fast machine as on a slow one.

The processes are forked from one that has loaded everything: what it takes to start is taken once.
"""

import importlib
import multiprocessing
import os
import pkgutil
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from scrapy import cmdline

import archive.cli
import spiders.commands
import spiders.portals
import spiders.replaying
from tests.crawling import QUICKLY, ROOT

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.killing"])
PATIENCE = 120
UNLIMITED = resource.RLIM_INFINITY

for _package in (spiders.commands, spiders.portals):
    for _module in pkgutil.iter_modules(_package.__path__):
        importlib.import_module(f"{_package.__name__}.{_module.name}")
# So that a replay of few pages is kept in several transactions too, and goes on between them.
spiders.replaying.AT_ONCE = 6
# Which reactor there is, is for each process to say.
assert "twisted.internet.reactor" not in sys.modules


class Moments:
    """Writes down each moment that a process comes by, and ends it at one of them."""

    STATEMENT = re.compile(
        r"\s*(?P<verb>begin|commit|insert|update|delete|create|alter)\b(?:(?: or \w+)?(?: into| from| table)?\s+[\[\"]?(?P<table>\w+))?",
        re.IGNORECASE,
    )

    def __init__(self, at: int, path: Path) -> None:
        """`at` is the number of the moment, from 1, or 0 for none; `path` the file for their names."""
        self.left = at
        self.path = path
        self.written: set[str] = set()
        self._connect = sqlite3.connect

    def connect(self, address: str | Path, *given: Any, **named: Any) -> sqlite3.Connection:
        """In place of `sqlite3.connect`: a connection that is watched, where it is one of an archive for writing."""
        connection = self._connect(address, *given, **named)
        if (name := Path(address).name) in ("pages.db", "articles.db"):
            connection.set_trace_callback(partial(self.about, name.removesuffix(".db")))
        return connection

    def about(self, database: str, statement: str) -> None:
        """A statement is about to run."""
        found = self.STATEMENT.match(statement)
        if found is None:
            return
        verb, table = found["verb"].lower(), found["table"]
        if verb in ("begin", "commit"):
            moment = f"{database} {verb} after {' '.join(sorted(self.written))}"
            # What a transaction wrote is known until the next one begins.
            self.written = set() if verb == "begin" else self.written
        else:
            self.written.add(f"{database}.{table}")
            moment = f"{database} {verb} {table}"
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{moment}\n")
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def command(*words: str, folder: Path, at: int = 0, moments: Path | None = None, room: int = UNLIMITED) -> subprocess.CompletedProcess[str]:
    """Run `scrapy …` or `arsip …` on the archive in `folder`.

    `moments` is the file for the moments of its writing, and `at` the number of the one at which it is killed; `room` is how many bytes a
    file of it may have.
    """
    with tempfile.TemporaryDirectory() as told:
        process = FORKING.Process(target=_run, args=(words, folder, at, moments, room, Path(told)))
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
        out, err = ((Path(told) / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return subprocess.CompletedProcess(words, process.exitcode or 0, out, err)


def crawling(portal: str, home: str) -> tuple[str, ...]:
    """The words of a crawl, as fast as the portal answers."""
    return ("scrapy", "crawl", portal, "-a", f"home={home}", *QUICKLY)


def _run(words: tuple[str, ...], folder: Path, at: int, moments: Path | None, room: int, told: Path) -> None:
    os.chdir(ROOT)
    os.environ |= {"ARSIP_DIR": str(folder), "COLUMNS": "200"}
    for number, name in enumerate(("out", "err"), start=1):
        with (told / name).open("wb") as file:
            os.dup2(file.fileno(), number)
    if moments:
        sqlite3.connect = Moments(at, moments).connect  # type: ignore[assignment]
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, UNLIMITED))
    # What Python does to be told of a full disk, and not ended by it, a new interpreter does at its start.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        if words[0] == "scrapy":
            cmdline.execute(list(words))
        else:
            archive.cli.main(list(words[1:]), prog_name=words[0])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
