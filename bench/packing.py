"""How many bytes of pages.db a page takes, and how fast pages are kept and read.

Each family's portal has its own archive, and is given another theme half way. A page's bytes are those of the whole file after its last
checkpoint: bodies, dictionaries, captures with their headers, indexes, and what SQLite leaves unused. Beside them stand the same pages as
WARC (`arsip export --warc`: gzip, with requests and metadata), and their bodies alone, each packed by itself with zstd at level 3.
"""

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click
from rich import box
from rich.table import Table

from archive import schema
from archive.bodies import packed
from archive.captures import read_pages
from archive.database import open_readonly
from archive.records import Page
from archive.store import Archive
from bench.furnished import FAMILIES, Furnished
from bench.speed import machine
from bench.warc import commanded
from spiders.commands.table import show

TARGET = 9  # KiB of pages.db for a page of 60
PLAIN = 3
"""The level at which a page is packed by itself."""
KIB = 1024


@dataclass(frozen=True, kw_only=True)
class Packing:
    """What the pages of a portal take: KiB of a page, and pages/s."""

    database: float
    warc: float
    plain: float
    dictionaries: int
    kept: float
    read: float


def pack(pages: list[Page], folder: Path) -> Packing:
    """Keep the pages in an archive of their own, read them, and export them."""
    start = time.perf_counter()
    with Archive(folder) as archive:
        for page in pages:
            archive.keep_page(page)
    kept = time.perf_counter() - start
    database = open_readonly(folder / "pages.db", schema.pages)
    start = time.perf_counter()
    for page, found in zip(pages, read_pages(database), strict=True):
        if page.body != found.body:
            raise click.ClickException(f"{page.url} did not come back as it went in.")
    read = time.perf_counter() - start
    dictionaries = database.table("dictionaries").count
    database.close()
    commanded("arsip", "export", "--warc", str(folder / "warc"), folder=folder)

    def each(size: int) -> float:
        return size / len(pages) / KIB

    return Packing(
        database=each((folder / "pages.db").stat().st_size),
        warc=each(sum(path.stat().st_size for path in (folder / "warc").glob("*.warc.gz"))),
        plain=each(sum(len(packed(page.body, level=PLAIN)) for page in pages)),
        dictionaries=dictionaries,
        kept=len(pages) / kept,
        read=len(pages) / read,
    )


def _row(name: str, found: Packing) -> tuple[str, ...]:
    sizes = (found.database, found.warc, found.plain)
    return (name, *(f"{size:.2f}" for size in sizes), str(found.dictionaries), f"{found.kept:.0f}", f"{found.read:.0f}")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--pages", type=click.IntRange(min=20), default=600, show_default=True, metavar="N", help="Pages of each portal.")
@click.option("--page-size", type=click.IntRange(min=48), default=60, show_default=True, metavar="KIB", help="Size of a page.")
def main(*, pages: int, page_size: int) -> None:
    """How many bytes of pages.db a page takes, and how fast pages are kept and read."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("")
    for name in ("pages.db", "WARC", f"zstd {PLAIN}", "dictionaries", "kept/s", "read/s"):
        table.add_column(name, justify="right")
    found = []
    for family in FAMILIES:
        portal = Furnished(family, pages, size=page_size * KIB, redesigned=pages // 2)
        with tempfile.TemporaryDirectory() as folder:
            found.append(pack([portal.page(number) for number in range(pages)], Path(folder)))
        table.add_row(*_row(family, found[-1]))
    most = max(packing.database for packing in found)
    # The target is one for pages of 60 KiB, and of others as much of their size.
    target = TARGET * page_size / 60
    verdict = f"Target: {target:.2f} KiB of pages.db for a page of {page_size} KiB: {'met' if most <= target else 'not met'}."
    told = f"{pages} pages of each portal, KiB of a page, a new theme half way; {machine(f'{os.cpu_count()} cores')}."
    show(table, verdict, told)


if __name__ == "__main__":
    main(prog_name="python -m bench.packing")
