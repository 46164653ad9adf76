"""WARC out: every capture of pages.db in files that other web archives read (WARC 1.1, ISO 28500)."""

import base64
import hashlib
import json
import re
import sqlite3
import uuid
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from sqlite_utils import Database
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.bodies import STORED, Bodies, BodyError
from archive.errors import ArchiveError
from archive.records import Page

SOFTWARE = "Arsip Warta"
VERSION = "WARC/1.1"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
ORIGINAL = "X-Archive-Orig-"
"""Set before the name of a header that speaks of the body as it was sent: what is kept is unpacked."""
FRAMING = frozenset({"content-encoding", "content-length", "transfer-encoding"})
ZLIB_LEVEL = 6
MOMENT = len("2021-03-25T05:00:00")
"""Of a moment what articles have of it, the second."""

CAPTURES = f"""
    select captures.id, portal, url, requested_url, origin, fetched_at, status, headers, crawl, robots, part, sha256, {STORED}
    from captures join bodies using (sha256)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """A row of `captures` with its body, and the further pages of its article."""

    id: int
    sha256: str
    page: Page
    rest: tuple["Capture", ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Withheld:
    """The captures of a portal that belong to withdrawn articles."""

    addresses: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    """SHA-256 of pages that such an article was read from: under no address do they leave."""

    def covers(self, url: str, requested_url: str | None, sha256: str) -> bool:
        """Whether a capture is withheld, by its first page."""
        return url in self.addresses or requested_url in self.addresses or sha256 in self.bodies


NOTHING = Withheld()


def withheld_of(pages: Database, articles: Database, portal: str) -> Withheld:
    """What is withheld of a portal: the pages of its withdrawn articles, and every address under which these were ever found."""
    of = "from {} join articles on articles.id = {}.article where articles.portal = ? and withdrawn_at is not null"
    told = "json_extract(row, '$.page_sha256'), json_extract(row, '$.captured_at')"
    found = [
        *articles.execute(f"select {told} {of.format('withheld', 'withheld')}", [portal]),
        *articles.execute(f"select page_sha256, repeats.captured_at {of.format('repeats', 'repeats')}", [portal]),
    ]
    readings = {(sha256, at[:MOMENT]) for sha256, at in found}
    addresses = {url for (url,) in articles.execute("select url from articles where portal = ? and withdrawn_at is not null", [portal])}
    addresses |= {url for (url,) in articles.execute(f"select ledger.url {of.format('ledger', 'ledger')}", [portal])}
    if readings:
        for url, requested, sha256, at in pages.execute(
            "select url, requested_url, sha256, fetched_at from captures where portal = ? and part = 1", [portal]
        ):
            if (sha256, at[:MOMENT]) in readings:
                addresses |= {url, requested or url}
    return Withheld(addresses=frozenset(addresses), bodies=frozenset(sha256 for sha256, _ in readings))


def read_captures(
    database: Database, portal: str, *, since: str, until: str, after: int = 0, withheld: Withheld = NOTHING
) -> Iterator[Capture]:
    """The captures of a portal behind a row id whose first page came from one moment up to, and without, another; in their order."""
    where = "where part = 1 and portal = ? and captures.id > ? and fetched_at >= ? and fetched_at < ? order by captures.id"
    bodies = Bodies(database)
    for row in database.execute(f"{CAPTURES} {where}", [portal, after, since, until]):
        if withheld.covers(row[2], row[3], row[11]):
            continue
        further = database.execute(f"{CAPTURES} where first_page = ? order by part", [row[0]]).fetchall()
        yield _capture(bodies, row, tuple(_capture(bodies, each) for each in further))


def _capture(bodies: Bodies, row: tuple[Any, ...], rest: tuple[Capture, ...] = ()) -> Capture:
    identity, portal, url, requested_url, origin, fetched_at, status, headers, crawl, robots, _, sha256, *stored = row
    page = Page(
        url=url,
        portal=portal,
        fetched_at=datetime.fromisoformat(fetched_at),
        body=_body(bodies, identity, sha256, *stored),
        requested_url=requested_url,
        origin=origin,
        status=status,
        headers=tuple((name, value) for name, value in json.loads(headers)),
        crawl=crawl,
        robots=robots,
    )
    return Capture(id=identity, sha256=sha256, page=page, rest=rest)


def _body(bodies: Bodies, identity: int, sha256: str, *stored: Any) -> bytes:
    """A body as it was kept; ArchiveError where it is not what its digest says, because a WARC file is taken as proof."""
    try:
        body = bodies.unpack(*stored)
    except BodyError:
        body = b""
    if hashlib.sha256(body).hexdigest() != sha256:
        raise ArchiveError(f"The body of capture {identity} in pages.db is damaged, so it is not exported; restore it from a backup.")
    return body


class ExactHeaders(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers that are written to the byte as they were kept."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """Set the buffer that is written."""
        self.headers_buff = self.to_str().encode("latin-1", "replace") + b"\r\n"


class Members:
    """A file to which each record goes as a gzip member of its own; `bytes` and `sha256` tell what was written."""

    def __init__(self, file: BinaryIO) -> None:
        self.bytes = 0
        self.sha256 = hashlib.sha256()
        self._file = file
        self._packer = self._begin()

    def write(self, data: bytes) -> None:
        """Add to the record."""
        self._put(self._packer.compress(data))

    def flush(self) -> None:
        """End the record."""
        self._put(self._packer.flush())
        self._packer = self._begin()

    def _put(self, packed: bytes) -> None:
        self._file.write(packed)
        self.sha256.update(packed)
        self.bytes += len(packed)

    def _begin(self) -> "zlib._Compress":
        return zlib.compressobj(ZLIB_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)


class Warc:
    """A WARC file that is being written: what stands in it follows from the captures alone, ids and dates too."""

    def __init__(self, file: BinaryIO, name: str, told: dict[str, str], agents: dict[str, str]) -> None:
        self.members = Members(file)
        self._writer = WARCWriter(self.members, gzip=False, warc_version=VERSION)
        self._name = name
        self._told = told
        self._agents = agents
        self._info = ""
        self._written: dict[str, tuple[str, str, str]] = {}

    def add(self, capture: Capture) -> None:
        """Write a capture with the further pages of its article."""
        if not self._info:
            self._begin(capture)
        parts = (capture, *capture.rest)
        for part, each in enumerate(parts, start=1):
            told = {"part": str(part), "parts": str(len(parts)), "first": _id("response", capture)} if capture.rest else {}
            self._add(each, told)

    def _begin(self, capture: Capture) -> None:
        self._info = _urn("warcinfo", self._name, capture.page.url, _date(capture))
        headers = [("WARC-Record-ID", self._info), ("WARC-Filename", self._name), ("WARC-Date", _date(capture))]
        self._write("warcinfo", headers, _fields(self._told), "application/warc-fields")

    def _add(self, capture: Capture, told: dict[str, str]) -> None:
        page, answer = capture.page, _id("response", capture)
        same = [("WARC-Target-URI", page.url), ("WARC-Date", _date(capture)), ("WARC-Warcinfo-ID", self._info)]
        self._answer(capture, [("WARC-Record-ID", answer), *same])
        beside = [*same, ("WARC-Concurrent-To", answer)]
        request = _request(page, self._agents.get(page.crawl or ""))
        self._write("request", [("WARC-Record-ID", _id("request", capture)), *beside], b"", "application/http; msgtype=request", request)
        facts = {
            "capture": str(capture.id),
            "portal": page.portal,
            "url": page.url,
            "requested": page.requested_url,
            "origin": page.origin,
            "crawl": page.crawl,
            "robots": page.robots,
            "sha256": capture.sha256,
        }
        fields = {f"arsip-{name}": value for name, value in (facts | told).items() if value}
        self._write("metadata", [("WARC-Record-ID", _id("metadata", capture)), *beside], _fields(fields), "application/warc-fields")

    def _answer(self, capture: Capture, headers: list[tuple[str, str]]) -> None:
        page, kind = capture.page, "application/http; msgtype=response"
        head, payload = _head(page), _sha1(page.body)
        head.compute_headers_buffer()
        earlier = self._written.get(capture.sha256)
        if earlier:
            refers = ("WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
            headers += [("WARC-Profile", SAME_PAYLOAD), *zip(refers, earlier, strict=True)]
            headers += [("WARC-Payload-Digest", payload), ("WARC-Block-Digest", _sha1(head.headers_buff))]
            self._write("revisit", headers, b"", kind, head)
            return
        self._written[capture.sha256] = (_id("response", capture), page.url, _date(capture))
        headers += [("WARC-Payload-Digest", payload), ("WARC-Block-Digest", _sha1(head.headers_buff, page.body))]
        self._write("response", headers, page.body, kind, head)

    def _write(self, kind: str, headers: Sequence[tuple[str, str]], payload: bytes, content_type: str, head: object = None) -> None:
        told = StatusAndHeaders("", [("WARC-Type", kind), *((name, _line(value)) for name, value in headers)], protocol=VERSION)
        record = ArcWarcRecord("warc", kind, told, BytesIO(payload), head, content_type, len(payload), payload_length=len(payload))
        self._writer.write_record(record)


def _head(page: Page) -> ExactHeaders:
    """The status line and headers of an answer, consistent with the body as it is kept."""
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = ""
    return ExactHeaders(f"{page.status} {phrase}".rstrip(), told_headers(page), protocol="HTTP/1.1")


def told_headers(page: Page) -> list[tuple[str, str]]:
    """Headers as a WARC record tells them; `kept_headers` takes it back."""
    told = [(f"{ORIGINAL}{name}" if _speaks_of_the_wire(name) else name, _line(value)) for name, value in page.headers]
    return [*told, ("Content-Length", str(len(page.body)))]


def kept_headers(told: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Headers as the archive had kept them, of a record that it wrote."""
    return tuple((name.removeprefix(ORIGINAL), value) for name, value in told[:-1])


def _speaks_of_the_wire(name: str) -> bool:
    return name.lower() in FRAMING or name.startswith(ORIGINAL)


def _request(page: Page, agent: str | None) -> ExactHeaders:
    """The request, as far as it is known."""
    parts = urlsplit(page.url)
    host = urlsplit(page.origin).netloc if page.origin else parts.netloc
    asked = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return ExactHeaders(f"{asked} HTTP/1.1", [("Host", host), *([("User-Agent", agent)] if agent else [])], protocol="GET")


def _line(value: str) -> str:
    return re.sub(r"[\r\n]+", " ", value)


def _fields(told: dict[str, str]) -> bytes:
    return "".join(f"{name}: {_line(value)}\r\n" for name, value in told.items()).encode()


def _date(capture: Capture) -> str:
    return capture.page.fetched_at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _id(kind: str, capture: Capture) -> str:
    page = capture.page
    return _urn(kind, page.portal, page.url, page.requested_url or "", _date(capture), capture.sha256)


def _urn(*facts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, chr(10).join(facts))}>"


def _sha1(*parts: bytes) -> str:
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return f"sha1:{base64.b32encode(digest.digest()).decode()}"


def agents_of(articles: Database) -> dict[str, str]:
    """The user agent of each crawl."""
    try:
        return dict(articles.execute("select id, user_agent from crawls where user_agent is not null"))
    except sqlite3.OperationalError:
        return {}
