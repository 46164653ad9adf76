"""What the tests of the ledger share: announcing, settling and asking for what is due, days after the first."""

from typing import Any

from archive.ledger import Announcement, Ledger
from archive.store import Archive
from tests.builders import HOME, PORTAL, at, why

URL = HOME + "/banjir"
MAP = HOME + "/sitemap.xml"


def row(archive: Archive, url: str = URL) -> dict[str, Any]:
    (found,) = archive.articles_db.table("ledger").rows_where("url = ?", [url])
    return found


def announce(ledger: Ledger, *announcements: Announcement | str, day: float = 0, **more: Any) -> list[str]:
    named = [Announcement(url=each) if isinstance(each, str) else each for each in announcements]
    return [entry.url for entry in ledger.announce(named, portal=PORTAL, through="feed", at=at(day), **more)]


def settle(ledger: Ledger, state: str, *, day: float = 0, url: str = URL, **more: Any) -> None:
    ledger.settle(url, state, portal=PORTAL, at=at(day), **{"reason": why(state)} | more)


def due(ledger: Ledger, day: float, **more: Any) -> list[str]:
    return [entry.url for entry in ledger.due(PORTAL, at=at(day), **more)]
