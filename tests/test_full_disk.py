"""A disk that fills up: one sentence, whole databases, and the same command completes once there is room. Crawls: test_crawl_trouble.py."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import first_archive
from tests.crawling import assert_sound
from tests.first_archive import assert_completed, assert_whole, left
from tests.killing import command

LARGE = 64 * 2**20
ROOMS = {"import": (100, 500, 700), "replay": (8, 40, 120), "migrate": (8, 40, 100)}
"""KiB that there are beside what stands there: for the first a database cannot be opened, for the last the work is under way."""
FULL = [(name, room) for name, rooms in ROOMS.items() for room in rooms]


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, ...]]:
    return first_archive.commands(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def with_room(commands: dict[str, tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The archive that each command leaves where there is room, made once."""
    made: dict[str, Path] = {}

    def of(name: str) -> Path:
        if name not in made:
            made[name] = tmp_path_factory.mktemp(name)
            first_archive.lay_out(name, made[name])
            assert command(*commands[name], folder=made[name]).returncode == 0
        return made[name]

    return of


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    path = tmp_path / "disk"
    path.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={LARGE}", "tmpfs", path], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("This user may mount no disk; the same is tried with files of a limited size.")
    yield path
    subprocess.run(["umount", path], check=True)


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


def assert_refused(done: subprocess.CompletedProcess[str]) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    (sentence,) = done.stderr.splitlines()
    assert "cannot be opened as an archive" in sentence or "cannot be written" in sentence


def assert_completes(name: str, words: tuple[str, ...], folder: Path, meant: Path) -> None:
    assert_whole(folder)
    assert_completed(command(*words, folder=folder))
    assert_sound(folder)
    assert_whole(folder)
    assert left(folder, {}) == left(meant, {})


@pytest.mark.parametrize(("name", "room"), FULL)
def test_on_a_disk_that_fills_up(
    name: str, room: int, disk: Path, commands: dict[str, tuple[str, ...]], with_room: Callable[[str], Path]
) -> None:
    first_archive.lay_out(name, disk)
    held = sum(path.stat().st_blocks * 512 for path in disk.iterdir())
    resize(disk, held + room * 1024)
    assert_refused(command(*commands[name], folder=disk))
    resize(disk, LARGE)
    assert_completes(name, commands[name], disk, with_room(name))


@pytest.mark.parametrize(("name", "room"), FULL)
def test_where_no_file_may_grow_on(
    name: str, room: int, tmp_path: Path, commands: dict[str, tuple[str, ...]], with_room: Callable[[str], Path]
) -> None:
    first_archive.lay_out(name, tmp_path)
    assert_refused(command(*commands[name], folder=tmp_path, room=room * 1024))
    assert_completes(name, commands[name], tmp_path, with_room(name))
