"""Why a request failed, as a reason of the ledger's list."""

import gzip
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from OpenSSL.SSL import Error as TLSError
from scrapy import exceptions
from scrapy.spidermiddlewares.httperror import HttpError
from service_identity import CertificateError, VerificationError
from twisted.internet import error
from twisted.python.failure import Failure

from archive import reasons
from spiders.connections import HeadTooLargeError
from spiders.safety import ForbiddenAddressError
from spiders.site import ElsewhereError

Kinds = tuple[type[BaseException], ...]

RAISED: tuple[tuple[Kinds, str], ...] = (
    # Requests that were not sent, by the exceptions of our own middlewares.
    ((ElsewhereError,), reasons.ELSEWHERE),
    ((ForbiddenAddressError,), reasons.UNSAFE_ADDRESS),
    # The network, by Twisted's exceptions and Scrapy's.
    ((error.DNSLookupError, exceptions.CannotResolveHostError), reasons.HOST_UNKNOWN),
    ((error.ConnectionRefusedError, exceptions.DownloadConnectionRefusedError), reasons.CONNECTION_REFUSED),
    ((error.TimeoutError, error.TCPTimedOutError, TimeoutError, exceptions.DownloadTimeoutError), reasons.NO_ANSWER),
    ((error.ConnectionLost, error.ConnectionDone, exceptions.ResponseDataLossError), reasons.CONNECTION_LOST),
    ((TLSError, VerificationError, CertificateError), reasons.NOT_SECURE),
    ((error.ConnectError,), reasons.NO_CONNECTION),
    # What came, or what was asked for.
    # Nothing else cancels a download: DOWNLOAD_MAXSIZE is reached.
    ((exceptions.DownloadCancelledError, HeadTooLargeError), reasons.TOO_LARGE),
    ((gzip.BadGzipFile, zlib.error, struct.error, EOFError), reasons.BAD_COMPRESSION),
    ((exceptions.UnsupportedURLSchemeError, exceptions.NotSupported), reasons.UNSAFE_ADDRESS),
)
"""The reason that an exception is; the first row that fits counts."""

IGNORED = (
    ("robots.txt unreachable", reasons.ROBOTS_UNREACHABLE),
    ("robots.txt", reasons.ROBOTS_FORBIDS),
    ("max redirections reached", reasons.TOO_MANY_REDIRECTS),
    ("during decompression", reasons.TOO_LARGE),
)
"""What middlewares say with an IgnoreRequest that is told apart by nothing else."""

TELLS_MORE = frozenset({reasons.ELSEWHERE, reasons.NO_CONNECTION, reasons.NOT_SECURE, reasons.BAD_COMPRESSION, reasons.UNSAFE_ADDRESS})
"""Reasons whose exception says something that the reason does not."""


class Trouble(NamedTuple):
    """A reason of `archive/reasons.py`, and what is particular."""

    reason: str
    detail: str | None = None


def reason_of(failure: Failure) -> str:
    """A few words: `server error, status 503`, `the host is unknown`, `robots.txt forbids it` …"""
    reason, detail = trouble_of(failure)
    return f"{reason}, {detail}" if detail else reason


def trouble_of(failure: Failure) -> Trouble:
    """The reason and the detail of a failure, by the exception or by one that it wraps."""
    problems = list(_within(failure.value))
    found = next((trouble for problem in problems if (trouble := _known(problem))), None)
    return found or Trouble(reasons.ANOTHER_ERROR, f"{type(problems[-1]).__name__}: {_text(problems[-1])}")


def _known(problem: BaseException) -> Trouble | None:
    if isinstance(problem, HttpError):
        status, leads = problem.response.status, (problem.response.headers.get("Location") or b"").decode("latin-1")
        if 300 <= status < 400 and urlsplit(leads).scheme not in ("", "http", "https"):
            return Trouble(reasons.UNSAFE_ADDRESS, f"leads to {leads}")
        return Trouble(reasons.of_status(status), f"status {status}")
    for kinds, reason in RAISED:
        if isinstance(problem, kinds):
            return Trouble(reason, _text(problem).removeprefix(f"{reason}: ") or None if reason in TELLS_MORE else None)
    if isinstance(problem, exceptions.IgnoreRequest):
        return next((Trouble(reason) for words, reason in IGNORED if words in str(problem)), None)
    return None


def _within(problem: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it wraps, as Twisted's ResponseNeverReceived and Scrapy's own do."""
    if problem is None:
        return
    yield problem
    for wrapped in getattr(problem, "reasons", None) or []:
        if isinstance(wrapped, Failure):
            yield from _within(wrapped.value)
    yield from _within(problem.__cause__)


def _text(problem: BaseException) -> str:
    """What an error says, on one line."""
    return " ".join(str(problem).split())
