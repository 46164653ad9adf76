"""Why a request failed, in words for the ledger and the report."""

from gzip import BadGzipFile

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet import error
from twisted.python.failure import Failure

from spiders.connections import HeadTooLargeError

TOO_MANY_REDIRECTS = "too many redirects"
TOO_LARGE = "too large"

IN_WORDS = (
    (BadGzipFile, "damaged gzip"),
    (DownloadTimeoutError, "no answer in time"),
    # Nothing else cancels a download: DOWNLOAD_MAXSIZE is reached.
    (DownloadCancelledError, TOO_LARGE),
    (HeadTooLargeError, "too large a header"),
    (error.DNSLookupError, "the host is unknown"),
    (error.ConnectionRefusedError, "the connection was refused"),
    ((error.TimeoutError, error.TCPTimedOutError, TimeoutError), "no answer in time"),
    ((error.ConnectionLost, error.ConnectionDone), "the connection was lost"),
)


def reason_of(failure: Failure) -> str:
    """A few words: `status 503`, `the host is unknown`, `robots.txt` …"""
    problem = failure.value
    if isinstance(problem, HttpError):
        return f"status {problem.response.status}"
    if isinstance(problem, IgnoreRequest):
        return _ignored(str(problem))
    for kinds, words in IN_WORDS:
        if isinstance(problem, kinds):
            return words
    return _innermost(problem)


def _ignored(said: str) -> str:
    """What a middleware said when it dropped a request or an answer: ours in our words, Scrapy's own in shorter ones."""
    if said == "max redirections reached":
        return TOO_MANY_REDIRECTS
    return f"{TOO_LARGE} unpacked" if "during decompression" in said else said


def _innermost(problem: BaseException | None) -> str:
    """The reason in an error that wraps others, as Twisted's ResponseNeverReceived and Scrapy's own do."""
    for reason in getattr(problem, "reasons", None) or []:
        if isinstance(reason, Failure):
            return reason_of(reason)
    cause = problem.__cause__ if problem else None
    if isinstance(cause, BaseException):
        return reason_of(Failure(cause))  # type: ignore[no-untyped-call]
    return " ".join(f"{type(problem).__name__}: {problem}".split())
