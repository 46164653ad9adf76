"""How fast stored pages are pressed again, beside trafilatura over the same pages in as many processes.

The pages are those of `bench/furnished.py`: five families, 60 KiB each, no two alike. `scrapy replay` is measured as a user runs it, from
its start to its end: first into an archive that has the pages alone, so that it makes all articles, then again, when nothing changes.
trafilatura (with metadata, otherwise as it comes) is handed the same pages by a pool of processes and keeps nothing.
"""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from sqlite_utils import Database

from archive.captures import read_pages
from archive.store import Archive
from bench.extractors import quiet
from bench.furnished import FAMILIES, Furnished
from bench.speed import machine
from bench.warc import SPIDERS, commanded

PAGES, PAGE_SIZE = 5_000, 60
TARGET, MOST = 5.0, 300
"""How many times as fast as trafilatura a replay is to be, and MiB that it may take."""
AT_ONCE = 16
"""Pages that a process of trafilatura is handed at a time."""


def fill(folder: Path, number: int, page_size: int) -> None:
    """Make a pages.db of so many pages, of all families in turn."""
    portals = [Furnished(family, -(-number // len(FAMILIES)), size=page_size * 1024) for family in FAMILIES]
    with Archive(folder) as archive:
        for rank in range(number):
            archive.keep_page(portals[rank % len(portals)].page(rank // len(portals)))


def replayed(folder: Path, jobs: int) -> tuple[float, int]:
    """Seconds and bytes of memory of a replay; click.ClickException where it fails."""
    running = commanded("scrapy", "replay", "--jobs", str(jobs), "-s", SPIDERS, folder=folder)
    return running.seconds, running.peak


def read_by_trafilatura(folder: Path, jobs: int) -> float:
    """Seconds that trafilatura takes for all pages of an archive, in so many processes."""
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        for _ in pool.imap_unordered(_trafilatura, _addressed(folder), chunksize=AT_ONCE):
            pass
    return time.perf_counter() - start


def _addressed(folder: Path) -> Iterator[tuple[bytes, str]]:
    # Opened by the thread of the pool that asks for them.
    with closing(Database(folder / "pages.db")) as database:
        for page in read_pages(database):
            yield page.body, page.url


def _trafilatura(page: tuple[bytes, str]) -> bool:
    import trafilatura

    body, url = page
    with quiet():
        return trafilatura.bare_extraction(body, url=url, with_metadata=True) is not None


def articles_in(folder: Path) -> int:
    """How many articles an archive holds."""
    with closing(Database(folder / "articles.db")) as database:
        return database.table("articles").count


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--pages", type=click.IntRange(min=1), default=PAGES, show_default=True, metavar="N", help="Pages of the archive.")
@click.option("--page-size", type=click.IntRange(min=48), default=PAGE_SIZE, show_default=True, metavar="KIB", help="Size of a page.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count(), show_default="all cores", metavar="N", help="Processes of each."
)
def main(*, pages: int, page_size: int, jobs: int) -> None:
    """How fast stored pages are pressed again, beside trafilatura, and in how much memory."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        fill(folder, pages, page_size)
        first, peak = replayed(folder, jobs)
        made = articles_in(folder)
        again, peak_again = replayed(folder, jobs)
        other = read_by_trafilatura(folder, jobs)
    if made != pages:
        raise click.ClickException(f"{pages - made} pages became no article.")
    for line in told(pages, first, again, other, max(peak, peak_again) / 2**20):
        click.echo(line)
    click.echo(f"{pages:,} pages of {page_size} KiB, {jobs} processes each; {machine(f'{os.cpu_count()} cores')}.")


def told(pages: int, first: float, again: float, other: float, peak: float) -> list[str]:
    """The figures, a line each, with what was to be reached; the seconds of both replays and of trafilatura."""
    verdict = "met" if other >= TARGET * first else "not met"
    return [
        f"trafilatura               {pages / other:>7,.0f} pages/s",
        f"scrapy replay, all new    {pages / first:>7,.0f} pages/s, {other / first:.1f} times that, target {TARGET:.0f}: {verdict}",
        f"scrapy replay, unchanged  {pages / again:>7,.0f} pages/s, {other / again:.1f} times that",
        f"memory of the replay      {peak:>7.0f} MiB at most, target {MOST}: {'met' if peak <= MOST else 'not met'}",
    ]


if __name__ == "__main__":
    main(prog_name="python -m bench.replay")
