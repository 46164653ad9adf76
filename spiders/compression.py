"""Bodies that come packed: one that breaks off is none."""

import zlib

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response


class WholeBodies(HttpCompressionMiddleware):
    """Scrapy's unpacking, which takes what it finds of a gzip that breaks off: half a page would be archived as an edit."""

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Request | Response:
        packed = (response.headers.get("Content-Encoding") or b"").strip().lower() in (b"gzip", b"x-gzip")
        if packed and breaks_off(response.body, most=request.meta.get("download_maxsize", self._max_size)):
            raise EOFError("the gzip breaks off")
        return super().process_response(request, response)


PIECE = 2**20
"""Bytes that are unpacked at once, and forgotten."""


def breaks_off(packed: bytes, *, most: int) -> bool:
    """Whether a gzip has no end; one that is damaged otherwise, or unpacks to more than `most` bytes, is for whoever unpacks it."""
    unpacking, rest, unpacked = zlib.decompressobj(wbits=31), packed, 0
    try:
        while rest and not unpacking.eof and unpacked <= most:
            unpacked += len(unpacking.decompress(rest, PIECE))
            rest = unpacking.unconsumed_tail
    except zlib.error:
        return False
    return bool(packed) and not unpacking.eof and unpacked <= most
