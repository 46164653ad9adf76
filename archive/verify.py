"""Fixity: whether everything in the archive is what it was when it came, and fits together.

Every check streams; what has to be joined goes through temporary tables, which SQLite keeps on disk. Nothing is locked: articles.db is
read at one moment and pages.db at a later one, and a page is stored before anything is made of it.
"""

import hashlib
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from archive import schema
from archive.bodies import STORED, Bodies, BodyError, wrong_with
from archive.database import address, open_readonly
from archive.full_text import out_of_step
from archive.ledger import GONE, HELD, STATES
from archive.revisions import LISTS, Row, current, fingerprint_of
from archive.withdrawals import shown

PAGES, ARTICLES = "pages.db", "articles.db"

NEEDED = {
    "article",
    "number",
    "captured_at",
    "page_sha256",
    "body_sha256",
    "fingerprint",
    "title",
    "body",
    "published",
    "origin",
    "rules",
    *LISTS,
}
"""What a revision is looked at by."""

REVISION = """
    select revisions.*, case when revisions.number = articles.revision then articles.body else revisions.body end as body
    from revisions left join articles on articles.id = revisions.article
"""
"""Revisions with their texts: that of the latest stands in `articles`."""

SEEN = """
    create temp table seen (sha256, at, primary key (sha256, at)) without rowid;
    insert or ignore into seen select sha256, substr(fetched_at, 1, 19) from pages.captures where part = 1 order by 1, 2;
    create temp table asked (url primary key) without rowid;
    insert or ignore into asked select coalesce(requested_url, url) as url from pages.captures where part = 1 order by 1;
"""
"""What was captured, and which addresses were asked: the time to the second, as articles have it."""

LEDGER = """
    select ledger.url, ledger.state, ledger.article, articles.id is not null as known, asked.url is not null as captured,
        articles.gone_at is null and articles.captured_at <= ledger.fetched_at
        and not exists (select 1 from repeats where repeats.article = articles.id and repeats.captured_at > ledger.fetched_at)
        and not exists (select 1 from ledger as other where other.article = articles.id and other.state in {held}) as stays
    from ledger left join articles on articles.id = ledger.article left join asked on asked.url = ledger.url
    where {where}
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that is not as it should be."""

    kind: str
    """What it is: `database`, `row`, `dictionary`, `page`, `revision`, `repeat`, `article`, `index` or `address`."""
    id: str
    """Name of the database, table and rowid, id of the dictionary, SHA-256 of the page, id of the article (with the revision's number), or
    the address."""
    wrong: str
    """What is wrong with it."""


@dataclass(kw_only=True)
class Scope:
    """What is to be checked: all, one portal's, or a sample of pages and revisions; and how much of it has been."""

    portal: str | None = None
    sample: int | None = None
    seed: int = 0
    step: Callable[[], object] = lambda: None
    """Is called after each page, article, sampled revision and address."""
    checked: Counter[str] = field(default_factory=Counter)

    def count(self, kind: str) -> None:
        """Note that one more has been looked at."""
        self.checked[kind] += 1
        self.step()


class Verification:
    """An archive that is looked at; ArchiveError where a database cannot be opened. To be closed."""

    def __init__(self, folder: Path, scope: Scope) -> None:
        self._scope = scope
        open_readonly(folder / PAGES, schema.pages, still=True).close()
        self._db = open_readonly(folder / ARTICLES, schema.articles, still=True).conn
        self._db.execute("attach ? as pages", [address(folder / PAGES, still=True)])
        # A flipped byte may leave no UTF-8; its row is to be named, and the others are to be read.
        self._db.text_factory = lambda told: told.decode("utf-8", "surrogateescape")

    def close(self) -> None:
        """Close both databases."""
        self._db.close()

    def total(self) -> int:
        """How much there is to look at, for a progress bar."""
        sizes = [self._size(*self._bodies())]
        if self._scope.sample is None:
            sizes += [self._size(table, *self._of(table)) for table in ("articles", "ledger")]
            return sum(sizes)
        return sum(min(size, self._scope.sample) for size in (*sizes, self._size("revisions", *self._revisions())))

    def failures(self) -> Iterator[Failure]:
        """Everything that is wrong, as it is found."""
        whole, sampled = self._scope.portal is None, self._scope.sample is not None
        checks: list[tuple[str, Callable[[], Iterator[Failure]]]] = []
        if whole and not sampled:
            checks += [(PAGES, lambda: self._sound("pages")), (ARTICLES, lambda: self._sound("main"))]
        checks += [(PAGES, self._pages), (PAGES, self._captures)]
        checks += [(ARTICLES, self._sampled)] if sampled else [(ARTICLES, self._articles), (ARTICLES, self._ledger)]
        if whole and not sampled:
            checks += [(ARTICLES, self._index)]
        # The moment at which articles.db is read; pages.db is read from the first look at it on, which is later.
        self._db.execute("begin")
        self._db.execute("select 1 from main.sqlite_master").fetchone()
        for name, check in checks:
            try:
                yield from check()
            except sqlite3.DatabaseError as error:
                yield Failure("database", name, f"it cannot be read on ({error})")

    def _sound(self, name: str) -> Iterator[Failure]:
        """What SQLite itself finds wrong with a database, and rows that refer to none."""
        file = PAGES if name == "pages" else ARTICLES
        for (said,) in self._db.execute(f"pragma {name}.integrity_check"):
            if said != "ok":
                yield Failure("database", file, " ".join(said.split()))
        for table, row, other, _ in self._db.execute(f"pragma {name}.foreign_key_check"):
            yield Failure("row", f"{table} {row}", f"it refers to a row of {other} that is not there")

    def _pages(self) -> Iterator[Failure]:
        bodies, damaged = Bodies(self._db), set()
        for key, failure in self._dictionaries():
            damaged.add(key)
            yield failure
        for key in self._keys(*self._bodies()):
            sha256, *stored = self._db.execute(f"select sha256, {STORED} from pages.bodies where rowid = ?", [key]).fetchone()
            # What is wrong with a dictionary is said once; with it, its pages are whole again.
            if stored[-1] not in damaged and (wrong := wrong_with_page(bodies, sha256, *stored)):
                yield Failure("page", sha256, wrong)
            self._scope.count("pages")

    def _dictionaries(self) -> Iterator[tuple[int, Failure]]:
        """The dictionaries that are damaged, by their ids; also where only a sample of the pages is looked at, for they are few."""
        where, values = self._of("dictionaries")
        for (key,) in self._db.execute(f"select id from pages.dictionaries where {where} order by id", values).fetchall():
            row = self._db.execute("select sha256, size, zstd from pages.dictionaries where id = ?", [key]).fetchone()
            if wrong := wrong_with(*row):
                (pages,) = self._db.execute("select count(*) from pages.bodies where dictionary = ?", [key]).fetchone()
                yield key, Failure("dictionary", str(key), f"{wrong}, and {pages:,} pages cannot be unpacked without it")

    def _captures(self) -> Iterator[Failure]:
        """Lay out what was captured; nothing can be wrong with it but that it cannot be read."""
        for statement in SEEN.split(";")[:-1]:
            self._db.execute(statement)
        yield from ()

    def _sampled(self) -> Iterator[Failure]:
        for key in self._keys("revisions", *self._revisions()):
            (row,) = self._rows(f"{REVISION} where revisions.rowid = ?", [key])
            yield from self._revision(row)
            self._scope.count("revisions")

    def _articles(self) -> Iterator[Failure]:
        where, values = self._of("articles")
        for article in self._rows(f"select * from articles where {where}", values):
            try:
                revisions = self._told(article)
            except ValueError as error:
                yield Failure("article", article["id"], f"its withheld text cannot be read ({error})")
                continue
            for row in revisions:
                yield from self._revision(row)
                self._scope.checked["revisions"] += 1
            yield from (Failure("article", article["id"], wrong) for wrong in wrong_with_article(article, revisions))
            yield from self._repeats(article["id"])
            self._scope.count("articles")

    def _told(self, article: Row) -> list[Row]:
        """The revisions of an article, from where they belong; ValueError where they cannot be read."""
        if article["withdrawn_at"]:
            stored = self._db.execute("select row from withheld where article = ? order by number", [article["id"]])
            return [_parsed(row) for (row,) in stored]
        return list(self._rows(f"{REVISION} where article = ? order by number", [article["id"]]))

    def _revision(self, row: Row) -> Iterator[Failure]:
        name = f"{row['article']} {row['number']}"
        yield from (Failure("revision", name, wrong) for wrong in wrong_with_revision(row))
        if not self._noted("origins", "id", row["origin"]):
            yield Failure("revision", name, f"where its fields were found is not there: {row['origin']}")
        if row["rules"] is not None and not self._noted("rules", "version", row["rules"]):
            yield Failure("revision", name, f"the rules that read it are not noted: {row['rules']}")
        if not self._captured(row["page_sha256"], row["captured_at"]):
            yield Failure("revision", name, f"no page {row['page_sha256']} was captured at {row['captured_at']}")

    def _repeats(self, article: str) -> Iterator[Failure]:
        for sha256, at in self._db.execute("select page_sha256, captured_at from repeats where article = ?", [article]):
            if not self._captured(sha256, at):
                yield Failure("repeat", article, f"no page {sha256} was captured at {at}")

    def _noted(self, table: str, column: str, value: str) -> bool:
        return self._db.execute(f"select 1 from main.{table} where {column} = ?", [value]).fetchone() is not None

    def _captured(self, sha256: str, at: str) -> bool:
        return self._db.execute("select 1 from seen where sha256 = ? and at = ?", [sha256, at[:19]]).fetchone() is not None

    def _ledger(self) -> Iterator[Failure]:
        where, values = self._of("ledger")
        for row in self._rows(LEDGER.format(held=HELD, where=where), values):
            if wrong := wrong_with_address(row):
                yield Failure("address", row["url"], wrong)
            self._scope.count("addresses")

    def _index(self) -> Iterator[Failure]:
        yield from (Failure("index", name, wrong) for name, wrong in out_of_step(self._db))

    def _bodies(self) -> tuple[str, str, list[str]]:
        """The bodies that are meant: table, condition and its values."""
        if self._scope.portal is None:
            return "pages.bodies", "true", []
        return "pages.bodies", "sha256 in (select sha256 from pages.captures where portal = ?)", [self._scope.portal]

    def _revisions(self) -> tuple[str, list[str]]:
        """The condition that a revision is meant, and its values."""
        if self._scope.portal is None:
            return "true", []
        return "article in (select id from articles where portal = ?)", [self._scope.portal]

    def _of(self, table: str) -> tuple[str, list[str]]:
        """The condition that a row is the portal's, and its values."""
        return ("true", []) if self._scope.portal is None else (f"{table}.portal = ?", [self._scope.portal])

    def _size(self, table: str, where: str, values: list[str]) -> int:
        (size,) = self._db.execute(f"select count(*) from {table} where {where}", values).fetchone()
        return int(size)

    def _keys(self, table: str, where: str, values: list[str]) -> Iterator[int]:
        """The rows to look at: all that are meant, or as many as the sample has, chosen by its seed."""
        keys = (key for (key,) in self._db.execute(f"select rowid from {table} where {where} order by rowid", values))
        if self._scope.sample is None:
            return keys
        size = self._size(table, where, values)
        chosen = set(random.Random(self._scope.seed).sample(range(size), min(self._scope.sample, size)))  # noqa: S311 - no secret
        return (key for place, key in enumerate(keys) if place in chosen)

    def _rows(self, sql: str, values: list[Any]) -> Iterator[Row]:
        cursor = self._db.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)


def _parsed(text: str) -> Row:
    """A withheld revision; ValueError where it is none any more."""
    row = json.loads(text)
    if not isinstance(row, dict) or not row.keys() >= NEEDED:
        raise ValueError("columns are missing")
    return row


def wrong_with_page(bodies: Bodies, sha256: str, size: int, stored: bytes, dictionary: int | None) -> str | None:
    """What is wrong with a stored body, or None."""
    try:
        return wrong_with(sha256, size, stored, None if dictionary is None else bodies.dictionary(dictionary))
    except BodyError as error:
        return str(error)


def wrong_with_revision(row: Row) -> Iterator[str]:
    """What is wrong with a revision by itself."""
    try:
        if (sha256 := hashlib.sha256(row["body"].encode("utf-8", "surrogateescape")).hexdigest()) != row["body_sha256"]:
            yield f"its text has the SHA-256 {sha256} and not {row['body_sha256']}"
        if (found := fingerprint_of(row)) != row["fingerprint"]:
            yield f"what it tells has the fingerprint {found} and not {row['fingerprint']}"
    except (ValueError, TypeError, AttributeError) as error:
        yield f"it cannot be read ({type(error).__name__})"


def wrong_with_article(article: Row, revisions: list[Row]) -> Iterator[str]:
    """What is wrong with an article beside its revisions, oldest first."""
    if not revisions:
        if not article["withdrawn_at"]:
            yield "it has no revision"
        return
    if [row["number"] for row in revisions] != list(range(1, len(revisions) + 1)):
        yield "its revisions are not numbered one after the other"
    if any(later["captured_at"] < earlier["captured_at"] for earlier, later in pairwise(revisions)):
        yield "its revisions are not in the order of their captures"
    told = shown(current(revisions), withdrawn=bool(article["withdrawn_at"]))
    if different := [name for name, value in told.items() if article[name] != value]:
        yield f"{', '.join(different)}: not as in its latest revision"
    if article["gone_at"] and article["gone_at"] < revisions[-1]["captured_at"]:
        yield f"it is marked gone since {article['gone_at']} and was captured later"


def wrong_with_address(row: Row) -> str | None:
    """What is wrong with a row of the ledger, or None."""
    state = row["state"]
    if state not in STATES:
        return f"it is in no state of the ledger: {state!r}"
    if state in HELD and not row["article"]:
        return f"it is {state}, and no article is named"
    if state in HELD and not row["known"]:
        return f"it is {state}, and its article {row['article']} is not there"
    if state in HELD and not row["captured"]:
        return f"it is {state}, and no capture of it is there"
    if state == GONE and row["stays"]:
        return f"it is gone, and its article {row['article']} is not marked so"
    return None
