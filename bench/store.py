"""How fast articles are stored, and found unchanged, beside SQLite's own `executemany` into the same table with one full-text index.

Both take turns, a thousand articles in a transaction, in one process, and what counts is processor time: another process on the machine
slows down the clock, and not the work. The bare table is the archive's own `articles` with its indexes, index of words and triggers, in a
database with the same settings, and its rows are made before its time is taken; ours has the making of the rows, the revision, where each
field came from and the look whether the article is there in its time.
"""

import os
import resource
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from archive.records import Article
from archive.revisions import current, revision_row
from archive.store import ROWS_TOGETHER, Archive
from archive.stories import ARTICLES
from bench.corpus import FACTS, stories
from bench.speed import machine

AT_ONCE = 1_000
"""Articles in a transaction."""
STORED, UNCHANGED, MOST, SIZE = 0.6, 50_000, 300, 2.3
"""The targets: share of the rows/s of the bare table, unchanged articles/s, MiB of memory, bytes of articles.db for each of its text."""
COLUMNS = (*ARTICLES, "revision", "first_seen")
INSERT = f"insert into articles ({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))})"
YEARS_LATER = timedelta(days=700)


class Times:
    """Seconds of processor time, by what they were spent on."""

    def __init__(self) -> None:
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._articles: Counter[str] = Counter()

    def take(self, name: str, work: Callable[[], object], articles: int) -> None:
        """Do some work on the clock."""
        start = time.process_time()
        work()
        self._spent[name] += time.process_time() - start
        self._articles[name] += articles

    def rate(self, name: str) -> float:
        """Articles/s."""
        return self._articles[name] / self._spent[name]


class Bare:
    """A table as the archive's, into which rows are inserted and nothing is asked."""

    def __init__(self, path: Path, model: Archive) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        for setting in (f"page_size = {ROWS_TOGETHER}", "journal_mode = wal", "synchronous = normal"):
            self._database.execute(f"pragma {setting}")
        made = model.articles_db.execute(
            "select sql from sqlite_master where sql is not null and tbl_name in ('articles', 'articles_fts') order by rowid"
        )
        for (sql,) in made.fetchall():
            self._database.execute(sql)
        self._rows = 0

    def rows(self, articles: list[Article]) -> list[tuple[object, ...]]:
        """The rows of articles."""
        found = []
        for article in articles:
            self._rows += 1
            told = current([revision_row(article) | {"number": 1}])
            row = told | {"id": article.id, "docid": self._rows, "portal": article.portal, "url": article.url}
            found.append(tuple(row[name] for name in COLUMNS))
        return found

    def insert(self, rows: list[tuple[object, ...]]) -> None:
        """Insert rows in one transaction."""
        self._database.execute("begin")
        self._database.executemany(INSERT, rows)
        self._database.execute("commit")

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _keep(archive: Archive, articles: list[Article], outcome: str) -> None:
    with archive.transaction():
        found = Counter(archive.keep_article(article) for article in articles)
    if found != {outcome: len(articles)}:
        raise click.ClickException(f"The articles were {dict(found)} and not {outcome}.")


def measure(folder: Path, number: int, step: Callable[[int], object]) -> tuple[Times, float]:
    """The times of so many articles, and the bytes of articles.db for each byte of its text."""
    times, text = Times(), 0
    with Archive(folder / "archive") as archive:
        archive.keep_portal(**FACTS)
        bare = Bare(folder / "bare.db", archive)
        for first in range(0, number, AT_ONCE):
            articles = list(stories(min(AT_ONCE, number - first), first=first))
            text += sum(len(article.title or "") + len(article.body) for article in articles)
            rows, many = bare.rows(articles), len(articles)
            # Each is first every other time.
            turns = (("bare", partial(bare.insert, rows)), ("new", partial(_keep, archive, articles, "new")))
            for name, work in turns[:: 1 if first // AT_ONCE % 2 else -1]:
                times.take(name, work, many)
            step(many)
        archive.articles_db.execute("pragma wal_checkpoint(truncate)")
        size = (folder / "archive" / "articles.db").stat().st_size / text
        for first in range(0, number, AT_ONCE):
            articles = list(stories(min(AT_ONCE, number - first), first=first))
            later = [replace(each, captured_at=each.captured_at + YEARS_LATER, page_sha256=each.page_sha256[::-1]) for each in articles]
            times.take("same", partial(_keep, archive, articles, "unchanged"), len(articles))
            times.take("later", partial(_keep, archive, later, "unchanged"), len(later))
            step(len(articles))
        bare.close()
    return times, size


def told(times: Times, size: float, peak: float) -> list[str]:
    """The figures, a line each, with what was to be reached."""
    share, same = times.rate("new") / times.rate("bare"), times.rate("same")

    def verdict(met: bool) -> str:
        return "met" if met else "not met"

    stored = f"target {STORED}: {verdict(share >= STORED)}"
    return [
        f"sqlite3.executemany, bare          {times.rate('bare'):>8,.0f} articles/s",
        f"new articles                       {times.rate('new'):>8,.0f} articles/s, {share:.2f} of that, {stored}",
        f"unchanged, the same capture again  {same:>8,.0f} articles/s, target {UNCHANGED:,}: {verdict(same >= UNCHANGED)}",
        f"unchanged, a later capture         {times.rate('later'):>8,.0f} articles/s",
        f"articles.db                        {size:>8.2f} bytes for each byte of text, target {SIZE}: {verdict(size <= SIZE)}",
        f"memory                             {peak:>8.0f} MiB at most, target {MOST}: {verdict(peak <= MOST)}",
    ]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--articles", type=click.IntRange(min=1), default=200_000, show_default=True, metavar="N", help="Articles to store.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Where the databases are made, and kept; else they are thrown away.")
def main(*, articles: int, folder: Path | None) -> None:
    """How fast articles are stored and found unchanged, and how large they are, beside bare SQLite."""
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as passing, Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("storing", total=2 * articles)
        times, size = measure(folder or Path(passing), articles, lambda many: progress.advance(task, many))
    for line in told(times, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024):
        click.echo(line)
    click.echo(f"{articles:,} articles of 3 KB; {machine(f'one of {os.cpu_count()} cores')}.")


if __name__ == "__main__":
    main(prog_name="python -m bench.store")
