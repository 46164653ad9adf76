"""The reading room opens on loopback, shows the articles, and says so in one sentence when it cannot."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from archive.cli import main
from archive.store import Archive
from tests.builders import article, keep_portal

PATIENCE = 30
ARSIP = [sys.executable, "-c", "from archive.cli import main; main(prog_name='arsip')"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
        archive.keep_article(article())
        archive.keep_article(article("/lain", title="Panen raya", body="Petani lega."))
    return tmp_path / "arsip"


@contextmanager
def reading_room(folder: Path, said: list[str] | None = None, *, patience: float = PATIENCE) -> Iterator[str]:
    """The address of a running reading room; it has said itself that it is ready, and what it says goes to `said`."""
    process = subprocess.Popen(
        [*ARSIP, "--dir", str(folder), "serve", "--port", "0"],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said, ready = [] if said is None else said, threading.Event()

    def listen() -> None:
        assert process.stdout
        for line in process.stdout:
            said.append(line)
            if "Uvicorn running" in line:
                ready.set()
        ready.set()

    clock, listener = threading.Timer(patience, os.killpg, (process.pid, signal.SIGKILL)), threading.Thread(target=listen)
    for thread in (clock, listener):
        thread.start()
    try:
        ready.wait()
        address = re.search(r"http://127\.0\.0\.1:\d+", "".join(said))
        assert address, "".join(said)
        assert process.poll() is None, "".join(said)
        yield address[0]
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        listener.join()


def answer(address: str) -> Any:
    with urlopen(address, timeout=PATIENCE) as response:
        return json.load(response)


def test_the_reading_room_shows_and_finds_articles(folder: Path) -> None:
    with reading_room(folder) as address:
        rows = answer(f"{address}/articles/articles.json?_shape=objects")["rows"]
        assert {row["title"] for row in rows} == {"Banjir di Kepahiang", "Panen raya"}
        found = answer(f"{address}/articles/articles.json?_shape=objects&_search={quote('petani')}")["rows"]
        assert [row["title"] for row in found] == ["Panen raya"]
        with urlopen(f"{address}/articles/articles", timeout=PATIENCE) as page:
            assert b"Banjir di Kepahiang" in page.read()
        with Archive(folder) as archive:
            archive.keep_article(article("/baru", title="Gempa"))
        assert answer(f"{address}/articles/articles.json?_search=gempa")["filtered_table_rows_count"] == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "bukan alamat"])
def test_a_place_that_cannot_be_listened_on_gets_one_sentence(folder: Path, host: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["--dir", str(folder), "serve", "--host", host, "--port", port])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"arsip: {host}:{port} cannot be listened on: ")
    assert result.stderr.endswith("; take another with --port.\n")
    assert result.stderr.count("\n") == 1
