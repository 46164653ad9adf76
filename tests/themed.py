"""Pages of a theme, and what pages.db keeps of them."""

import random
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archive.captures import read_pages
from archive.database import open_readonly
from archive.records import Page
from archive.schema import pages as migrations
from archive.store import Archive
from tests.builders import page

OTHER = "kebumenekspres"


def words(seed: str, length: int) -> str:
    """So many letters that nothing else has."""
    return random.Random(seed).randbytes(length // 2).hex()


def themed(number: int, theme: str = "lama", *, own: int = 600, **changes: Any) -> Page:
    """A page of a theme of 6 KB, in which `own` letters are its own."""
    body = f"<html>{words(theme, 6_000)}<p>{words(f'{theme} {number}', own)}</p></html>"
    return page(f"/{theme}/{number}", day=number / 100, **{"body": body.encode()} | changes)


def keep(folder: Path, captures: Iterable[Page]) -> None:
    with Archive(folder) as archive:
        for capture in captures:
            archive.keep_page(capture)


def rows(folder: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "pages.db") as connection:
        found = connection.execute(sql, values).fetchall()
    connection.close()
    return found


def change(folder: Path, sql: str, *values: object) -> None:
    """Change pages.db as one does it who knows nothing of its rules."""
    assert rows(folder, f"{sql} returning 1", *values)


def stored(folder: Path) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    return rows(folder, "select * from bodies order by rowid"), rows(folder, "select * from dictionaries order by id")


def read(folder: Path) -> list[Page]:
    database = open_readonly(folder / "pages.db", migrations)
    try:
        return list(read_pages(database))
    finally:
        database.close()


def packed_with(folder: Path) -> list[int | None]:
    """The dictionary of each body, in the order in which they came."""
    return [key for (key,) in rows(folder, "select dictionary from bodies order by rowid")]
