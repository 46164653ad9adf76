"""Opening a database of the archive: migrated, locked against a second writer, and never one that is newer than the code."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from archive.errors import ArchiveError

BUSY_SECONDS = 60


class WriterLock:
    """One writer at a time over all processes that share a folder; re-entrant within one.

    SQLite below 3.51.3 can corrupt a WAL file when two connections write and checkpoint at the same moment, so the lock is
    held over every transaction with its checkpoint, and over closing.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        self._depth = 0

    def __enter__(self) -> None:
        if self._depth == 0:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Give the lock file back; the lock itself goes with it."""
        os.close(self._file)


def open_writable(path: Path, migrations: Migrations, lock: WriterLock) -> Database:
    """The database at `path`, made or migrated as needed.

    Raises ArchiveError when it was made by a newer version or is no SQLite database.
    """
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        with lock:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            database = Database(connection)
            refuse_newer(database, migrations, path)
            migrations.apply(database)
        connection.execute("pragma foreign_keys = on")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise unreadable(path, error) from error
    except ArchiveError:
        connection.close()
        raise
    return database


def open_readonly(path: Path, migrations: Migrations) -> Database:
    """The database at `path` for reading only.

    Raises ArchiveError when it is missing, made by another version or no SQLite database.
    """
    if not path.exists():
        raise ArchiveError(f"There is no archive in {path.parent}; crawl a portal first, or say where it is with ARSIP_DIR.", status=2)
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    database = Database(connection)
    try:
        refuse_newer(database, migrations, path)
        if migrations.pending(database):
            raise ArchiveError(f"{path} was made by an older version of Arsip Warta; any crawl or replay brings it up to date.")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise unreadable(path, error) from error
    except ArchiveError:
        connection.close()
        raise
    return database


def refuse_newer(database: Database, migrations: Migrations, path: Path) -> None:
    """Raise ArchiveError when `database` went through a migration that this version does not know."""
    known = {step.name for step in migrations.pending(Database(memory=True))}
    unknown = [step.name for step in migrations.applied(database) if step.name not in known]
    if unknown:
        raise ArchiveError(f"{path} was made by a newer version of Arsip Warta (it knows {unknown[0]!r}); update Arsip Warta to open it.")


def unreadable(path: Path, error: sqlite3.DatabaseError) -> ArchiveError:
    """The sentence for a database that SQLite cannot open or read."""
    return ArchiveError(f"{path} cannot be opened as an archive ({error}); is it whole, and may this user write there?")


@contextmanager
def writing(database: Database, lock: WriterLock) -> Iterator[None]:
    """One transaction under the writer lock; joins the transaction that is already open."""
    if database.conn.in_transaction:
        yield
        return
    with lock, database.atomic():
        yield
