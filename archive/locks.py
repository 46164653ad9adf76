"""Locks of work that only one process may do at a time: a lock ends with the process that took it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from weakref import WeakSet

from archive.errors import ArchiveError

LOCKS: WeakSet[IO[str]] = WeakSet()
"""The lock files of this process: a forked child gives its share back, or a worker that outlives its parent would hold the lock."""
os.register_at_fork(after_in_child=lambda: [file.close() for file in list(LOCKS)])


@contextmanager
def held(path: Path, otherwise: str) -> Iterator[None]:
    """Hold the lock of a file; ArchiveError with the sentence `otherwise` where another process holds it."""
    with path.open("a") as file:
        LOCKS.add(file)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveError(otherwise) from None
        yield
