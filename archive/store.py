"""The archive: one folder with every page as it came (pages.db) and every article made of them (articles.db)."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from archive import events, regions, schema, stories, withdrawals
from archive.bodies import PAGE_SIZE, Bodies
from archive.captures import insert_page, page_of
from archive.crawls import Crawls
from archive.database import WriterLock, open_writable, refuse_missing, writing
from archive.errors import ArchiveError
from archive.ledger import Ledger
from archive.records import GONE, Article, Page
from archive.revisions import Row, capture_of, reading_of, revision_row, revisions_of, tells_the_same, unpick, weave
from archive.runs import Runs

ROWS_TOGETHER = 16384
"""Bytes of a database page of articles.db: five articles fit on one; on a page of 4,096 each left a quarter empty."""


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
            self.articles_db = open_writable(self.folder / "articles.db", schema.articles, self._lock, page_size=ROWS_TOGETHER)
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
        `gone` (the portal took it down; what it said stays), `refused` (no article) or `dropped` (better rules say that a
        capture was none: what was read from it goes, the page stays).
        """
        if article.refusal == GONE:
            return "gone" if dry else self._mark_gone(article)
        # What is read here decides what is written, so no other process may write in between.
        with nullcontext() if dry else writing(self.articles_db, self._lock):
            if not article.refusal and stories.adds_nothing(self.articles_db, article, dry=dry):
                return "unchanged"
            return self._weave(article, dry=dry)

    def _weave(self, article: Article, *, dry: bool) -> str:
        if not stories.holds(self.articles_db, article.id):
            if not dry and not article.refusal:
                stories.add(self.articles_db, article)
            return "refused" if article.refusal else "new"
        known = self.articles_db.table("articles").get(article.id)
        before = stories.readings(self.articles_db, known)
        reading = revision_row(article)
        after = unpick(before, capture_of(reading)) if article.refusal else weave(before, reading)
        if not dry and after != before:
            stories.supersede(self.articles_db, before, article, at=datetime.now(UTC))
            stories.write(self.articles_db, article, known, before, after)
        if not dry and not article.refusal:
            self._mark_back(known, article.captured_at)
        return _outcome(before, after, reading, refused=bool(article.refusal))

    def holds(self, article: str) -> bool:
        """Whether an article is in the archive, by its id."""
        return stories.holds(self.articles_db, article)

    def knows_reading(self, article: str, page: Page) -> bool:
        """Whether a capture is among those that an article was read from."""
        capture = (page.fetched_at.isoformat(timespec="seconds"), page.sha256)
        known = stories.known_row(self.articles_db, article)
        return known is not None and reading_of(stories.readings(self.articles_db, known), capture) is not None

    def reading(self, article: Article) -> Row | None:
        """What the capture of an article was read as until now, as a row of `revisions`; None where nothing was made of it."""
        return stories.reading(self.articles_db, article.id, (article.captured_at.isoformat(timespec="seconds"), article.page_sha256))

    def read_otherwise(self, article: Article) -> Page | None:
        """The page of the revision that the text of an article would follow, where other rules read it.

        Read by the same rules it may tell the same: then the rules changed, and not the story.
        """
        if article.refusal or (capture := stories.read_otherwise(self.articles_db, article)) is None:
            return None
        return page_of(self.pages_db, article.portal, capture)

    def keep_rules(self, version: str, *, portal: str, press: str, rules: Mapping[str, Any], software: str, at: datetime) -> None:
        """Note what a version of the rules is: the portal's rules, the version of the press and of the software."""
        row = {"version": version, "portal": portal, "press": press, "rules": json.dumps(rules), "software": software}
        with writing(self.articles_db, self._lock):
            self.articles_db.table("rules").insert(row | {"noted_at": at.isoformat(timespec="seconds")}, pk="version", ignore=True)

    def withdraw(self, article: str, reason: str, *, at: datetime) -> None:
        """Take the text of an article out of search, browse and dumps; ArchiveError where it is withdrawn already."""
        with writing(self.articles_db, self._lock):
            known = self.articles_db.table("articles").get(article)
            withdrawals.withdraw(self.articles_db, known, stories.revisions(self.articles_db, known), reason, at)

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

    def _mark_back(self, known: Row, captured_at: datetime) -> None:
        """A story that was taken down and answers again is no longer gone."""
        if known["gone_at"] and known["gone_at"] <= captured_at.isoformat(timespec="seconds"):
            with writing(self.articles_db, self._lock):
                self.articles_db.table("articles").update(known["id"], {"gone_at": None, "gone_reason": None})


def existing_archive(folder: Path) -> Archive:
    """The archive in a folder, open for writing; ArchiveError where there is none."""
    refuse_missing(folder / "pages.db")
    return Archive(folder)


def _outcome(before: list[Row], after: list[Row], reading: Row, *, refused: bool) -> str:
    if refused:
        return "refused" if after == before else "dropped"
    if older := reading_of(before, capture_of(reading)):
        return "unchanged" if tells_the_same(older, reading) else "reread"
    if not before:
        return "new"
    return "revised" if len(revisions_of(after)) > len(revisions_of(before)) else "unchanged"
