"""The listings of portals: feeds, REST pages and sitemaps as they were last read."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from archive.database import WriterLock, writing


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A feed, sitemap or REST page as it was last read."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    next: str | None = None
    """The listing's next page."""
    parent: str | None = None
    """The index that names it."""
    complete: bool = False
    """Whether everything behind it has been read to the end."""
    read_at: datetime | None = None
    """When its body last came; the archive sets it."""


class Listings:
    """The listings of an open archive."""

    def __init__(self, database: Database, lock: WriterLock) -> None:
        self._db = database
        self._lock = lock

    def get(self, url: str) -> Listing | None:
        """A listing as it was last read, or None."""
        for row in self._db.table("listings").rows_where("url = ?", [url]):
            return Listing(
                url=url,
                etag=row["etag"],
                last_modified=row["last_modified"],
                next=row["next"],
                parent=row["parent"],
                complete=bool(row["complete"]),
                read_at=datetime.fromisoformat(row["fetched_at"]),
            )
        return None

    def keep(self, listing: Listing, *, portal: str, at: datetime) -> None:
        """Note a listing whose body came. One that was complete stays so: what is new stands before what had been read."""
        row: dict[str, str | int | None] = {
            "url": listing.url,
            "portal": portal,
            "fetched_at": at.isoformat(timespec="seconds"),
            "etag": listing.etag,
            "last_modified": listing.last_modified,
            "next": listing.next,
            "parent": listing.parent,
        }
        if listing.complete or self.get(listing.url) is None:
            row["complete"] = int(listing.complete)
        with writing(self._db, self._lock):
            self._db.table("listings").upsert(row, pk="url")

    def mark(self, url: str, *, complete: bool) -> None:
        """Note whether everything behind a listing has been read to its end."""
        with writing(self._db, self._lock):
            self._db.execute(
                "update listings set complete = :told where url = :url and complete != :told", {"url": url, "told": int(complete)}
            )

    def named_by(self, index: str) -> list[str]:
        """The listings that an index named when it was last read."""
        return [row["url"] for row in self._db.table("listings").rows_where("parent = ?", [index], order_by="url")]

    def orphan(self, url: str) -> None:
        """Note that no index names a listing any more."""
        with writing(self._db, self._lock):
            self._db.table("listings").update(url, {"parent": None})
