"""The closed list of reasons: whole, in step with the states, and holding whatever the pipelines and the network can give."""

import ast
import gzip
import inspect
import zlib
from types import ModuleType

import pytest
from OpenSSL.SSL import Error as TLSError
from scrapy import exceptions
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from sqlite_utils import Database
from twisted.internet import error
from twisted.python.failure import Failure
from twisted.web.client import ResponseNeverReceived

from archive import reasons, schema
from archive.reasons import OF_WORDS, REASONS, STATES, of_refusal, of_status, refuse_unlisted, state_for
from archive.records import GONE
from pipelines import extract, kinds, press
from spiders.site import ElsewhereError
from spiders.trouble import IGNORED, RAISED, reason_of, trouble_of

GIVING = {"_refused_unread", "refusal", "_without_text", "listed", "told_list"}
"""Functions of the pipelines that give a refusal."""


def said(expression: ast.expr, module: ModuleType) -> set[str]:
    """The strings that an expression may be; what it calls says its own."""
    match expression:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=name):
            value = getattr(module, name, None)
            return {value} if isinstance(value, str) else set()
        case ast.JoinedStr():
            # A refusal with a detail: what stands before the colon is the reason.
            return {eval(compile(ast.Expression(expression), "refusal", "eval"), {**vars(module), "page": PAGE, "content_type": "x"})}
        case ast.IfExp(body=one, orelse=other):
            return said(one, module) | said(other, module)
        case ast.BoolOp(values=values):
            return set().union(*(said(value, module) for value in values))
    return set()


class PAGE:
    """What refusals that are put together name of a page."""

    status = 206


def refusals(module: ModuleType) -> set[str]:
    """Every refusal that a module's code writes down."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.FunctionDef) and node.name in GIVING:
            returns = [each for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
            found |= set().union(*(said(each.value, module) for each in returns if each.value))
        if isinstance(node, ast.keyword) and node.arg == "refusal":
            found |= said(node.value, module)
    return found


def test_every_refusal_of_the_pipelines_is_in_the_list() -> None:
    given = set().union(*(refusals(module) for module in (kinds, extract, press)))
    # The walk over the code finds those that stand there in any way.
    assert {kinds.A_TAG, kinds.NOT_FOUND, kinds.NO_TEXT, "an empty page", "no article's address", "not HTML: x", GONE} <= given
    assert "an unexpected status: status 206" in given
    for refusal in given - {GONE}:
        refuse_unlisted(reasons.NOT_ARTICLE, of_refusal(refusal)[0])


def test_every_reason_of_a_page_that_is_no_article_can_be_given() -> None:
    given = {of_refusal(refusal)[0] for module in (kinds, extract, press) for refusal in refusals(module)}
    listed = {reason.words for reason in REASONS if reason.states[0] == reasons.NOT_ARTICLE}
    assert listed - given == {reasons.ELSEWHERE, reasons.UNSAFE_ADDRESS}


def test_the_list_is_whole_and_names_no_reason_twice() -> None:
    assert len(OF_WORDS) == len(REASONS)
    for reason in REASONS:
        assert reason.states
        assert set(reason.states) <= set(STATES)
        # The words stand in statistics behind a slash, and before a colon in a refusal.
        assert not {"/", ":"} & set(reason.words)
        assert len(reason.words) < 45
        assert reason.means.endswith(".")
    constants = {value for name, value in vars(reasons).items() if name.isupper() and isinstance(value, str)}
    assert constants - set(STATES) - {GONE} <= set(OF_WORDS)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        *((status, "refused by the server") for status in (400, 401, 403, 406, 451)),
        (404, "not found"),
        (408, "no answer in time"),
        (410, "taken down"),
        (429, "too many requests"),
        *((status, "server error") for status in (500, 502, 503, 504, 520, 599)),
        *((status, "an unexpected status") for status in (206, 302, 304, 999)),
    ],
)
def test_a_status_is_a_reason(status: int, reason: str) -> None:
    assert of_status(status) == reason
    failure = Failure(HttpError(Response("https://kabar.example/", status=status), "ignored"))
    assert trouble_of(failure) == (reason, f"status {status}")
    assert reason_of(failure) == f"{reason}, status {status}"


def wrapped(problem: BaseException) -> BaseException:
    """The problem as Scrapy raises it: inside its own exception, inside Twisted's."""
    outer = exceptions.DownloadFailedError("failed")
    outer.__cause__ = ResponseNeverReceived([Failure(problem)])
    return outer


@pytest.mark.parametrize("wrap", [lambda problem: problem, wrapped], ids=["bare", "wrapped"])
@pytest.mark.parametrize(
    ("problem", "state", "reason", "detail"),
    [
        (ElsewhereError("leads to another site: lain.example"), "not an article", "leads to another site", "lain.example"),
        (exceptions.IgnoreRequest("Forbidden by robots.txt"), "refused by robots", "robots.txt forbids it", None),
        (exceptions.IgnoreRequest("max redirections reached"), "failed", "too many redirects", None),
        (exceptions.IgnoreRequest("body exceeded during decompression."), "failed", "too large", None),
        (exceptions.DownloadCancelledError("larger than allowed"), "failed", "too large", None),
        (error.DNSLookupError(), "failed", "the host is unknown", None),
        (exceptions.CannotResolveHostError(), "failed", "the host is unknown", None),
        (error.ConnectionRefusedError(), "failed", "the connection was refused", None),
        (error.TCPTimedOutError(), "failed", "no answer in time", None),
        (exceptions.DownloadTimeoutError(), "failed", "no answer in time", None),
        (error.ConnectionLost(), "failed", "the connection was lost", None),
        (error.NoRouteError(osError="No route to host"), "failed", "no connection", "No route to host: No route to host."),
        (TLSError("certificate verify failed"), "failed", "no secure connection", "certificate verify failed"),
        (gzip.BadGzipFile("Not a gzipped file"), "failed", "bad compression", "Not a gzipped file"),
        (zlib.error("invalid code"), "failed", "bad compression", "invalid code"),
        (exceptions.UnsupportedURLSchemeError("ftp"), "not an article", "unsafe address", "ftp"),
        (ValueError("an odd\n  header"), "failed", "another error", "ValueError: an odd header"),
    ],
)
def test_a_failure_is_a_reason(problem: BaseException, wrap, state: str, reason: str, detail: str | None) -> None:
    found = trouble_of(Failure(wrap(problem)))
    assert found.reason == reason
    assert found.detail == detail
    assert state_for(reason) == state
    # A further page that fails in this way makes the whole story fail.
    refuse_unlisted(reasons.FAILED, reason)


def test_every_row_of_trouble_gives_a_reason_of_the_list() -> None:
    assert {reason for _, reason in (*RAISED, *IGNORED)} <= set(OF_WORDS)


def test_what_older_versions_noted_in_free_words_becomes_a_reason_and_a_detail() -> None:
    database = Database(memory=True)
    schema.articles.apply(database, stop_before="reasons")
    noted = {
        ("failed", "status 503"): ("server error", "status 503"),
        ("failed", "status 403"): ("refused by the server", "status 403"),
        ("failed", "status 429"): ("too many requests", "status 429"),
        ("failed", "page 2: status 500"): ("server error", "page 2: status 500"),
        ("failed", "page 3: robots.txt"): ("robots.txt forbids it", "page 3: robots.txt"),
        ("failed", "page 2: the connection was lost"): ("the connection was lost", "page 2: the connection was lost"),
        ("failed", "the host is unknown"): ("the host is unknown", None),
        ("failed", "press: ValueError: x"): ("the rules failed on it", "press: ValueError: x"),
        ("failed", "held, and now no text"): ("held, and now no article", "held, and now no text"),
        ("failed", "SSLError: x"): ("another error", "SSLError: x"),
        ("refused by robots", "robots.txt"): ("robots.txt forbids it", "robots.txt"),
        ("not an article", "leads to another site: x.id"): ("leads to another site", "leads to another site: x.id"),
        ("not an article", "not HTML: image/png"): ("not HTML", "not HTML: image/png"),
        ("not an article", "no headline"): ("no headline", None),
        ("gone", "gone"): (None, None),
        ("archived", None): (None, None),
    }
    for number, (state, reason) in enumerate(noted):
        row = {"url": str(number), "portal": "x", "announced_at": "", "announced_through": "feed", "state": state, "reason": reason}
        database.table("ledger").insert(row)
    schema.articles.apply(database)
    rows = list(database.query("select state, reason, detail from ledger order by cast(url as integer)"))
    assert [(row["reason"], row["detail"]) for row in rows] == list(noted.values())
    for row in rows:
        if row["reason"]:
            refuse_unlisted(row["state"], row["reason"])


@pytest.mark.parametrize(("status", "state"), [(302, "failed"), (403, "failed"), (429, "failed"), (503, "failed"), (404, "gone")])
def test_an_address_that_answers_with_another_status_has_not_settled_its_story(status: int, state: str) -> None:
    assert state_for(of_status(status)) == state
