"""What runs the crawls for years: the units, the crontab and the backup are as the machine reads them, and do what they say."""

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from archive import read, search
from archive.cli import main
from archive.database import open_readonly
from archive.schema import articles, pages
from archive.store import Archive
from tests.builders import article, keep_portal, page
from tests.crawling import BIN, ROOT, scrapy
from tests.test_durability import line, running

DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir() if path.is_file())
SERVICES = [name for name in UNITS if name.endswith(".service")]
EXPOSURE = 20
"""What `systemd-analyze security` may say of a service, from 0 (nothing to reach) to 100."""
PROGRAM, ARCHIVE = "/opt/arsip-warta", "/var/lib/arsip-warta"
WRITER = """
import hashlib
with Archive(folder) as archive:
    keep_portal(archive)
    for number in range(100_000):
        body = f"<h1>Kabar {number}</h1>".encode()
        archive.keep_page(page(f"/{number}", body=body))
        archive.keep_article(article(f"/{number}", title=f"Kabar {number}", page_sha256=hashlib.sha256(body).hexdigest()))
        if number == 20:
            print("begun", flush=True)
"""

with_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not there (Debian: apt install systemd): the units are not checked"
)
with_sqlite = pytest.mark.skipif(
    shutil.which("sqlite3") is None, reason="sqlite3 is not there (Debian: apt install sqlite3): no backup can be made"
)


def unit(name: str) -> dict[str, list[str]]:
    """The settings of a service as systemd merges them: the common ones behind its own."""
    text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
    if name.endswith(".service"):
        text += "\n".join(path.read_text(encoding="utf-8") for path in sorted((DEPLOY / "systemd" / "arsip-.service.d").iterdir()))
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units as they are installed, with the program where this one runs."""
    folder = tmp_path / "units"
    shutil.copytree(DEPLOY / "systemd", folder)
    place = tmp_path / "program"
    (place / ".venv").mkdir(parents=True)
    (place / ".venv" / "bin").symlink_to(BIN)
    for path in folder.rglob("arsip*"):
        if path.is_file():
            path.write_text(path.read_text(encoding="utf-8").replace(PROGRAM, str(place)), encoding="utf-8")
    return folder


def analyzed(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", "--no-pager", *map(str, words)], capture_output=True, text=True, timeout=60, check=False)


@with_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_the_unit(units: Path, name: str) -> None:
    done = analyzed("verify", "--man=no", units / name)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@with_systemd
def test_systemd_would_say_so_if_it_did_not(units: Path) -> None:
    common = units / "arsip-.service.d" / "10-common.conf"
    common.write_text(common.read_text(encoding="utf-8").replace("NoNewPrivileges=", "NoNewPrivilege="), encoding="utf-8")
    assert "NoNewPrivilege" in analyzed("verify", "--man=no", units / "arsip-crawl.service").stderr


@with_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_a_service_can_reach_little(units: Path, name: str) -> None:
    done = analyzed("security", "--offline=yes", f"--threshold={EXPOSURE}", units / name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Overall exposure level for {name}" in done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_writes_in_no_other_folder_than_the_archives(name: str) -> None:
    told = unit(name)
    assert told["ReadWritePaths"] == [ARCHIVE]
    assert told["Environment"][-1] == f"ARSIP_DIR={ARCHIVE}"
    assert [f"/var/lib/{folder}" for folder in told["StateDirectory"]][-1] == ARCHIVE
    assert told["ProtectSystem"] == ["strict"]


def test_a_crawl_that_is_stopped_has_the_time_it_needs() -> None:
    (seconds,) = unit("arsip-crawl.service")["TimeoutStopSec"]
    assert int(seconds) > 10


def test_a_crawl_ends_before_the_next_one_is_due() -> None:
    told = dict(pair.split("=") for value in unit("arsip-crawl.service")["Environment"] for pair in value.split())
    (hours,) = re.findall(r"^OnCalendar=00/(\d+):00$", (DEPLOY / "systemd" / "arsip-crawl.timer").read_text(), re.MULTILINE)
    (late,) = unit("arsip-crawl.timer")["RandomizedDelaySec"]
    assert int(told["ARSIP_MINUTES"]) + int(late.removesuffix("min")) < int(hours) * 60


def test_the_example_of_the_environment_names_what_the_services_ask_for() -> None:
    text = (DEPLOY / "arsip-warta.env").read_text(encoding="utf-8")
    told = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    asked = {name for service in SERVICES for name in re.findall(r"\$\{(\w+)\}", "".join(unit(service)["ExecStart"]))}
    assert asked - {"ARSIP_DIR"} <= told
    assert {"ARSIP_CONTACT", "SCRAPYD_PASSWORD"} <= told


def crontab() -> tuple[dict[str, str], list[str], str]:
    """The variables of the crontab, the five fields of its only job, and the job's command."""
    lines = [line for line in (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    variables = dict(re.fullmatch(r"([A-Z_]+)=(\S+)", line).groups() for line in lines[:-1])  # type: ignore[union-attr]
    *fields, command = lines[-1].split(maxsplit=5)
    return variables, fields, command


def test_cron_understands_the_crontab() -> None:
    variables, fields, command = crontab()
    assert variables.keys() == {"ARSIP_DIR", "ARSIP_CONTACT", "MAILTO"}
    for field, (least, most) in zip(fields, [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)], strict=True):
        found = re.fullmatch(r"\*(?:/(\d+))?|(\d+)", field)
        assert found, field
        assert all(least <= int(number) <= most for number in found.groups() if number)
    # To cron a percent sign is the end of the line.
    assert "%" not in command
    assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0


def test_the_crontab_and_the_service_run_the_same_command() -> None:
    variables, _, command = crontab()
    (start,) = unit("arsip-crawl.service")["ExecStart"]
    told = dict(pair.split("=") for value in unit("arsip-crawl.service")["Environment"] for pair in value.split())
    for name, value in told.items():
        start = start.replace(f"${{{name}}}", value)
    typed = command.replace('"$ARSIP_DIR', f'"{variables["ARSIP_DIR"]}').partition("&& ")[2].partition(" >")[0]
    assert [f"{PROGRAM}/{word}" if word.startswith(".venv") else word for word in shlex.split(typed)] == shlex.split(start)


def test_crawlall_has_the_options_that_the_schedules_use(tmp_path: Path) -> None:
    told = scrapy("crawlall", "--help", folder=tmp_path).stdout
    options = [word for word in shlex.split(unit("arsip-crawl.service")["ExecStart"][0]) if word.startswith("--")]
    assert options
    assert all(option in told for option in options)


def test_scrapyd_listens_on_loopback_and_asks_who_is_there() -> None:
    told = ConfigParser(interpolation=None)
    told.read(DEPLOY / "scrapyd.conf", encoding="utf-8")
    assert told["scrapyd"]["bind_address"] == "127.0.0.1"
    assert told["scrapyd"]["username"]
    # Its own password would be everybody's; test_scrapyd.py shows that none is no password either.
    assert told["scrapyd"]["password"] == "%(SCRAPYD_PASSWORD_is_not_set)s"


OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
TYPED = re.findall(r"^```sh\n(.*?)^```$", OPERATIONS, re.DOTALL | re.MULTILINE)


def test_the_operations_tell_of_every_file_and_unit() -> None:
    assert {path.name for path in DEPLOY.iterdir() if path.is_file()} | set(SERVICES) <= set(re.findall(r"[\w-]+(?:\.\w+)?", OPERATIONS))


@pytest.mark.parametrize("block", TYPED, ids=lambda block: block.splitlines()[0])
def test_what_the_operations_type_is_there(block: str) -> None:
    assert subprocess.run(["sh", "-n", "-c", block], check=False).returncode == 0
    for path in re.findall(rf"{PROGRAM}/(deploy/[\w./-]+)", block):
        assert (ROOT / path).exists(), path
    assert set(re.findall(r"\barsip-\w+\.(?:service|timer)", block)) <= set(UNITS)
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(rf"make -C {PROGRAM} (\w+)", block)) <= set(targets)
    assert set(re.findall(r"bin/arsip (\w+)", block)) <= set(main.commands)
    assert all(find_spec(f"spiders.commands.{name}") for name in re.findall(r"bin/scrapy (\w+)", block))


def backup(archive: Path, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([DEPLOY / "backup.sh", archive, target], capture_output=True, text=True, timeout=60, check=False)


@with_sqlite
def test_a_backup_of_an_archive_in_use_is_a_consistent_pair(tmp_path: Path) -> None:
    with running(WRITER, tmp_path / "arsip") as writer:
        assert line(writer) == "begun"
        for number in range(3):
            done = backup(tmp_path / "arsip", tmp_path / f"copy-{number}")
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert writer.poll() is None
    for number in range(3):
        copy = tmp_path / f"copy-{number}"
        assert sorted(path.name for path in copy.iterdir()) == ["articles.db", "pages.db"]
        kept, made = open_readonly(copy / "pages.db", pages), open_readonly(copy / "articles.db", articles)
        captured = {row["sha256"] for row in kept.query("select sha256 from captures")}
        read_from = {row["page_sha256"] for row in made.query("select page_sha256 from revisions")}
        assert read_from
        assert read_from <= captured
        kept.close()
        made.close()


@with_sqlite
def test_a_backup_goes_on_as_an_archive(tmp_path: Path) -> None:
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
        archive.keep_page(page())
        archive.keep_article(article())
    assert backup(tmp_path / "arsip", tmp_path / "copy").returncode == 0
    with Archive(tmp_path / "copy") as archive:
        archive.keep_article(article("/lain", title="Panen raya", body="Petani lega."))
    made = open_readonly(tmp_path / "copy" / "articles.db", articles)
    assert [row["title"] for row in search.search(made, "petani")] == ["Panen raya"]
    assert {row["articles"] for row in read.stats(made)} == {2}
    made.close()


@with_sqlite
def test_a_backup_that_cannot_be_made_leaves_nothing_that_looks_like_one(tmp_path: Path) -> None:
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
    (tmp_path / "arsip" / "pages.db").write_bytes(b"no database" * 1000)
    done = backup(tmp_path / "arsip", tmp_path / "copy")
    assert done.returncode != 0
    assert done.stderr
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("wrong", ["no archive", "a target that exists", "no target"])
def test_wrong_use_of_the_backup_is_a_sentence_and_status_2(tmp_path: Path, wrong: str) -> None:
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
    words = {
        "no archive": [tmp_path / "lain", tmp_path / "copy"],
        "a target that exists": [tmp_path / "arsip", tmp_path],
        "no target": [tmp_path / "arsip"],
    }[wrong]
    done = subprocess.run([DEPLOY / "backup.sh", *words], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert re.fullmatch(r"backup\.sh: .+\.\n", done.stderr)


@pytest.mark.parametrize("path", [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()], ids=lambda path: path.name)
def test_a_file_names_no_other_place_than_the_two(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"/(?:opt|var/lib|home|srv|root)\b[/\w-]*?(?=/\.venv|/docs|/report|[^/\w-]|$)", text)) <= {PROGRAM, ARCHIVE}
