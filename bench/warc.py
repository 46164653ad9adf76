"""How fast captures leave as WARC files and come in again, and in how much memory.

The pages are those of the load portal, each filled with text of its own up to its size. Every step is a process of its own: `arsip export
--warc`, reading and keeping without the press, and `scrapy importwarc` whole. Memory is that of a process and its children together.
"""

import base64
import multiprocessing
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from archive.records import Page
from archive.store import Archive
from bench.crawl import BIN, EVERY, ROOT, memory
from bench.speed import machine
from sample.load import Muatan
from sample.portal import Resource
from sample.spiders.load import Muatan as Spider
from spiders.importing import Import

PAGES = 3_000
PAGE_SIZE = 60  # KiB
TARGET, MOST = 400, 300
"""Pages/s of export and import, and MiB that they may take."""
OWN_WORDS = 6 * 1024
"""Bytes of each page that no other has, in base 64, as pages have them in tokens and addresses."""
SPIDERS = "SPIDER_MODULES=spiders.portals,sample.spiders"


def fill(folder: Path, number: int, page_size: int) -> None:
    """Make an archive of the portal's pages."""
    portal, chance = Muatan(number, page_size=page_size - OWN_WORDS // 1024), random.Random(number)  # noqa: S311 - the same pages every time
    start = datetime(2026, 11, 1, tzinfo=UTC)
    with Archive(folder) as archive:
        archive.keep_portal(**Spider.facts())
        for rank, story in enumerate(portal.stories):
            path = portal.path(story)
            resource = portal.resource(path, {})
            assert isinstance(resource, Resource)
            own = f"<!-- {base64.b64encode(chance.randbytes(OWN_WORDS * 3 // 4)).decode()} --></body>".encode()
            archive.keep_page(
                Page(
                    url=f"{Muatan.origin}{path}",
                    portal=Muatan.name,
                    fetched_at=start + timedelta(seconds=rank),
                    body=resource.body.replace(b"</body>", own),
                    headers=(("Content-Type", "text/html; charset=UTF-8"), ("Content-Encoding", "gzip"), ("Server", "nginx")),
                    crawl="bench",
                    robots="allowed",
                )
            )


def keep(files: list[Path], folder: Path) -> None:
    """Read WARC files and keep their pages, without making anything of them."""
    with Archive(folder) as archive:
        importing = Import(archive, {Spider.name: Spider}, named=None, identity="bench", dry=False)
        for _ in importing.pages(files):
            pass
        importing.close()


class Running:
    """A process that is looked at: how long it took, and how much memory at most."""

    def __init__(self, pid: int, ended: Callable[[], bool]) -> None:
        start, self.peak = time.perf_counter(), 0
        while not ended():
            self.peak = max(self.peak, memory(pid))
            time.sleep(EVERY)
        self.seconds = time.perf_counter() - start

    def told(self, name: str, pages: int) -> str:
        """A line of figures."""
        return f"{name:<34} {pages / self.seconds:7.0f} pages/s {self.peak / 2**20:6.0f} MiB at most"


def commanded(*command: str, folder: Path) -> Running:
    """A command that was run on an archive; click.ClickException where it fails."""
    environment = os.environ | {"ARSIP_DIR": str(folder)}
    with subprocess.Popen([BIN / command[0], *command[1:]], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:  # noqa: S603 our own
        running = Running(process.pid, lambda: process.poll() is not None)
    if process.returncode:
        raise click.ClickException(f"{command[0]} {command[1]} ended with status {process.returncode}.")
    return running


def called(function: Callable[..., None], *given: object) -> Running:
    """A function that was run in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=function, args=given)
    process.start()
    assert process.pid
    running = Running(process.pid, lambda: not process.is_alive())
    if process.exitcode:
        raise click.ClickException(f"{function.__name__} ended with status {process.exitcode}.")
    return running


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--pages", type=click.IntRange(min=1), default=PAGES, show_default=True, metavar="N", help="Pages of the archive.")
@click.option("--page-size", type=click.IntRange(min=16), default=PAGE_SIZE, show_default=True, metavar="KIB", help="Size of a page.")
def main(*, pages: int, page_size: int) -> None:
    """How fast WARC files are written and read, and in how much memory."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        fill(folder / "from", pages, page_size)
        steps = {"arsip export --warc": commanded("arsip", "export", "--warc", str(folder / "warc"), folder=folder / "from")}
        files = sorted((folder / "warc").glob("*.warc.gz"))
        size = sum(path.stat().st_size for path in files)
        steps["reading and keeping, no press"] = called(keep, files, folder / "kept")
        steps["scrapy importwarc, with the press"] = commanded(
            "scrapy", "importwarc", *map(str, files), "-s", SPIDERS, folder=folder / "to"
        )
    for name, running in steps.items():
        click.echo(running.told(name, pages))
    first, second, _ = steps.values()
    met = max(first.seconds, second.seconds) <= pages / TARGET
    small = all(running.peak <= MOST * 2**20 for running in steps.values())
    click.echo(f"Targets: {TARGET} pages/s without the press {'met' if met else 'not met'}, {MOST} MiB {'met' if small else 'not met'}.")
    click.echo(f"{pages} pages of {page_size} KiB, {size / pages / 1024:.1f} KiB each as WARC; {machine(f'{os.cpu_count()} cores')}.")


if __name__ == "__main__":
    main(prog_name="python -m bench.warc")
