"""The ledger: every address ever announced, its state and the reason.

It makes crawls incremental, survives `kill -9` because each step is committed as it happens, and answers the archivist's
question: was it silent on those days, or did we miss them?
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from archive import reasons
from archive.database import WriterLock, writing
from archive.listings import Listing, Listings
from archive.records import Article, Page
from archive.waits import next_try

ANNOUNCED, FETCHED, ARCHIVED, UNCHANGED, GONE, ROBOTS, NOT_ARTICLE, FAILED = STATES = reasons.STATES
HELD = reasons.HELD

WIB = "Asia/Jakarta"
"""The zone of a portal that is not in the archive."""

PARTS = 500
"""Addresses that are looked up at once."""

ALL = -1
"""No limit, as SQLite says it."""

DELISTED = "delisted"
"""What `listed_in` says of an address that its sitemap no longer names, until it has been looked at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """An address as a feed, a sitemap or a list announced it."""

    url: str
    lastmod: str | None = None
    """When it was last changed, `YYYY-MM-DDTHH:MM:SS+00:00`, as far as the announcer says."""
    day: str | None = None
    """The day of publication at the portal, `YYYY-MM-DD`, as far as the announcer says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the ledger knows of an address when it is about to be asked."""

    url: str
    state: str
    day: str | None
    lastmod: str | None
    etag: str | None
    last_modified: str | None


class Ledger:
    """The ledger of an open archive."""

    def __init__(self, database: Database, lock: WriterLock) -> None:
        self.listings = Listings(database, lock)
        self._db = database
        self._lock = lock

    def announce(
        self,
        announcements: Iterable[Announcement],
        *,
        portal: str,
        through: str,
        at: datetime,
        listing: Listing | None = None,
        whole: bool = False,
        unread: str | None = None,
    ) -> list[Entry]:
        """Note what a listing announces, and the listing itself; those that are to be asked for now come back.

        `through` names the way (`feed`, `sitemap` …). `whole` says that the listing names all there is in its part of the
        portal, as a sitemap does: a held article that it no longer names is due for a look. `unread` names the first page of a
        listing that goes on behind this page: where this one brings news, all counts as unread until its end has been seen.
        """
        due: dict[str, Entry] = {}
        listed_in = listing.url if listing and whole else None
        told = list(announcements)
        named = {announcement.url for announcement in told}
        with writing(self._db, self._lock):
            known = self._rows(named)
            for announcement in told:
                row = known[announcement.url] = self._note(announcement, known.get(announcement.url), portal, through, at, listed_in)
                if row["next_try"] and row["next_try"] <= _text(at):
                    due.setdefault(announcement.url, _entry(row))
            if listing:
                if whole:
                    self._notice_missing(listing.url, named)
                self.listings.keep(listing, portal=portal, at=at)
            if unread and due:
                self.listings.mark(unread, complete=False)
        return list(due.values())

    def _note(
        self, announcement: Announcement, row: dict[str, Any] | None, portal: str, through: str, at: datetime, listed_in: str | None
    ) -> dict[str, Any]:
        """The row of an announced address, now with what the announcement says."""
        now = _text(at)
        if row is None:
            row = {
                "url": announcement.url,
                "portal": portal,
                "announced_at": now,
                "announced_through": through,
                "listed_in": listed_in,
                "lastmod": announcement.lastmod,
                "day": announcement.day,
                "state": ANNOUNCED,
                "attempts": 0,
                "next_try": now,
            }
            self._db.table("ledger").insert(row)
            return row
        changes: dict[str, Any] = {}
        if announcement.lastmod and announcement.lastmod > (row["lastmod"] or ""):
            # A first lastmod says nothing about a change since the fetch.
            changes["lastmod"] = announcement.lastmod
            if row["lastmod"]:
                changes["next_try"] = _soonest(row, now)
        if announcement.day and not row["day"]:
            changes["day"] = announcement.day
        if listed_in and row["listed_in"] != listed_in:
            changes["listed_in"] = listed_in
            if row["state"] == GONE and row["listed_in"] is None:
                # It was taken off the list when it went; now it is back.
                changes["next_try"] = _soonest(row, now)
        if changes:
            self._db.table("ledger").update(announcement.url, changes)
        return row | changes

    def _notice_missing(self, listing: str, named: Collection[str]) -> None:
        # Not due at once: sitemaps shift, and the next one may name the address.
        for (url,) in self._db.execute("select url from ledger where listed_in = ?", [listing]).fetchall():
            if url not in named:
                self._db.table("ledger").update(url, {"listed_in": DELISTED})

    def index_read(self, index: str, named: Collection[str], *, portal: str, at: datetime) -> None:
        """Note which listings an index names, before any is read; what stood in one that it no longer names is due for a look."""
        with writing(self._db, self._lock):
            known = self.listings.named_by(index)
            for url in named:
                if url not in known:
                    self.listings.keep(Listing(url=url, parent=index), portal=portal, at=at)
            for url in known:
                if url not in named:
                    self._notice_missing(url, ())
                    self.listings.orphan(url)

    def due(
        self, portal: str, *, at: datetime, since: str | None = None, until: str | None = None, limit: int = ALL, skip: int = 0
    ) -> list[Entry]:
        """Addresses of a portal that wait for a try, longest waiting first, `limit` of them behind the first `skip`.

        With days given, those that may lie within: what was announced or last changed before them does not, in whatever zone
        the portal counts its days. Held articles that no listing names any more are among them. To be asked when all listings
        have been read.
        """
        rows = self._db.query(
            f"""
            select * from ledger
            where portal = :portal
            and (next_try <= :now or (listed_in = :delisted and state in {HELD} and coalesce(not_before, '') <= :now))
            and (:since is null or coalesce(day, date(lastmod, '+1 day'), date(announced_at, '+1 day')) >= :since)
            and (:until is null or day is null or day <= :until)
            order by next_try, url limit :limit offset :skip
            """,
            {"portal": portal, "now": _text(at), "delisted": DELISTED, "since": since, "until": until, "limit": limit, "skip": skip},
        )
        return [_entry(row) for row in rows]

    def settle(
        self,
        url: str,
        state: str,
        *,
        portal: str,
        at: datetime,
        reason: str | None = None,
        detail: str | None = None,
        not_before: datetime | None = None,
        crawl: str | None = None,
        article: str | None = None,
        day: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Note what became of an address, why, and when it is to be asked again.

        `reason` is one of the state's in `archive/reasons.py`, ValueError where it is not; `detail` says in any words what is particular.
        `not_before` is the moment that the portal named, if it did.
        """
        reasons.refuse_unlisted(state, reason)
        now = _text(at)
        with writing(self._db, self._lock):
            row = self._row(url)
            if row is None:
                row = {"url": url, "portal": portal, "announced_at": now, "announced_through": "itself", "state": state, "attempts": 0}
                self._db.table("ledger").insert(row)
            # What was fetched may yet fail in the press, time and again; only what ends well forgets its failures.
            attempts = row["attempts"] + (state == FAILED) if state in {FETCHED, FAILED} else 0
            announced = datetime.fromisoformat(row["announced_at"])
            following = next_try(state, attempts, at=at, day=day or row.get("day"), announced=announced, not_before=not_before)
            changes = {
                "state": state,
                "reason": reason,
                "detail": " ".join(detail.split())[: reasons.MOST_DETAIL] if detail else None,
                "attempts": attempts,
                "next_try": _text(following, up=True),
                "not_before": _text(not_before, up=True) if not_before else None,
                "crawl": crawl,
            }
            if state in (*HELD, GONE, NOT_ARTICLE, FETCHED):
                changes["fetched_at"] = now
            if state in HELD:
                changes["seen_at"] = now
            if row.get("listed_in") == DELISTED:
                changes["listed_in"] = None
            if article:
                changes["article"] = article
            if day:
                changes["day"] = day
            if state in (ARCHIVED, NOT_ARTICLE) or reason == reasons.SAME_TEXT:
                changes |= {"etag": etag, "last_modified": last_modified}
            self._db.table("ledger").update(url, changes)

    def settle_page(
        self, page: Page, state: str, article: Article | None = None, *, reason: str | None = None, detail: str | None = None
    ) -> str | None:
        """Note what became of an address whose page was kept, and of the article that was read from it; the reason comes back.

        It is the one given, else what page and article say themselves.
        """
        if reason is None:
            reason, detail = reasons.of_page(state, page, article)
        held = article if article and not article.refusal else None
        # That the first page of several is unchanged says nothing of the others, so its validators are not kept.
        told = page.header if not page.rest else lambda _: None
        self.settle(
            page.requested_url or page.url,
            state,
            portal=page.portal,
            at=page.fetched_at,
            reason=reason,
            detail=detail,
            crawl=page.crawl,
            article=held.id if held and state != ANNOUNCED else None,
            day=held.published.day_in(self._zone_of(page.portal)) if held and held.published else None,
            etag=told("ETag"),
            last_modified=told("Last-Modified"),
        )
        return reason

    def _zone_of(self, portal: str) -> ZoneInfo:
        """The zone in which a portal's days are counted."""
        row = self._db.execute("select zone from portals where name = ?", [portal]).fetchone()
        return ZoneInfo(row[0] if row else WIB)

    def article_at(self, url: str) -> str | None:
        """Id of the article that was last found at an address, or None."""
        row = self._row(url)
        return row["article"] if row else None

    def holds(self, article: str) -> bool:
        """Whether an article was noted at any address."""
        return self._db.execute("select 1 from ledger where article = ? limit 1", [article]).fetchone() is not None

    def knows(self, portal: str) -> bool:
        """Whether anything was ever announced at a portal."""
        return self._db.execute("select 1 from ledger where portal = ? limit 1", [portal]).fetchone() is not None

    def among(self, urls: Collection[str]) -> set[str]:
        """Those of the addresses that the ledger knows."""
        return set(self._rows(urls))

    def state_of(self, url: str) -> str | None:
        """The state of an address, or None where it was never announced."""
        row = self._row(url)
        return row["state"] if row else None

    def fetched_before(self, url: str, at: datetime) -> bool:
        """Whether all that was fetched from an address was fetched before a moment."""
        row = self._row(url)
        return row is None or (row["fetched_at"] or "") < _text(at)

    def _rows(self, urls: Collection[str]) -> dict[str, dict[str, Any]]:
        """The rows of many addresses, by address."""
        rest, found = list(urls), {}
        while rest:
            part, rest = rest[:PARTS], rest[PARTS:]
            rows = self._db.table("ledger").rows_where(f"url in ({', '.join('?' * len(part))})", part)
            found.update({row["url"]: row for row in rows})
        return found

    def _row(self, url: str) -> dict[str, Any] | None:
        return next(iter(self._db.table("ledger").rows_where("url = ?", [url])), None)


def _entry(row: dict[str, Any]) -> Entry:
    known: dict[str, Any] = {field.name: row.get(field.name) for field in fields(Entry)}
    return Entry(**known)


def _soonest(row: dict[str, Any], now: str) -> str:
    """Now, or the later moment that the portal named."""
    return max(now, row["not_before"] or "")


def _text(at: datetime, *, up: bool = False) -> str:
    """A moment in UTC, to the second below, or above so that nothing is asked too early."""
    return (at.astimezone(UTC) + timedelta(seconds=up and at.microsecond > 0)).isoformat(timespec="seconds")
