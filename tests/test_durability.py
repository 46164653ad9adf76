"""What happens to an archive when the machine fails it: killed writers, a full disk, two at once."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive import schema
from archive.captures import read_pages
from archive.database import open_readonly
from archive.store import Archive
from tests.builders import article, keep_portal, page, texts
from tests.crawling import assert_sound

ROOT = Path(__file__).parents[1]
PRELUDE = """
import os, sys
from archive.database import writing
from archive.ledger import Announcement
from archive.store import Archive
from tests.builders import PORTAL, article, at, keep_portal, page
folder = sys.argv[1]
"""
PATIENCE = 30


@contextmanager
def running(script: str, folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs `script`; it is killed at the end, and by its clock when it hangs."""
    command = ["timeout", "-s", "KILL", str(PATIENCE), sys.executable, "-c", PRELUDE + script, str(folder), *more]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    assert process.stderr
    return process.stdout.readline().strip() or process.stderr.read()


def outcome(script: str, folder: Path, *more: str) -> tuple[int, str, str]:
    with running(script, folder, *more) as process:
        out, err = process.communicate()
        return process.returncode, out, err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
    return tmp_path / "arsip"


ENDLESS = """
with Archive(folder) as archive:
    for number in range(100_000):
        archive.keep_page(page(f"/{number}", rest=(page(f"/{number}/2"),)))
        archive.keep_article(article(f"/{number}", title=f"Kabar {number}"))
        archive.ledger.settle(f"/{number}", "archived", portal=PORTAL, at=at(0))
        print(number, flush=True)
"""


@pytest.mark.parametrize("after", [3, 17, 40])
def test_a_killed_writer_loses_nothing_that_it_had_kept(folder: Path, after: int) -> None:
    with running(ENDLESS, folder) as process:
        for number in range(after + 1):
            assert line(process) == str(number)
        os.killpg(process.pid, signal.SIGKILL)
    reading = open_readonly(folder / "articles.db", schema.articles)
    articles = reading.table("articles").count
    assert articles > after
    reading.close()
    with Archive(folder) as archive:
        assert archive.keep_article(article("/1", title="Kabar 1")) == "unchanged"
        assert archive.keep_article(article("/1", day=1, title="Kabar satu")) == "revised"
        assert archive.articles_db.table("ledger").count in (articles, articles - 1)
        captures = list(read_pages(archive.pages_db))
        assert len(captures) in (articles, articles + 1)
        assert all(len(capture.rest) == 1 for capture in captures)
    assert_sound(folder)


HALFWAY = """
archive = Archive(folder)
database = archive.pages_db if sys.argv[2] == "pages" else archive.articles_db
with writing(database, archive._lock):
    archive.keep_page(page()) if sys.argv[2] == "pages" else archive.keep_article(article())
    print("halfway", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("database", ["pages", "articles"])
def test_a_writer_killed_halfway_leaves_no_half_and_no_lock(folder: Path, database: str) -> None:
    with running(HALFWAY, folder, database) as process:
        assert line(process) == "halfway"
        os.killpg(process.pid, signal.SIGKILL)
    status, _, complaint = outcome("Archive(folder).close()", folder)
    assert (status, complaint) == (0, "")
    with Archive(folder) as archive:
        assert (archive.pages_db.table("captures").count, archive.articles_db.table("articles").count) == (0, 0)
        assert archive.keep_article(article()) == "new"
    assert_sound(folder)


ORPHAN = """
archive = Archive(folder)
with archive._lock:
    if os.fork() == 0:
        print("born", os.getpid(), flush=True)
        sys.stdin.read()
        os._exit(0)
    os.wait()
"""


def test_a_worker_that_outlives_its_killed_parent_holds_no_lock(folder: Path) -> None:
    """Worker processes are forked with the parent's lock file; they must not keep every later crawl waiting."""
    with running(ORPHAN, folder) as process:
        word, worker = line(process).split()
        assert word == "born"
        parent = int(Path(f"/proc/{worker}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1])
        os.kill(parent, signal.SIGKILL)
        assert outcome("Archive(folder).close()", folder)[0] == 0
        os.kill(int(worker), signal.SIGKILL)


CROWD = """
who = sys.argv[2]
with Archive(folder) as archive:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(60):
        archive.keep_page(page(f"/{who}/{number}", body=f"{who} {number}".encode()))
        archive.keep_page(page("/same"))
        archive.keep_article(article(f"/{who}/{number}", title=f"Kabar {who}"))
        archive.keep_article(article(f"/shared/{number}"))
        archive.keep_article(article("/edited", day=number, body=f"Teks {number}."))
        archive.ledger.announce([Announcement(url=f"/{number}")], portal=PORTAL, through="feed", at=at(0))
        archive.ledger.settle(f"/{number}", "failed", portal=PORTAL, at=at(0), reason="server error")
"""


def test_writers_at_the_same_time_wait_for_each_other_and_lose_nothing(folder: Path) -> None:
    with running(CROWD, folder, "a") as one, running(CROWD, folder, "b") as two:
        for process in (one, two):
            assert line(process) == "ready"
        for process in (one, two):
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in (one, two):
            _, complaint = process.communicate()
            assert (process.returncode, complaint) == (0, "")
    with Archive(folder) as archive:
        assert archive.articles_db.table("articles").count == 60 + 60 + 60 + 1
        assert sum(text.startswith("Teks ") for _, text in texts(archive)) == 60
        assert {row["attempts"] for row in archive.articles_db.table("ledger").rows} == {2}
        assert archive.pages_db.table("captures").count == 4 * 60
        assert archive.pages_db.table("bodies").count == 2 * 60 + 1
    assert_sound(folder)


def test_two_processes_may_make_the_same_archive_at_once(tmp_path: Path) -> None:
    makers = "print('ready', flush=True); sys.stdin.readline(); a = Archive(folder); keep_portal(a); a.close()"
    with running(makers, tmp_path / "arsip") as one, running(makers, tmp_path / "arsip") as two:
        for process in (one, two):
            assert line(process) == "ready"
        for process in (one, two):
            assert process.communicate("go\n")[1] == ""
            assert process.returncode == 0
    assert_sound(tmp_path / "arsip")


@pytest.mark.parametrize("database", ["pages", "articles"])
def test_a_full_disk_leaves_nothing_half_written(folder: Path, database: str) -> None:
    with Archive(folder) as archive:
        archive.keep_page(page())
        archive.keep_article(article())
        target = archive.pages_db if database == "pages" else archive.articles_db
        (size,) = target.execute("pragma page_count").fetchone()
        target.execute(f"pragma max_page_count = {size}")
        large = " ".join(f"{number * 7919 % 100_003:x}" for number in range(40_000))
        with pytest.raises(sqlite3.OperationalError, match="full"):
            archive.keep_page(
                page("/besar", body=large.encode(), rest=(page("/besar/2"),))
            ) if database == "pages" else archive.keep_article(article(day=1, body=large))
        assert archive.pages_db.table("captures").count == 1
        assert texts(archive) == [(1, article().body)]
        assert [row["revision"] for row in archive.articles_db.table("articles").rows] == [1]
        target.execute("pragma max_page_count = 1000000")
        archive.keep_page(page("/besar", body=large.encode()))
        assert archive.keep_article(article(day=1, body=large)) == "revised"
    assert_sound(folder)


CRAMPED = """
import resource
from archive.errors import ArchiveError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    Archive(folder).close()
except ArchiveError as error:
    print(f"sentence: {error}")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


@pytest.mark.parametrize("room", [0, 4096, 20_000, 60_000])
def test_an_archive_that_found_no_room_can_be_made_later(tmp_path: Path, room: int) -> None:
    """Where the disk filled up in the middle of making an archive, one sentence says so, and the next start makes it whole."""
    status, said, complaint = outcome(CRAMPED, tmp_path / "arsip", str(room))
    assert (status, complaint) == (0, "")
    assert said.startswith("sentence: ")
    assert said.count("\n") == 1
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
        assert archive.keep_article(article()) == "new"
    assert_sound(tmp_path / "arsip")
