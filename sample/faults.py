"""Answers as no portal should give them: bombs, lies, cuts, drips; each is given the page that an honest portal would send."""

import gzip
import select
import socket
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import brotli  # type: ignore[import-untyped]  # Scrapy brings it along

from sample.portal import HTML, Raw, Resource

BOMB = 200  # MiB of zeros that a bomb becomes
_MIB = bytes(1 << 20)
_PATIENCE = 60.0  # seconds after which the most patient client is sent away
_DRIP = 0.05  # seconds between two bytes


def redirect(target: str, status: int = 302) -> Resource:
    """A redirect to `target`."""
    return Resource(body=b"", status=status, headers={"Location": target})


def refused(status: int, **headers: str) -> Resource:
    """An error page of that status; `Retry_After` names the header Retry-After."""
    body = f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
    return Resource(body=body.encode(), status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


def as_is(body: bytes, *, content_type: str = HTML, encoding: str | None = None, headers: Iterable[tuple[str, str]] = ()) -> Raw:
    """A whole answer with the headers that are given and no other: of one name there may be thousands."""
    told = [("Content-Length", str(len(body))), *([("Content-Encoding", encoding)] if encoding else []), *headers]
    return Raw(write=lambda connection: connection.sendall(head(("Content-Type", content_type), *told) + body))


def claiming(more: int, body: bytes) -> Raw:
    """An answer whose Content-Length is off by so many bytes; the connection is closed behind it in good order."""
    told = head(("Content-Type", HTML), ("Content-Length", str(len(body) + more)))
    return Raw(write=lambda connection: connection.sendall(told + body))


def cut(body: bytes) -> Raw:
    """An answer whose connection is reset in the middle of the body."""

    def write(connection: socket.socket) -> None:
        connection.sendall(head(("Content-Type", HTML), ("Content-Length", str(len(body)))) + body[: len(body) // 2])
        # Closed with nothing to linger for, and before the server ends it in good order, a connection is reset.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return Raw(write=write)


def cut_chunks(body: bytes) -> Raw:
    """A chunked answer that ends without its last chunk."""
    sent = body[: len(body) // 2]
    chunk = f"{len(sent):x}\r\n".encode() + sent + b"\r\n"
    return Raw(write=lambda connection: connection.sendall(head(("Content-Type", HTML), ("Transfer-Encoding", "chunked")) + chunk))


def stream(pieces: Callable[[], Iterator[bytes]]) -> Raw:
    """A chunked answer of any length, never whole in memory."""

    def write(connection: socket.socket) -> None:
        connection.sendall(head(("Content-Type", HTML), ("Transfer-Encoding", "chunked")))
        for piece in pieces():
            connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        connection.sendall(b"0\r\n\r\n")

    return Raw(write=write)


def drip_body(page: bytes) -> Raw:
    """A page behind which bytes come one at a time."""
    return _drip(head(("Content-Type", HTML)) + page)


def drip_header() -> Raw:
    """A header that never ends."""
    return _drip(b"HTTP/1.1 200 OK\r\nX-Tetes: ")


def _drip(opening: bytes) -> Raw:
    """An answer that begins with `opening` and goes on a byte at a time, for as long as the client waits."""

    def write(connection: socket.socket) -> None:
        connection.sendall(opening)
        for _ in range(int(_PATIENCE / _DRIP)):
            if _left(connection, _DRIP):
                return
            connection.sendall(b".")

    return Raw(write=write)


def silence() -> Raw:
    """No answer at all, for as long as the client waits."""

    def write(connection: socket.socket) -> None:
        _left(connection, _PATIENCE)

    return Raw(write=write)


def _left(connection: socket.socket, seconds: float) -> bool:
    """Whether the client goes away within so many seconds."""
    readable, _, _ = select.select([connection], [], [], seconds)
    return bool(readable) and not connection.recv(1)


def head(*headers: tuple[str, str], status: str = "200 OK") -> bytes:
    """A status line and headers."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1")


@cache
def gzip_bomb() -> bytes:
    """A gzip stream of a member a MiB, so that it costs nothing to make."""
    return gzip.compress(_MIB, mtime=0) * BOMB


@cache
def deflate_bomb() -> bytes:
    """A zlib stream."""
    packer = zlib.compressobj()
    return b"".join([*(packer.compress(_MIB) for _ in range(BOMB)), packer.flush()])


@cache
def brotli_bomb() -> bytes:
    """A brotli stream."""
    packer = brotli.Compressor(quality=1)
    return b"".join([*(packer.process(_MIB) for _ in range(BOMB)), packer.finish()])


def jpeg() -> bytes:
    """The beginning of a photograph, and noise."""
    return bytes.fromhex("ffd8ffe000104a46494600010101004800480000ffdb") + bytes(range(256)) * 200


def urlset(*urls: str, dtd: str = "") -> bytes:
    """A sitemap of these addresses, which are written as they are."""
    rows = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<?xml version="1.0"?>{dtd}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()


def index(url: str) -> bytes:
    """An index of one sitemap."""
    return f'<?xml version="1.0"?><sitemapindex><sitemap><loc>{url}</loc></sitemap></sitemapindex>'.encode()


def laughs(*_: str) -> bytes:
    """Entities that would become a thousand million words."""
    entities = "".join(f'<!ENTITY t{level} "{f"&t{level - 1};" * 10}">' for level in range(1, 10))
    return urlset("&t9;", dtd=f'<!DOCTYPE urlset [<!ENTITY t0 "tawa">{entities}]>')


def outside(_: str, elsewhere: str) -> bytes:
    """Entities that would be read from the machine's own files and from another server."""
    entities = f'<!ENTITY berkas SYSTEM "file:///etc/passwd"><!ENTITY luar SYSTEM "{elsewhere}/entitas">'
    dtd = f'<!DOCTYPE urlset SYSTEM "{elsewhere}/sitemap.dtd" [{entities}]>'
    return urlset("&berkas;", "&luar;", dtd=dtd)
