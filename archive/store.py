"""The archive: one folder with every page as it came (pages.db) and every article made of them (articles.db)."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from archive import events, regions, schema, withdrawals
from archive.bodies import PAGE_SIZE, Bodies
from archive.captures import insert_page
from archive.crawls import Crawls
from archive.database import WriterLock, open_writable, refuse_missing, writing
from archive.errors import ArchiveError
from archive.ledger import Ledger
from archive.records import GONE, Article, Page
from archive.revisions import Row, capture_of, current, repeats_of, revision_row, revisions_of, unpick, weave
from archive.runs import Runs


class Archive:
    """Both databases of a folder, open for writing; a context manager.

    Raises ArchiveError when the folder cannot be written or a database is newer than this version.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(self.folder / "writer.lock")
        except OSError as error:
            raise ArchiveError(
                f"The archive folder {self.folder} cannot be written: {error.strerror}; set ARSIP_DIR to one that can."
            ) from error
        with ExitStack() as opened:
            opened.callback(self._lock.close)
            self.pages_db = open_writable(self.folder / "pages.db", schema.pages, self._lock, page_size=PAGE_SIZE)
            opened.callback(self.pages_db.close)
            self.articles_db = open_writable(self.folder / "articles.db", schema.articles, self._lock)
            opened.pop_all()
        self._bodies = Bodies(self.pages_db)
        self.ledger = Ledger(self.articles_db, self._lock)
        self.crawls = Crawls(self.articles_db, self._lock)
        self.runs = Runs(self.articles_db, self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close both databases; their last checkpoint happens under the writer lock."""
        with self._lock:
            self.pages_db.close()
            self.articles_db.close()
        self._lock.close()

    def transaction(self) -> AbstractContextManager[None]:
        """One transaction over articles.db, which all that is kept or settled within joins: it is there whole or not at all."""
        return writing(self.articles_db, self._lock)

    def keep_page(self, page: Page) -> None:
        """Store a capture, with the further pages of its article."""
        with writing(self.pages_db, self._lock):
            insert_page(self.pages_db, self._bodies, page)

    def keep_portal(self, *, name: str, title: str, home: str, region: str, zone: str, family: str) -> None:
        """Note the facts of a portal, and the regions on first use."""
        row = {"name": name, "title": title, "home": home, "region": region, "zone": zone, "family": family}
        with writing(self.articles_db, self._lock):
            if not self.articles_db.table("regions").count:
                self.articles_db.table("regions").insert_all(regions.rows())
            if next(iter(self.articles_db.table("portals").rows_where("name = ?", [name])), None) != row:
                self.articles_db.table("portals").upsert(row, pk="name")

    def keep_article(self, article: Article, *, dry: bool = False) -> str:
        """Weave a reading into the archive and say what it was; `dry` only says it.

        `new`, `revised` (a text not seen before), `unchanged`, `reread` (the same capture, read otherwise than before),
        `gone` (the portal took it down; what it said stays), `refused` (no article) or `withdrawn` (better rules say that a
        capture was none: what was read from it goes, the page stays).
        """
        if article.refusal == GONE:
            return "gone" if dry else self._mark_gone(article)
        # What is read here decides what is written, so no other process may write in between.
        with nullcontext() if dry else writing(self.articles_db, self._lock):
            known = self._row(article.id)
            before = self._readings(known) if known else []
            reading = revision_row(article)
            after = unpick(before, capture_of(reading)) if article.refusal else weave(before, reading)
            if not dry and after != before:
                self._write(article, known, before, after)
            if not dry and not article.refusal:
                self._mark_back(known, article.captured_at)
        return _outcome(revisions_of(before), revisions_of(after), refused=bool(article.refusal))

    def _write(self, article: Article, known: Row | None, before: list[Row], after: list[Row]) -> None:
        """Bring the rows of an article from `before` to `after`; those that stay as they are are not touched."""
        stale, fresh = [row for row in before if row not in after], [row for row in after if row not in before]
        if known and known["withdrawn_at"]:
            # What better rules call no article stays withdrawn: still better ones may find it again.
            self.articles_db.table("withheld").delete_where("article = ?", [article.id])
            withdrawals.withhold(self.articles_db, revisions_of(after))
        for row in stale:
            for name in ("revisions", "repeats"):
                where = "article = ? and captured_at = ? and page_sha256 = ?"
                self.articles_db.table(name).delete_where(where, [article.id, *capture_of(row)])
        if after:
            self._write_current(known, revisions_of(after), article)
            if not (known and known["withdrawn_at"]):
                self.articles_db.table("revisions").insert_all(revisions_of(fresh))
            self.articles_db.table("repeats").insert_all(repeats_of(fresh))
        elif not (known and known["withdrawn_at"]):
            self.articles_db.table("articles").delete(article.id)

    def holds(self, article: str) -> bool:
        """Whether an article is in the archive, by its id."""
        return self._row(article) is not None

    def knows_reading(self, article: str, page: Page) -> bool:
        """Whether a capture is among those that an article was read from."""
        capture = (page.fetched_at.isoformat(timespec="seconds"), page.sha256)
        known = self._row(article)
        return known is not None and any(capture_of(row) == capture for row in self._readings(known))

    def _readings(self, known: Row) -> list[Row]:
        """The revisions of an article and the captures that repeated them, in the order of capture."""
        stored = [row for name in ("revisions", "repeats") for row in self.articles_db.table(name).rows_where("article = ?", [known["id"]])]
        return sorted([*stored, *withdrawals.withheld(self.articles_db, known["id"])], key=capture_of)

    def _row(self, identity: str) -> Row | None:
        return next(iter(self.articles_db.table("articles").rows_where("id = ?", [identity])), None)

    def _write_current(self, known: Row | None, revisions: list[Row], article: Article) -> None:
        row = withdrawals.shown(current(revisions), withdrawn=bool(known and known["withdrawn_at"]))
        if known is None:
            (highest,) = self.articles_db.execute("select coalesce(max(docid), 0) from articles").fetchone()
            self.articles_db.table("articles").insert(
                {"id": article.id, "docid": highest + 1, "portal": article.portal, "url": article.url, **row}
            )
            return
        # Only what differs is set: the full-text triggers fire when title or body are named.
        changed = {name: value for name, value in row.items() if known[name] != value}
        if changed:
            self.articles_db.table("articles").update(known["id"], changed)

    def withdraw(self, article: str, reason: str, *, at: datetime) -> None:
        """Take the text of an article out of search, browse and dumps; ArchiveError where it is withdrawn already."""
        with writing(self.articles_db, self._lock):
            withdrawals.withdraw(self.articles_db, article, reason, at)

    def give_back(self, article: str, *, at: datetime) -> None:
        """Undo the withdrawal of an article; ArchiveError where it is not withdrawn."""
        with writing(self.articles_db, self._lock):
            withdrawals.give_back(self.articles_db, article, at)

    def note(self, what: str, outcome: str, *, at: datetime, detail: Mapping[str, Any]) -> int:
        """The id of an event that befell the archive as a whole, now noted."""
        with writing(self.articles_db, self._lock):
            return events.note(self.articles_db, what, outcome, at=at, detail=detail)

    def _mark_gone(self, article: Article) -> str:
        at = article.captured_at.isoformat(timespec="seconds")
        identity = self.ledger.article_at(article.url) or article.id
        with writing(self.articles_db, self._lock):
            self.articles_db.execute(
                """
                update articles set gone_at = :at, gone_reason = :reason where id = :id and gone_at is null and captured_at <= :at
                and not exists (select 1 from repeats where repeats.article = articles.id and repeats.captured_at > :at)
                """,
                {"at": at, "reason": article.refusal, "id": identity},
            )
        return "gone"

    def _mark_back(self, known: Row | None, captured_at: datetime) -> None:
        """A story that was taken down and answers again is no longer gone."""
        if known and known["gone_at"] and known["gone_at"] <= captured_at.isoformat(timespec="seconds"):
            with writing(self.articles_db, self._lock):
                self.articles_db.table("articles").update(known["id"], {"gone_at": None, "gone_reason": None})


def existing_archive(folder: Path) -> Archive:
    """The archive in a folder, open for writing; ArchiveError where there is none."""
    refuse_missing(folder / "pages.db")
    return Archive(folder)


def _outcome(before: list[Row], after: list[Row], *, refused: bool) -> str:
    if after == before:
        return "refused" if refused else "unchanged"
    if refused:
        return "withdrawn"
    if not before:
        return "new"
    return "revised" if len(after) > len(before) else "reread"
