"""Pages in and out of pages.db. Nothing here is ever changed or deleted."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from archive.bodies import STORED, Bodies, BodyError
from archive.errors import ArchiveError
from archive.records import Page

AT_ONCE = 100
"""Captures that are read with one question."""

COLUMNS = f"""
    select captures.id, portal, url, requested_url, origin, fetched_at, status, headers, crawl, robots, {STORED}
    from captures join bodies using (sha256)
"""

OF_CAPTURE = "where captures.sha256 = ? and portal = ? and part = 1 and substr(fetched_at, 1, 19) = ? order by captures.id limit 1"
"""The first page of a capture as articles know it, by the moment to the second."""


def insert_page(database: Database, bodies: Bodies, page: Page) -> int:
    """The row id of `page`, now stored with the further pages of its article; inside the caller's transaction."""
    first = _insert_capture(database, bodies, page, first=None, part=1)
    for part, further in enumerate(page.rest, start=2):
        _insert_capture(database, bodies, further, first=first, part=part)
    return first


def _insert_capture(database: Database, bodies: Bodies, page: Page, *, first: int | None, part: int) -> int:
    sha256 = page.sha256
    taken = bodies.keep(page, sha256)
    row = {
        "portal": page.portal,
        "url": page.url,
        "requested_url": page.requested_url,
        "origin": page.origin,
        "fetched_at": page.fetched_at.isoformat(),
        "status": page.status,
        "headers": json.dumps(page.headers, ensure_ascii=False),
        "sha256": sha256,
        "crawl": page.crawl,
        "robots": page.robots,
        "first_page": first,
        "part": part,
    }
    key = database.table("captures").insert(row).last_pk
    assert isinstance(key, int)
    if taken is not None:
        bodies.renew(page, sha256, taken)
    return key


def holds_capture(database: Database, page: Page) -> bool:
    """Whether a page was kept before: of the same portal, address, moment and bytes."""
    facts = [page.url, page.fetched_at.isoformat(), page.portal, page.sha256]
    return bool(database.execute("select 1 from captures where url = ? and fetched_at = ? and portal = ? and sha256 = ?", facts).fetchone())


def page_of(database: Database, portal: str, capture: tuple[str, str]) -> Page | None:
    """The page of a capture, by its moment to the second and the SHA-256 of its body, with the further pages of its article."""
    row = database.execute(f"{COLUMNS} {OF_CAPTURE}", _key(portal, capture)).fetchone()
    return _whole(database, Bodies(database), row) if row else None


def facts_of(database: Database, portal: str, capture: tuple[str, str]) -> dict[str, Any] | None:
    """What is known of a capture besides its body and headers: its row id, addresses, status, crawl and what robots.txt said."""
    columns = "id, url, requested_url, origin, status, crawl, robots"
    return next(iter(database.query(f"select {columns} from captures {OF_CAPTURE}", _key(portal, capture))), None)


def _key(portal: str, capture: tuple[str, str]) -> list[str]:
    """The values of OF_CAPTURE."""
    at, sha256 = capture
    return [sha256, portal, at[:19]]


def portals_of(database: Database) -> list[str]:
    """The names of the portals that pages were kept of."""
    return [name for (name,) in database.execute("select distinct portal from captures order by 1")]


def count_pages(database: Database, portals: tuple[str, ...] = (), *, after: int = 0) -> int:
    """How many pages `read_pages` will give."""
    where, names = _of(portals)
    (found,) = database.execute(f"select count(*) from captures where part = 1 and id > ? {where}", [after, *names]).fetchone()
    return int(found)


def read_pages(database: Database, portals: tuple[str, ...] = ()) -> Iterator[Page]:
    """Every capture in the order it came, with the further pages of its article; of all portals, or of those named."""
    return (page for _, page in read_numbered(database, portals))


def read_numbered(
    database: Database, portals: tuple[str, ...] = (), *, after: int = 0, damaged: Callable[[str, str], object] | None = None
) -> Iterator[tuple[int, Page]]:
    """The same with the row id of each capture, from the one behind `after` on.

    A capture whose body is damaged is left out where somebody is there to be told of it: `damaged`, by its portal and a sentence.

    They are read a few at a time: a crawl that writes meanwhile could otherwise not shorten its log before the last one was read.
    """
    bodies = Bodies(database)
    where, names = _of(portals)
    sql = f"{COLUMNS} where part = 1 and captures.id > ? {where} order by captures.id limit {AT_ONCE}"
    while rows := database.execute(sql, [after, *names]).fetchall():
        for row in rows:
            try:
                page = _whole(database, bodies, row)
            except ArchiveError as error:
                if damaged is None:
                    raise
                damaged(row[1], str(error))
                continue
            yield row[0], page
        after = rows[-1][0]


def _of(portals: tuple[str, ...]) -> tuple[str, list[str]]:
    if not portals:
        return "", []
    return f"and portal in ({', '.join('?' * len(portals))})", list(portals)


def _whole(database: Database, bodies: Bodies, row: tuple[Any, ...]) -> Page:
    further = database.execute(f"{COLUMNS} where first_page = ? order by part", [row[0]]).fetchall()
    return _page(bodies, row, tuple(_page(bodies, each) for each in further))


def _page(bodies: Bodies, row: tuple[Any, ...], rest: tuple[Page, ...] = ()) -> Page:
    key, portal, url, requested_url, origin, fetched_at, status, headers, crawl, robots, *stored = row
    try:
        body = bodies.unpack(*stored)
    except BodyError as error:
        raise ArchiveError(f"The body of capture {key} in pages.db is damaged ({error}); restore it from a backup.") from error
    return Page(
        url=url,
        portal=portal,
        fetched_at=datetime.fromisoformat(fetched_at),
        body=body,
        requested_url=requested_url,
        origin=origin,
        status=status,
        headers=tuple((name, value) for name, value in json.loads(headers)),
        crawl=crawl,
        robots=robots,
        rest=rest,
    )
