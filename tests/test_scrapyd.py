"""A real scrapyd on loopback takes the project as an egg and crawls with it, as deploy/scrapyd.conf sets it up."""

import base64
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from sample.server import serve
from tests.crawling import BIN, ROOT, articles_of, rows

PATIENCE = 60
PASSWORD = "hanya-untuk-uji"
PORTAL = '''"""In the egg alone, so that what ran can be told from the project that lies here."""

from spiders.families.wordpress import WordPress


class KabarContoh(WordPress):
    """Kabar Contoh, which is fiction."""

    name = "kabarcontoh"
    home = "https://kabarcontoh.example"
    region = "17"
'''
ROOMS = ("archive", "pipelines", "sample", "spiders")


@pytest.fixture(scope="module")
def egg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The egg that `make egg` packs, of a copy of the project with a portal more."""
    copy = tmp_path_factory.mktemp("project")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("Makefile", "README.md", "LICENSE", "pyproject.toml", "settings.py"):
        shutil.copy(ROOT / file, copy)
    (copy / "spiders" / "portals" / "kabarcontoh.py").write_text(PORTAL, encoding="utf-8")
    # The environment is there already: --old-file keeps make from looking for it.
    done = subprocess.run(
        ["make", "--old-file=setup", "egg", f"BIN={BIN}"],
        cwd=copy,
        env=bare(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "build/arsip_warta.egg\n", "")
    return copy / "build" / "arsip_warta.egg"


def bare() -> dict[str, str]:
    """The environment without what would lead to the project that lies here, or to a make that runs this."""
    ours = ("PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "ARSIP_DIR", "ARSIP_CONTACT", "SCRAPY_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("SCRAPYD_")}


class Scrapyd:
    """A running scrapyd: what it answers, and what it says while it works."""

    def __init__(self, address: str, process: subprocess.Popen[str]) -> None:
        self.address = address
        self.process = process

    def asked(self, service: str, *, password: str = PASSWORD, **form: str | list[str]) -> Any:
        """The answer of a service, which is asked by POST where a form is given."""
        return self._answer(service, password, urlencode(form, doseq=True).encode() if form else None)

    def add(self, egg: Path, version: str) -> Any:
        """The answer to a new version of the project."""
        parts = {'"project"': b"arsip-warta", '"version"': version.encode(), '"egg"; filename="arsip_warta.egg"': egg.read_bytes()}
        head = "--batas\r\nContent-Disposition: form-data; name="
        body = b"".join(f"{head}{name}\r\n\r\n".encode() + value + b"\r\n" for name, value in parts.items())
        return self._answer("addversion.json", PASSWORD, body + b"--batas--\r\n", "multipart/form-data; boundary=batas")

    def _answer(self, service: str, password: str, data: bytes | None, kind: str = "application/x-www-form-urlencoded") -> Any:
        token = base64.b64encode(f"arsip:{password}".encode()).decode()
        headers = {"Authorization": f"Basic {token}", "Content-Type": kind}
        with urlopen(Request(f"{self.address}/{service}", data=data, headers=headers), timeout=PATIENCE) as response:
            return json.load(response)

    def says(self, pattern: str) -> str:
        """The next line of its log that matches; it is an error when the log ends before."""
        assert self.process.stdout
        said = []
        for line in self.process.stdout:
            said.append(line)
            if re.search(pattern, line):
                return line
        pytest.fail("".join(said))


@contextmanager
def scrapyd(folder: Path) -> Iterator[Scrapyd]:
    """A scrapyd in an empty folder, with the project's own configuration; it listens when the block begins."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = started(folder, SCRAPYD_PASSWORD=PASSWORD, SCRAPYD_HTTP_PORT=str(port))
    clock = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
    clock.start()
    try:
        running = Scrapyd(f"http://127.0.0.1:{port}", process)
        running.says(f"Site starting on {port}")
        yield running
    finally:
        clock.cancel()
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def started(folder: Path, **told: str) -> subprocess.Popen[str]:
    shutil.copy(ROOT / "deploy" / "scrapyd.conf", folder / "scrapyd.conf")
    # A job that was asked for starts at the next look at the queue; five seconds are long for a test.
    (folder / ".scrapyd.conf").write_text("[scrapyd]\npoll_interval = 0.1\n", encoding="utf-8")
    return subprocess.Popen(
        [BIN / "scrapyd", "--pidfile="],
        cwd=folder,
        env=bare() | {"HOME": str(folder)} | told,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def test_scrapyd_lists_the_portals_of_the_egg_and_crawls_with_it(egg: Path, tmp_path: Path) -> None:
    room, archive = tmp_path / "scrapyd", tmp_path / "arsip"
    room.mkdir()
    with serve(["rakyatbengkulu"]) as portals, scrapyd(room) as running:
        answer = running.add(egg, "1")
        assert answer["status"] == "ok", answer
        spiders = running.asked("listspiders.json?project=arsip-warta")["spiders"]
        assert {"kabarcontoh", "kebumenekspres", "rakyatbengkulu"} <= set(spiders)
        job = running.asked(
            "schedule.json",
            project="arsip-warta",
            spider="rakyatbengkulu",
            home=portals["rakyatbengkulu"].home,
            setting=[f"ARSIP_DIR={archive}", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False"],
        )["jobid"]
        # `died` stands there for a crawl that ended with another status than 0.
        assert "Process finished" in running.says(rf"Process (finished|died): .*{job}")
        (finished,) = running.asked("listjobs.json?project=arsip-warta")["finished"]
        assert (finished["id"], finished["spider"]) == (job, "rakyatbengkulu")
        assert len(articles_of(archive)) == len(portals["rakyatbengkulu"].stories)
    assert rows(archive, "select portal, outcome from crawls") == [{"portal": "rakyatbengkulu", "outcome": "finished"}]
    (log,) = (room / "logs").rglob("*.log")
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_scrapyd_asks_for_the_password(tmp_path: Path) -> None:
    with scrapyd(tmp_path) as running:
        with pytest.raises(HTTPError) as refused:
            running.asked("listprojects.json", password="salah")
        assert refused.value.code == 401
        assert running.asked("listprojects.json")["projects"] == []


def test_scrapyd_does_not_start_without_a_password(tmp_path: Path) -> None:
    process = started(tmp_path)
    clock = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
    clock.start()
    said, _ = process.communicate()
    clock.cancel()
    assert "password_is_not_set" in said
    assert "Site starting on" not in said


@pytest.mark.parametrize("packed", [True, False], ids=["zipped", "unpacked"])
def test_the_egg_brings_all_that_a_crawl_needs(egg: Path, tmp_path: Path, packed: bool) -> None:
    place = egg
    if not packed:
        place = tmp_path / "arsip_warta.egg"
        with zipfile.ZipFile(egg) as archive:
            archive.extractall(place)
    script = f"""
import pkg_resources
(found,) = pkg_resources.find_distributions({str(place)!r})
found.activate()
assert found.get_entry_info("scrapy", "settings").module_name == "settings"
import archive.regions, settings, spiders.portals.kabarcontoh
assert all(module.__file__.startswith({str(place)!r}) for module in (archive.regions, settings, spiders.portals.kabarcontoh))
print(archive.regions.region("17.08").name, len(archive.regions.places()) > 500)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=bare(), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stdout) == (0, "Kepahiang True\n"), done.stderr


def test_the_egg_holds_every_file_of_the_rooms(egg: Path) -> None:
    held = set(zipfile.ZipFile(egg).namelist())
    lying = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {path for path in lying if not path.endswith((".md", ".pyc"))} | {"settings.py", "EGG-INFO/entry_points.txt"} <= held
