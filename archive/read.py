"""Reading the archive back: articles as records for people and dumps, and figures about the whole."""

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.revisions import LISTS
from archive.search import Filters

Record = dict[str, Any]

DUMPED = (
    ("id", "string", "Stable id of the article: the same for the same portal and address in every archive"),
    ("url", "string", "Address of the story at the portal, without tracking parameters"),
    ("portal", "string", "Short name of the portal"),
    ("title", "string", "Headline"),
    ("body", "string", "Paragraphs of the story, separated by one blank line"),
    ("published", "string", "YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS]+HH:MM, as finely as the page prints it"),
    ("published_raw", "string", "The date as printed"),
    ("published_precision", "string", "day, hour, minute or second"),
    ("published_source", "string", "Where the date stood: rule, json-ld, meta, visible or url"),
    ("modified", "string", "When the portal says it last changed the story, as `published`"),
    ("authors", "array", "Names or initials as printed"),
    ("editors", "array", "Names or initials as printed"),
    ("place", "string", "Place of the dateline"),
    ("region", "string", "Kemendagri code of the portal's region"),
    ("section", "string", "The portal's section"),
    ("tags", "array", "The portal's tags"),
    ("image", "string", "Address of the lead image"),
    ("credited_source", "string", "Where the portal says it has the story from"),
    ("first_seen", "string", "When the archive first fetched the story, UTC"),
    ("last_seen", "string", "When the archive last saw the story at its address, UTC"),
    ("captured_at", "string", "When the page was fetched that this text was read from, UTC"),
    ("revision", "integer", "Number of the text: 1 is the first that was seen"),
    ("body_sha256", "string", "SHA-256 of `body` in UTF-8"),
)
"""The fields of a dumped article, in order: name, type, meaning. Absent values are null."""

SHARE_A_DATE = 10
"""Articles of one portal with the same printed date, from which on it may be the template's."""
DAYS_APART = 14
"""Days between the first and the last of them in the archive."""

SELECTED = """
    select articles.*, portals.region,
        max(
            articles.captured_at,
            coalesce((select max(seen_at) from ledger where ledger.article = articles.id), ''),
            coalesce((select max(captured_at) from repeats where repeats.article = articles.id), '')
        ) as last_seen
    from articles join portals on portals.name = articles.portal
"""

READABLE = "articles.withdrawn_at is null"
"""What holds for an article whose text readers may have."""

REVISIONS = """
    select revisions.*, origins.fields from revisions left join origins on origins.id = revisions.origin where article = ? order by number
"""

WITHHELD = """
    select number, json_extract(row, '$.captured_at') as captured_at, json_extract(row, '$.page_sha256') as page_sha256,
        json_extract(row, '$.body_sha256') as body_sha256
    from withheld where article = ? order by number
"""
"""What is said of the revisions of a withdrawn article."""


def unpacked(row: Record) -> Record:
    """A row with its lists as lists; None where there is nothing."""
    return row | {name: json.loads(row[name]) for name in LISTS if row.get(name)}


def dumped(row: Record) -> Record:
    """The fields of a dump, in their order."""
    full = unpacked(row)
    return {name: full[name] for name, _, _ in DUMPED}


def articles(database: Database, filters: Filters = Filters()) -> Iterator[Record]:
    """Every article that the filters mean and that is not withdrawn, by portal, date and id."""
    conditions, values = filters.where()
    where = f"where {' and '.join([READABLE, *conditions])}"
    yield from database.query(f"{SELECTED} {where} order by articles.portal, articles.published, articles.id", values)


def count(database: Database, filters: Filters = Filters(), *, withdrawn: bool = False) -> int:
    """How many articles the filters mean: of those that can be read, or of those that were withdrawn."""
    conditions, values = filters.where()
    where = " and ".join([f"not ({READABLE})" if withdrawn else READABLE, *conditions])
    (found,) = database.execute(
        f"select count(*) from articles join portals on portals.name = articles.portal where {where}", values
    ).fetchone()
    return int(found)


def article(database: Database, wanted: str) -> Record:
    """One article by its id, the beginning of it, or its address, with `revisions` (oldest first) and `ledger`.

    Of a withdrawn article only the record is there: its address, days and hashes. ArchiveError where there is none, or more than one.
    """
    found = list(database.query(f"{SELECTED} where articles.id = :wanted or articles.url = :wanted", {"wanted": wanted}))
    if not found and len(wanted) >= 4 and wanted.isalnum():
        found = list(database.query(f"{SELECTED} where articles.id like :start limit 2", {"start": f"{wanted}%"}))
    if len(found) != 1:
        which = "There is no article" if not found else "There is more than one article"
        raise ArchiveError(f"{which} {wanted!r} in this archive; `arsip search` prints ids.")
    record = unpacked(found[0])
    withheld, revisions = (list(database.query(sql, [record["id"]])) for sql in (WITHHELD, REVISIONS))
    record["revisions"] = withheld or [_revision(row, record) for row in revisions]
    for row, last_seen in zip(record["revisions"], _last_seen(database, record), strict=True):
        row["last_seen"] = last_seen
    record["ledger"] = list(database.table("ledger").rows_where("article = ?", [record["id"]], order_by="announced_at, url"))
    return record


def _revision(row: Record, record: Record) -> Record:
    """A revision with its text, and with where each field was found and by what."""
    body = row["body"] if row["body"] is not None else record["body"]
    fields = json.loads(row.pop("fields") or "{}")
    where = {"sources": {name: source for name, (source, _) in fields.items()}, "found_by": {name: by for name, (_, by) in fields.items()}}
    return unpacked(row) | {"body": body, "removed": json.loads(row["removed"] or "[]")} | where


def _last_seen(database: Database, record: Record) -> Iterator[str]:
    """When each revision was seen last: at its last repeat before the next one, the latest also where the portal answered 304."""
    captured = [row["captured_at"] for row in record["revisions"]]
    repeats = [row["captured_at"] for row in database.table("repeats").rows_where("article = ?", [record["id"]], order_by="captured_at")]
    for number, first in enumerate(captured, start=1):
        if number == len(captured):
            yield record["last_seen"]
        else:
            yield max((at for at in repeats if first <= at < captured[number]), default=first)


def flags(database: Database) -> list[Record]:
    """A row for each portal and each flag that any of its articles carries: how many do, and how many there are."""
    return list(
        database.query(
            """
            select articles.portal, flag.value as flag, count(*) as articles,
                (select count(*) from articles as every where every.portal = articles.portal) as of_all
            from articles
            join revisions on revisions.article = articles.id and revisions.number = articles.revision
            join json_each(revisions.flags) as flag
            group by articles.portal, flag.value order by articles.portal, count(*) desc, flag.value
            """
        )
    )


def constant_dates(database: Database) -> list[Record]:
    """Dates that a portal's template seems to print on every page: a row for each, with how many articles carry it.

    A moment is one that more articles share than a portal schedules for the same minute. A day is one that as many articles share, where
    the first and the last of them came to the archive weeks apart: stories of one day come together.
    """
    return list(
        database.query(
            """
            select portal, published_raw as printed, published_source as source, count(*) as articles,
                substr(min(first_seen), 1, 10) as first, substr(max(first_seen), 1, 10) as last
            from articles where published_raw is not null
            group by portal, published_raw, published_source
            having count(*) >= :many
                and (max(published_precision) <> 'day' or julianday(max(first_seen)) - julianday(min(first_seen)) >= :apart)
            order by portal, count(*) desc, printed
            """,
            {"many": SHARE_A_DATE, "apart": DAYS_APART},
        )
    )


def stats(database: Database) -> list[Record]:
    """A row for each portal: what the archive holds of it."""
    return list(
        database.query(
            """
            select portals.name as portal, portals.title, portals.region, regions.name as region_name,
                count(articles.id) as articles,
                coalesce(sum(articles.revision - 1), 0) as edited,
                count(articles.gone_at) as gone,
                min(articles.published) as first, max(articles.published) as last,
                count(articles.id) - count(articles.published) as undated,
                (select count(*) from ledger where ledger.portal = portals.name) as announced,
                (select max(started) from crawls where crawls.portal = portals.name) as crawled
            from portals left join articles on articles.portal = portals.name left join regions on regions.code = portals.region
            group by portals.name order by portals.name
            """
        )
    )
