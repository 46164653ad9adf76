"""How fast a portal is crawled, and in how much memory: the load portal in a process of its own, `scrapy crawl` in another.

The delays that the settings ask for are manners toward other people's servers, so there are none here: what is left is what the crawler
itself costs. Memory is that of the crawler and its children together, looked at ten times a second.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlite_utils import Database

from bench.speed import machine
from sample.load import PAGE_SIZE, Muatan

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[1]
ARTICLES = 2_000
TARGET = 300
"""MiB that a crawl of 20,000 articles may take."""
EVERY = 0.1  # seconds between two looks at the memory
AS_FAST_AS_IT_CAN = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "SPIDER_MODULES": "spiders.portals,sample.spiders",
}


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a crawl took."""

    seconds: float
    processor: float
    """Seconds of processor time, of the crawler and its children."""
    pages: int
    """Pages of articles that were kept."""
    articles: int
    peak: int
    """Bytes of memory, at the moment when it was most."""


@contextmanager
def load_portal(articles: int, page_size: int) -> Iterator[str]:
    """The address of the load portal, served by a process of its own until the block is left."""
    command = [sys.executable, "-m", "sample", "--load", str(articles), "--page-size", str(page_size)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 our own command
        assert server.stdout
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()


def crawl(home: str, folder: Path, concurrency: int) -> Run:
    """Crawl the portal at `home` into a new archive; click.ClickException where the crawl fails."""
    settings = AS_FAST_AS_IT_CAN | dict.fromkeys(("CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN"), str(concurrency))
    command = [str(BIN / "scrapy"), "crawl", Muatan.name, "-a", f"home={home}"]
    command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    start, spent = time.perf_counter(), children_time()
    environment = os.environ | {"ARSIP_DIR": str(folder)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as crawler:  # noqa: S603 our own command
        peak = 0
        while crawler.poll() is None:
            peak = max(peak, memory(crawler.pid))
            time.sleep(EVERY)
    seconds, processor = time.perf_counter() - start, children_time() - spent
    if crawler.returncode:
        raise click.ClickException(f"The crawl ended with status {crawler.returncode}.")
    return Run(
        seconds=seconds,
        processor=processor,
        pages=_count(folder / "pages.db", "captures"),
        articles=_count(folder / "articles.db", "articles"),
        peak=peak,
    )


def children_time() -> float:
    """Processor time of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def memory(pid: int) -> int:
    """Bytes of memory that a process and all below it hold now; 0 where there is none."""
    try:
        held = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = [each for path in Path(f"/proc/{pid}/task").glob("*/children") for each in path.read_text(encoding="ascii").split()]
    except (OSError, IndexError):
        return 0  # it ended while it was looked at
    return held + sum(memory(int(child)) for child in children)


def _count(path: Path, table: str) -> int:
    database = Database(path)
    try:
        return database.table(table).count
    finally:
        database.close()


def told(run: Run, articles: int, concurrency: int) -> str:
    """The figures, a line each."""
    lines = [
        f"{articles} articles announced, {run.pages} pages kept, {run.articles} articles",
        f"{run.pages / run.seconds:.1f} pages/s, {run.articles / run.seconds:.1f} articles/s, {concurrency} requests at once",
        f"{run.seconds:.1f} s, {run.processor:.1f} s of processor time, {run.processor / max(run.articles, 1) * 1000:.1f} ms an article",
        f"{run.peak / 2**20:.0f} MiB at most, target {TARGET} MiB: {'met' if run.peak <= TARGET * 2**20 else 'not met'}",
    ]
    return "\n".join(lines)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--articles", type=click.IntRange(min=1), default=ARTICLES, show_default=True, metavar="N", help="Stories of the portal.")
@click.option("--page-size", type=click.IntRange(min=1), default=PAGE_SIZE, show_default=True, metavar="KIB", help="Size of a page.")
@click.option("--concurrency", type=click.IntRange(min=1), default=8, show_default=True, metavar="N", help="Requests at once.")
def main(*, articles: int, page_size: int, concurrency: int) -> None:
    """How fast a portal is crawled, and in how much memory."""
    with tempfile.TemporaryDirectory() as folder, load_portal(articles, page_size) as home:
        run = crawl(home, Path(folder), concurrency)
    click.echo(told(run, articles, concurrency))
    click.echo(f"Pages of {page_size} KiB; {machine(f'{os.cpu_count()} cores')}.")
    if run.articles != articles:
        raise click.ClickException(f"{articles - run.articles} articles are missing.")


if __name__ == "__main__":
    main(prog_name="python -m bench.crawl")
