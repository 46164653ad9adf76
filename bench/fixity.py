"""How fast an archive is verified and its repeated lines are found, and in how much memory.

The archive is synthetic: articles of three kilobytes, their words drawn by Zipf's law over Indonesian roots with affixes, each on a page of
its own. What is looked at is the `arsip` command in a process of its own.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import click

from archive.reasons import ARCHIVED
from archive.records import Article, Page
from archive.store import Archive
from bench.corpus import FACTS, PORTAL, START, WORDS, stories
from bench.speed import machine

ARSIP = Path(sys.executable).parent / "arsip"
CLOSING = "Dapatkan kabar pilihan kami setiap pagi lewat saluran resmi."
FILLING = "<div class='kolom'><a href='/{0}'>{1}</a></div>\n"
AT_ONCE = 1_000
"""Articles in one transaction."""
TARGET = 300
"""MiB that a command may take."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a command took."""

    seconds: float
    peak: int
    """Bytes of memory, at the moment when it was most."""


def fill(folder: Path, articles: int, page_size: int) -> None:
    """Make an archive of so many articles, each with its page (KiB) and its row of the ledger."""
    chance = random.Random(0)  # noqa: S311 - no secret
    with Archive(folder) as archive:
        archive.keep_portal(**FACTS)
        archive.keep_rules("0123456789ab", portal=PORTAL, press="0123456789ab", rules={}, software="0", at=START)
        for start in range(0, articles, AT_ONCE):
            # Nobody else knows this folder.
            with archive.pages_db.atomic(), archive.articles_db.atomic():
                for story in stories(min(AT_ONCE, articles - start), first=start):
                    _keep(archive, story, page_size, chance)


def _keep(archive: Archive, story: Article, page_size: int, chance: random.Random) -> None:
    body = f"{story.body}\n\n{CLOSING}" if story.captured_at.minute % 3 else story.body
    filling = "".join(FILLING.format(chance.randrange(10**6), chance.choice(WORDS)) for _ in range(page_size * 16))
    html = f"<html>{body}{filling}".encode()[: page_size * 1024]
    page = Page(url=story.url, portal=PORTAL, fetched_at=story.captured_at, body=html, robots="allowed")
    article = replace(story, body=body, page_sha256=page.sha256)
    archive.keep_page(page)
    archive.keep_article(article)
    archive.ledger.settle_page(page, ARCHIVED, article)


def run(folder: Path, *words: str) -> Run:
    """Run `arsip`; click.ClickException where it fails."""
    start = time.perf_counter()
    with subprocess.Popen([ARSIP, "--dir", folder, *words], stdout=subprocess.DEVNULL) as process:  # noqa: S603 our own command
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise click.ClickException(f"arsip {' '.join(words)} ended with status {process.returncode}.")
    return Run(seconds=time.perf_counter() - start, peak=usage.ru_maxrss * 1024)


def told(words: str, run: Run, articles: int) -> str:
    """The figures of a command, in a line."""
    met = "met" if run.peak <= TARGET * 2**20 else "not met"
    speed = f"{articles / run.seconds:>8,.0f} articles/s"
    return f"arsip {words:<20} {run.seconds:>7.1f} s {speed}  {run.peak / 2**20:.0f} MiB at most, target {TARGET} MiB: {met}"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--articles", type=click.IntRange(min=1), default=20_000, show_default=True, metavar="N", help="Articles of the archive.")
@click.option("--page-size", type=click.IntRange(min=8), default=60, show_default=True, metavar="KIB", help="Size of a page.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Where the archive is made, and kept; else it is thrown away.")
def main(*, articles: int, page_size: int, folder: Path | None) -> None:
    """How fast an archive is verified and its repeated lines are found, and in how much memory."""
    with tempfile.TemporaryDirectory() as passing:
        archive = folder or Path(passing)
        if not (archive / "articles.db").exists():
            fill(archive, articles, page_size)
        for words in ("verify", "verify --sample 1000", f"repeated {PORTAL}"):
            click.echo(told(words, run(archive, *words.split()), articles))
    click.echo(f"{articles:,} articles of 3 KB, pages of {page_size} KiB; {machine(f'{os.cpu_count()} cores')}.")


if __name__ == "__main__":
    main()
