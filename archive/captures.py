"""Pages in and out of pages.db. Nothing here is ever changed or deleted."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from archive.bodies import STORED, Bodies, BodyError
from archive.errors import ArchiveError
from archive.records import Page

COLUMNS = f"""
    select captures.id, portal, url, requested_url, origin, fetched_at, status, headers, crawl, robots, {STORED}
    from captures join bodies using (sha256)
"""


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


def portals_of(database: Database) -> list[str]:
    """The names of the portals that pages were kept of."""
    return [name for (name,) in database.execute("select distinct portal from captures order by 1")]


def count_pages(database: Database, portals: tuple[str, ...] = ()) -> int:
    """How many pages `read_pages` will give."""
    where, names = _of(portals)
    (found,) = database.execute(f"select count(*) from captures where part = 1 {where}", names).fetchone()
    return int(found)


def read_pages(database: Database, portals: tuple[str, ...] = ()) -> Iterator[Page]:
    """Every capture in the order it came, with the further pages of its article; of all portals, or of those named."""
    bodies = Bodies(database)
    where, names = _of(portals)
    for row in database.execute(f"{COLUMNS} where part = 1 {where} order by captures.id", names):
        further = database.execute(f"{COLUMNS} where first_page = ? order by part", [row[0]]).fetchall()
        yield _page(bodies, row, tuple(_page(bodies, each) for each in further))


def _of(portals: tuple[str, ...]) -> tuple[str, list[str]]:
    if not portals:
        return "", []
    return f"and portal in ({', '.join('?' * len(portals))})", list(portals)


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
