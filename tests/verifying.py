"""What the tests of `arsip verify` share: an archive that is whole, how it is damaged, and what is said of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.records import GONE
from archive.store import Archive
from tests.arsip import arsip
from tests.builders import HOME, PORTAL, article, at, keep_portal, page, why

OTHER = "kebumenekspres"
WHOLE = "Verified all: 7 pages, 5 revisions, 4 articles, 4 addresses; nothing is wrong."
FLOOD = article()
IDENTITY, GONE_ONE, WITHDRAWN = FLOOD.id, article("/hilang").id, article("/ditarik").id


def keep(archive: Archive, path: str, *, day: float = 0, portal: str = PORTAL, state: str = "archived", **told: object) -> str:
    """Keep a capture and the article made of it, and note it in the ledger; the SHA-256 of the page comes back."""
    capture = page(path, day=day, portal=portal, body=f"<html>{path} {day}".encode())
    archive.keep_page(capture)
    story = article(path, day=day, portal=portal, page_sha256=capture.sha256, **told)
    archive.keep_article(story)
    archive.ledger.settle(HOME + path, state, portal=portal, at=at(day), article=story.id, reason=why(state))
    return capture.sha256


def make_whole(folder: Path) -> None:
    """Make an archive with an edited story, one that is seen again, one that is gone, one that is withdrawn, and another portal's."""
    with Archive(folder) as archive:
        keep_portal(archive)
        keep_portal(archive, OTHER)
        keep(archive, "/banjir")
        keep(archive, "/banjir", day=1, title="Banjir surut", body="Air surut. Warga pulang.", authors=("mam",))
        keep(archive, "/banjir", day=2, title="Banjir surut", body="Air surut. Warga pulang.", authors=("mam",), state="unchanged")
        keep(archive, "/hilang", title="Jembatan hilang", body="Jembatan hanyut.")
        gone = page("/hilang", day=3, status=404, body=b"tidak ada")
        archive.keep_page(gone)
        archive.keep_article(article("/hilang", day=3, refusal=GONE, title=None, body="", page_sha256=gone.sha256))
        archive.ledger.settle(f"{HOME}/hilang", "gone", portal=PORTAL, at=at(3), reason="not found")
        keep(archive, "/ditarik", title="Nama korban", body="Korban bernama Melati.")
        archive.withdraw(article("/ditarik").id, "permintaan keluarga", at=at(4))
        keep(archive, "/lain", portal=OTHER, title="Panen", body="Petani lega.")


@contextmanager
def changed(folder: Path, name: str) -> Iterator[sqlite3.Connection]:
    """A database as one opens it who knows nothing of its rules."""
    connection = sqlite3.connect(folder / f"{name}.db")
    connection.execute("pragma foreign_keys = off")
    yield connection
    connection.commit()
    connection.close()


def failures(folder: Path, *words: str) -> list[str]:
    """What `arsip verify` says is wrong; the last line and the exit status fit."""
    result = arsip(folder, "verify", *words)
    *lines, last = result.stdout.splitlines()
    assert result.exit_code == (1 if lines else 0)
    assert last.endswith(f"; {len(lines)} failure{'s' if len(lines) > 1 else ''}." if lines else "; nothing is wrong.")
    return lines
