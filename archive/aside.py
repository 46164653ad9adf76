"""What an import puts aside for its end: pages that wait for others, and the bodies that revisits refer to. On disk, and gone with it."""

import pickle
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from sqlite_utils import Database

from archive.bodies import FAST, Bodies, packed, unpacked
from archive.records import Page
from archive.warc_reader import Answer


class Aside:
    """A temporary database beside `pages.db`; SQLite keeps what is small in memory and the rest in a file without a name."""

    def __init__(self, pages_db: Database, *, keeps_bodies: bool) -> None:
        """`keeps_bodies`: whether bodies are kept here, because they do not come to pages.db."""
        self._kept = Bodies(pages_db)
        self._keeps_bodies = keeps_bodies
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            """
            create table originals (digest text primary key, sha256 text) without rowid;
            create table bodies (sha256 text primary key, size integer, zstd blob);
            create table pages (id integer primary key, kind text, url text, at text, sha256 text, page blob);
            create index pages_by_url on pages (url);
            """
        )

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def add(self, digest: str, answer: Answer) -> None:
        """Note an answer under the digest that its record states."""
        page = Page(url="", portal="", fetched_at=answer.at, body=answer.body)
        self._db.execute("insert or ignore into originals values (?, ?)", [digest, page.sha256])
        if self._keeps_bodies:
            self._hold(page)

    def body(self, digest: str) -> bytes | None:
        """The body that was noted under a digest, or None."""
        row = self._db.execute("select sha256 from originals where digest = ?", [digest]).fetchone()
        return self._body(row[0]) if row else None

    def put(self, kind: str, page: Page) -> None:
        """Put a page aside."""
        self._hold(page)
        told = pickle.dumps(replace(page, body=b""))
        facts = [kind, page.url, page.fetched_at.isoformat(), page.sha256, told]
        self._db.execute("insert into pages (kind, url, at, sha256, page) values (?, ?, ?, ?, ?)", facts)

    def pages(self, kind: str) -> Iterator[Page]:
        """The pages that were put aside as one kind, in their order."""
        for told, sha256 in self._db.execute("select page, sha256 from pages where kind = ? order by id", [kind]):
            yield self._page(told, sha256)

    def take(self, kind: str, url: str, near: str) -> Page | None:
        """Of the pages of a kind and address the one fetched nearest to a moment, which is not aside any more; None where there is none."""
        row = self._db.execute(
            "select id, page, sha256 from pages where kind = ? and url = ? order by abs(julianday(at) - julianday(?)) limit 1",
            [kind, url, near],
        ).fetchone()
        if row is None:
            return None
        self._db.execute("delete from pages where id = ?", [row[0]])
        return self._page(row[1], row[2])

    def _page(self, told: bytes, sha256: str) -> Page:
        page: Page = pickle.loads(told)  # noqa: S301 - this process wrote it
        return replace(page, body=self._body(sha256) or b"")

    def _hold(self, page: Page) -> None:
        told = [page.sha256, len(page.body), packed(page.body, level=FAST)]
        self._db.execute("insert or ignore into bodies values (?, ?, ?)", told)

    def _body(self, sha256: str) -> bytes | None:
        row = self._db.execute("select size, zstd from bodies where sha256 = ?", [sha256]).fetchone()
        return unpacked(*row) if row else self._kept.body(sha256)
