"""Bodies as they were sent over the wire -> bodies as they were meant: chunks put together, compression undone."""

import re
import zlib
from collections.abc import Callable, Sequence

import brotli  # type: ignore[import-untyped]
import zstandard

LARGEST = 20 * 1024 * 1024
"""Bytes of a body, as it was sent and unpacked; what a crawl takes at most."""
PIECE = 65536
CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


def undone(body: bytes, headers: Sequence[tuple[str, str]]) -> bytes:
    """The body of an answer without transfer and content encoding; ValueError where it breaks off, is damaged or too large.

    Many archives undo an encoding and leave the header that names it: a body that does not begin as its header says is taken as it is.
    """
    if "chunked" in _named(headers, "transfer-encoding") and CHUNK.match(body):
        body = _joined(body)
    for name in reversed(_named(headers, "content-encoding")):
        if name in UNPACK:
            body = UNPACK[name](body)
    return body


def _named(headers: Sequence[tuple[str, str]], header: str) -> list[str]:
    values = (value for name, value in headers if name.lower() == header)
    return [name.strip().lower() for value in values for name in value.split(",")]


def _joined(body: bytes) -> bytes:
    """The chunks of a body, put together."""
    pieces: list[bytes] = []
    place = 0
    while chunk := CHUNK.match(body, place):
        size = int(chunk[1], 16)
        if size == 0:
            return b"".join(pieces)
        begin, place = chunk.end(), chunk.end() + size
        if place > len(body):
            break
        pieces.append(body[begin:place])
        place += 2 if body[place : place + 2] == b"\r\n" else 1
    raise ValueError("a chunk breaks off")


def _gunzipped(body: bytes) -> bytes:
    return _inflated(body, zlib.MAX_WBITS + 16) if body.startswith(b"\x1f\x8b") else body


def _deflated(body: bytes) -> bytes:
    """What servers call deflate: with the header of zlib, or without."""
    if _is_markup(body):
        return body
    framed = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _inflated(body, zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)


def _inflated(body: bytes, wbits: int) -> bytes:
    unpacker = zlib.decompressobj(wbits)
    try:
        unpacked = unpacker.decompress(body, LARGEST + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return _whole(unpacked, ended=unpacker.eof)


def _unbrotlied(body: bytes) -> bytes:
    unpacker, unpacked = brotli.Decompressor(), b""
    try:
        for place in range(0, len(body), PIECE):
            unpacked += unpacker.process(body[place : place + PIECE], output_buffer_limit=LARGEST)
            while len(unpacked) <= LARGEST and not unpacker.can_accept_more_data() and not unpacker.is_finished():
                unpacked += unpacker.process(b"", output_buffer_limit=LARGEST)
            if len(unpacked) > LARGEST:
                break
    except brotli.error as error:
        # Brotli has no mark at its beginning.
        if _is_markup(body):
            return body
        raise ValueError(str(error)) from error
    return _whole(unpacked, ended=unpacker.is_finished())


def _unzstded(body: bytes) -> bytes:
    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body
    try:
        unpacked = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(body).read(LARGEST + 1)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error
    return _whole(unpacked, ended=True)


def _whole(unpacked: bytes, *, ended: bool) -> bytes:
    if len(unpacked) > LARGEST:
        raise ValueError("it is too large")
    if not ended:
        raise ValueError("it breaks off")
    return unpacked


def _is_markup(body: bytes) -> bool:
    return body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _unbrotlied,
    "zstd": _unzstded,
}
