"""Finding articles by their words."""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archive.query import expression

OPEN, CLOSE = "\x02", "\x03"
"""What surrounds a found word in `title` and `snippet`: control characters, which no page prints."""

SNIPPET_WORDS = 32

ORDERS = {
    # A word in the headline weighs more than one in the text.
    "relevance": "bm25(articles_fts, 4.0, 1.0), articles.published desc, articles.id",
    "newest": "articles.published is null, articles.published desc, articles.id",
    "oldest": "articles.published is null, articles.published, articles.id",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Which articles are meant; None or empty is all."""

    portals: tuple[str, ...] = ()
    since: str | None = None
    """First day of publication, `YYYY-MM-DD`; articles without a date are then left out."""
    until: str | None = None
    """Last day of publication."""
    region: str | None = None
    """Kemendagri code of the portal's region, or of its province."""

    def where(self) -> tuple[list[str], dict[str, Any]]:
        """Conditions on `articles` and `portals`, and their values."""
        conditions: list[str] = []
        values: dict[str, Any] = {}
        if self.portals:
            values |= {f"portal{number}": name for number, name in enumerate(self.portals)}
            conditions.append(f"articles.portal in ({', '.join(f':portal{number}' for number in range(len(self.portals)))})")
        if self.since:
            values["since"] = self.since
            conditions.append("articles.published >= :since")
        if self.until:
            # Every moment of that day sorts before the day followed by a character after "T".
            values["until"] = f"{self.until}U"
            conditions.append("articles.published < :until")
        if self.region:
            values |= {"region": self.region, "below": f"{self.region}."}
            conditions.append("(portals.region = :region or substr(portals.region, 1, length(:below)) = :below)")
        return conditions, values


def search(
    database: Database, query: str, *, filters: Filters = Filters(), sort: str = "relevance", limit: int = 20
) -> list[dict[str, Any]]:
    """The articles in which a query is found: id, portal, published, url, gone_at, and title and snippet with the found words marked.

    ArchiveError says what is wrong with a query that cannot be understood.
    """
    conditions, values = filters.where()
    rows = database.query(
        f"""
        select articles.id, articles.portal, articles.published, articles.url, articles.gone_at,
            highlight(articles_fts, 0, '{OPEN}', '{CLOSE}') as title,
            snippet(articles_fts, 1, '{OPEN}', '{CLOSE}', '…', {SNIPPET_WORDS}) as snippet
        from articles_fts join articles on articles.docid = articles_fts.rowid join portals on portals.name = articles.portal
        where {" and ".join(["articles_fts match :query", *conditions])}
        order by {ORDERS[sort]} limit :limit
        """,
        {"query": expression(query), "limit": limit, **values},
    )
    return list(rows)


def count(database: Database, query: str, *, filters: Filters = Filters()) -> int:
    """In how many articles a query is found."""
    conditions, values = filters.where()
    (found,) = database.execute(
        f"""
        select count(*) from articles_fts join articles on articles.docid = articles_fts.rowid
        join portals on portals.name = articles.portal where {" and ".join(["articles_fts match :query", *conditions])}
        """,
        {"query": expression(query), **values},
    ).fetchone()
    return int(found)
