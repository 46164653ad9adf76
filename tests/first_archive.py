"""An archive that the first version which landed has written (`tests/archives/make_first.py` made it), and its rows as they stand there."""

import gzip
import sqlite3
from pathlib import Path
from typing import Any

from tests.crawling import rows

PACKED = Path(__file__).parent / "archives" / "first"
NAMES = ("pages.db", "articles.db")
TABLES = {
    "captures": "pages.db",
    "bodies": "pages.db",
    "regions": "articles.db",
    "portals": "articles.db",
    "crawls": "articles.db",
    "ledger": "articles.db",
    "listings": "articles.db",
    "articles": "articles.db",
    "revisions": "articles.db",
    "repeats": "articles.db",
}
"""Every table that it has, and in which database."""
STEPS = {"pages.db": ["captures"], "articles.db": ["places", "crawls", "ledger", "stories", "full_text", "repeats"]}
"""The migrations that it went through."""


def unpack(folder: Path) -> Path:
    """The folder, now with a copy of the archive in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (folder / name).write_bytes(gzip.decompress((PACKED / f"{name}.gz").read_bytes()))
    return folder


def stored(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table in the order in which they were written."""
    return rows(folder, f"select * from {table} order by rowid", TABLES[table])


def structure(database: sqlite3.Connection) -> dict[str, Any]:
    """What SQLite says of the tables, indexes and triggers of a database, whatever words they were made with."""
    told: dict[str, Any] = {}
    made = database.execute("select type, name, sql from sqlite_master where name not like 'sqlite_%' order by type, name").fetchall()
    virtual = [name for kind, name, sql in made if kind == "table" and sql.lower().startswith("create virtual")]
    for kind, name, sql in made:
        if name.startswith("_sqlite_migrations") or any(name.startswith(f"{index}_") and kind == "table" for index in virtual):
            continue
        if kind != "table" or name in virtual:
            told[f"{kind} {name}"] = (
                " ".join(sql.split()) if kind != "index" else database.execute(f"pragma index_xinfo({name})").fetchall()
            )
            continue
        keys = sorted(tuple(map(str, key[2:])) for key in database.execute(f"pragma foreign_key_list({name})"))
        indexes = sorted(index[1:] for index in database.execute(f"pragma index_list({name})"))
        told[f"table {name}"] = [database.execute(f"pragma table_xinfo({name})").fetchall(), keys, indexes]
    return told
