"""Pages and articles for tests, whole and plausible; a test names only what it is about."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.reasons import PLAIN, REASONS
from archive.records import Article, Page, Stamp
from archive.store import Archive

PORTAL = "rakyatbengkulu"
HOME = "https://rakyatbengkulu.com"
START = datetime(2021, 3, 25, 5, tzinfo=UTC)


def at(days: float) -> datetime:
    """The moment so many days after the first one."""
    return START + timedelta(days=days)


def page(path: str = "/banjir", *, day: float = 0, **changes: Any) -> Page:
    """A page of a portal, fetched `day` days after the first."""
    facts: dict[str, Any] = {
        "url": HOME + path,
        "portal": PORTAL,
        "fetched_at": at(day),
        "body": b"<html><h1>Banjir di Kepahiang</h1><p>Air surut.</p></html>",
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')),
        "crawl": "crawl-1",
        "robots": "allowed",
    }
    return Page(**facts | changes)


def article(path: str = "/banjir", *, day: float = 0, **changes: Any) -> Article:
    """An article as read from a page that was fetched `day` days after the first; each day's page has other bytes."""
    facts: dict[str, Any] = {
        "url": HOME + path,
        "portal": PORTAL,
        "captured_at": at(day),
        "page_sha256": hashlib.sha256(f"{path} {day}".encode()).hexdigest(),
        "title": "Banjir di Kepahiang",
        "body": "Hujan deras turun semalaman.\n\nWarga mengungsi ke balai desa.",
        "published": Stamp(iso="2021-03-25", precision="day", raw="Kamis, 25 Maret 2021", source="visible"),
    }
    return Article(**facts | changes)


def texts(archive: Archive) -> list[tuple[int, str]]:
    """Number and text of every revision in the archive, article by article."""
    sql = """
        select number, coalesce(revisions.body, articles.body) from revisions join articles on articles.id = revisions.article
        order by article, number
    """
    return list(archive.articles_db.execute(sql))


def why(state: str) -> str | None:
    """A reason that the state of an address may have, where it needs one."""
    return None if state in PLAIN else next(reason.words for reason in REASONS if state in reason.states)


def refused(path: str = "/banjir", *, day: float = 0, refusal: str = "no headline") -> Article:
    """The same page as that of `article`, read as none."""
    return article(path, day=day, refusal=refusal, title=None, body="", published=None)


def keep_portal(archive: Archive, name: str = PORTAL, **changes: str) -> None:
    """Note a portal, so that its articles can be kept."""
    facts = {"name": name, "title": "Rakyat Bengkulu", "home": HOME, "region": "17", "zone": "Asia/Jakarta", "family": "WordPress"}
    archive.keep_portal(**facts | changes)
