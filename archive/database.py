"""Opening a database of the archive: migrated, locked against a second writer, and never one that is newer than the code."""

import fcntl
import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import ClassVar

from sqlite_utils import Database, Migrations

from archive.errors import ArchiveError

BUSY_SECONDS = 60
WAL_SIZE = 4_096_000
"""Bytes of the journal at which it goes into the database; SQLite counts pages, whatever their size."""


class WriterLock:
    """One writer at a time over all processes that share a folder; re-entrant within one.

    SQLite below 3.51.3 can corrupt a WAL file when two connections write and checkpoint at the same moment, so the lock is
    held over every transaction with its checkpoint, and over closing. It ends with the process that took it: a forked child
    gives its share back, or a worker that outlives its parent would hold the lock for ever.
    """

    _open: ClassVar["weakref.WeakSet[WriterLock]"] = weakref.WeakSet()

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        self._depth = 0
        self._open.add(self)

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
        self._open.discard(self)
        os.close(self._file)

    @classmethod
    def forget_all(cls) -> None:
        """Close the lock files that a forked child was born with."""
        for lock in list(cls._open):
            lock.close()


os.register_at_fork(after_in_child=WriterLock.forget_all)


def open_writable(path: Path, migrations: Migrations, lock: WriterLock, *, page_size: int = 4096) -> Database:
    """The database at `path`, made (with database pages of so many bytes) or migrated as needed.

    Raises ArchiveError when it was made by a newer version or is no SQLite database.
    """
    with _opening(path, str(path)) as database, lock:
        # Before anything else: a database that is refused stays as it is, to the byte.
        refuse_newer(database, migrations, path)
        # It says nothing to a database that is there.
        database.execute(f"pragma page_size = {page_size}")
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        (size,) = database.execute("pragma page_size").fetchone()
        database.execute(f"pragma wal_autocheckpoint = {WAL_SIZE // size}")
        migrations.apply(database)
        database.execute("pragma foreign_keys = on")
    return database


def open_readonly(path: Path, migrations: Migrations, *, still: bool = False) -> Database:
    """The database at `path` for reading only; `still` as for `address`.

    Raises ArchiveError when it is missing, made by another version or no SQLite database.
    """
    refuse_missing(path)
    with _opening(path, address(path, still=still), uri=True) as database:
        refuse_newer(database, migrations, path)
        if migrations.pending(database):
            raise ArchiveError(f"{path} was made by an older version of Arsip Warta; any crawl or replay brings it up to date.")
    return database


def address(path: Path, *, still: bool = False) -> str:
    """What SQLite opens for reading only.

    `still` says that a folder in which this user may write nothing, such as a disk that is mounted read-only, does not change meanwhile:
    SQLite would otherwise need to put its shared memory there.
    """
    unchanging = still and not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if unchanging else ''}"


@contextmanager
def _opening(path: Path, address: str, *, uri: bool = False) -> Iterator[Database]:
    """A connection that stays open when all went well, and is closed when not."""
    with ExitStack() as failing:
        try:
            connection = sqlite3.connect(address, uri=uri, timeout=BUSY_SECONDS, isolation_level=None)
            failing.callback(connection.close)
            yield Database(connection)
        except sqlite3.DatabaseError as error:
            raise unreadable(path, error) from error
        failing.pop_all()


def refuse_missing(path: Path) -> None:
    """Raise ArchiveError when there is no database at `path`."""
    if not path.exists():
        raise ArchiveError(f"There is no archive in {path.parent}; crawl a portal first, or say where it is with ARSIP_DIR.", status=2)


def refuse_newer(database: Database, migrations: Migrations, path: Path) -> None:
    """Raise ArchiveError when `database` went through a migration that this version does not know."""
    known = {step.name for step in migrations.pending(Database(memory=True))}
    unknown = [step.name for step in migrations.applied(database) if step.name not in known]
    if unknown:
        raise ArchiveError(f"{path} was made by a newer version of Arsip Warta (it knows {unknown[0]!r}); update Arsip Warta to open it.")


def unreadable(path: Path, error: sqlite3.DatabaseError) -> ArchiveError:
    """The sentence for a database that SQLite cannot open or read."""
    return ArchiveError(
        f"{path} cannot be opened as an archive ({error}); is it whole, is there room on its disk, and may this user write there?"
    )


def writing(database: Database, lock: WriterLock) -> AbstractContextManager[None]:
    """One transaction under the writer lock; joins the transaction that is already open."""
    return nullcontext() if database.conn.in_transaction else _transaction(database, lock)


@contextmanager
def _transaction(database: Database, lock: WriterLock) -> Iterator[None]:
    with lock, database.atomic():
        yield
