"""How a crawl keeps its distance: Crawl-delay, Retry-After, and when it is told to wait."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.project import get_project_settings

from spiders import manners as spiders_manners
from spiders.manners import LONGEST_WAIT, Manners, Pace, retry_after
from tests.crawling import articles_of, crawl, one_sentence, rows
from tests.raw_server import answering_raw, response
from tests.servers import XML
from tests.test_safety import STORY, sitemap

NOW = datetime(2021, 3, 25, 10, 0, tzinfo=UTC)
SETTINGS = get_project_settings()


class Crawl:
    """As much of a crawler as manners ask for, with one slot of the downloader."""

    def __init__(self, delay: float = 2.0) -> None:
        self.settings = SETTINGS
        self.slot = SimpleNamespace(delay=delay, lastseen=0.0)
        self.engine = SimpleNamespace(downloader=SimpleNamespace(slots={"contoh.id": self.slot}), close_spider_async=self.close)
        self.spider = SimpleNamespace(troubles=[])
        self.closed: list[str] = []

    async def close(self, reason: str) -> None:
        self.closed.append(reason)


@pytest.mark.parametrize(
    ("robots", "kept"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10.0),
        ("User-agent: ArsipWarta\nCrawl-delay: 4\n\nUser-agent: *\nCrawl-delay: 30", 4.0),
        ("User-agent: *\nCrawl-delay: 1", 2.0),
        ("User-agent: *\nDisallow: /a", 2.0),
        ("User-agent: *\nCrawl-delay: 86400", 60.0),
        ("User-agent: *\nCrawl-delay: sebentar", 2.0),
    ],
)
def test_the_crawl_delay_is_kept_and_never_shortens_the_crawls_own(robots: str, kept: float) -> None:
    crawl = Crawl()
    manners = Manners(crawl)  # type: ignore[arg-type]
    manners.parsed(ProtegoRobotParser(robots.encode(), None))
    assert crawl.slot.delay == kept
    # AutoThrottle lowers it after a quick answer.
    crawl.slot.delay = 2.0
    manners.answered(Request("https://contoh.id/"), Response("https://contoh.id/"))
    assert crawl.slot.delay == kept


def test_the_delay_doubles_with_each_trouble_and_comes_back_slowly() -> None:
    pace = Pace(own=2.0, longest=60.0)
    delays = []
    for _ in range(6):
        pace.trouble()
        delays.append(pace.least)
    assert delays == [4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    assert pace.in_a_row == 6
    easing = []
    while pace.least > pace.own:
        pace.better()
        easing.append(pace.least)
    assert easing == sorted(easing, reverse=True)
    assert len(easing) > 20
    assert pace.in_a_row == 0


def test_a_crawl_delay_is_kept_when_the_portal_is_well_again() -> None:
    pace = Pace(own=2.0, longest=60.0, asked=10.0)
    pace.trouble()
    assert pace.least == 20.0
    for _ in range(20):
        pace.better()
    assert pace.least == 10.0


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta()),
        ("Thu, 25 Mar 2021 11:00:00 GMT", timedelta(hours=1)),
        ("Thu, 25 Mar 2021 09:00:00 GMT", timedelta()),
        ("9" * 40, LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("-5", None),
        ("1.5", None),
        ("besok", None),
        ("", None),
        ("Thu, 99 Mar 2021", None),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(header: str, wait: timedelta | None) -> None:
    assert retry_after(Response("https://contoh.id/", headers={"Retry-After": header}), NOW) == wait


def test_an_answer_that_does_not_say_how_long_asks_for_nothing() -> None:
    assert retry_after(Response("https://contoh.id/", status=503), NOW) is None


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Why crawls were ended."""
    told: list[Any] = []
    monkeypatch.setattr(spiders_manners, "stop", lambda crawler, reason, *, trouble: told.append((reason, trouble)))
    return told


def told(manners: Manners, status: int, wait: str | None = None) -> Request:
    """The request for a page that gave this answer."""
    request = Request("https://contoh.id/a")
    manners.answered(request, Response(request.url, status=status, headers={"Retry-After": wait} if wait else None))
    return request


def test_a_short_retry_after_is_waited_out(monkeypatch: pytest.MonkeyPatch, stopped: list[Any]) -> None:
    monkeypatch.setattr(spiders_manners, "monotonic", lambda: 1000.0)
    crawl = Crawl()
    told(Manners(crawl), 503, "90")  # type: ignore[arg-type]
    # The downloader lets the next request out when the delay since `lastseen` is over.
    assert (crawl.slot.lastseen, crawl.slot.delay) == (1090.0, 4.0)
    assert stopped == []


def test_a_long_retry_after_ends_the_crawl_and_the_page_is_not_asked_again_in_it(stopped: list[Any]) -> None:
    request = told(Manners(Crawl()), 429, "3600")  # type: ignore[arg-type]
    assert stopped == [("told to wait", "https://contoh.id/a: status 429, Retry-After 3600 seconds")]
    assert request.meta["dont_retry"]


def test_troubles_in_a_row_end_the_crawl_and_good_answers_between_them_do_not(stopped: list[Any]) -> None:
    manners = Manners(Crawl())  # type: ignore[arg-type]
    for _ in range(20):
        told(manners, 429)
        asyncio.run(manners.process_exception(Request("https://contoh.id/b"), DownloadTimeoutError()))
        told(manners, 404)
    assert stopped == []
    for _ in range(SETTINGS.getint("TROUBLES_IN_A_ROW")):
        # A page that is broken says nothing of the portal, neither way.
        told(manners, 500)
        told(manners, 503)
    assert [reason for reason, _ in stopped] == ["told to wait"]


def test_a_crawl_that_ends_while_it_waits_out_a_retry_after_does_not_wait_for_it(tmp_path):
    paths = [f"/2020/08/{day:02}/a/" for day in range(1, 4)]
    answers = {path: response(b"", "Retry-After: 100", status=503) for path in paths}
    answers |= {"/wp-sitemap.xml": response(sitemap(*paths).encode(), kind=XML)}
    faults = ("-s", 'EXTENSIONS={"tests.faults.EndWhileWaiting": 1, "spiders.report.CrawlReport": 100}')
    with answering_raw(answers) as portal:
        # The command of the test ends long before the third page could be asked for.
        done = crawl("rakyatbengkulu", portal.home, "-s", "DOWNLOAD_DELAY=0.01", *faults, folder=tmp_path)
        assert len([path for path in portal.asked if path in paths]) == 1
    assert "wants no more requests now" in done.stderr
    assert {row["state"] for row in rows(tmp_path, "select state from ledger")} == {"announced"}


def test_a_portal_that_always_says_not_now_is_left_in_peace_and_what_is_left_stays_due(tmp_path):
    paths = [f"/2020/08/{day:02}/a/" for day in range(1, 29)]
    answers = {path: response(b"", status=429) for path in paths} | {"/wp-sitemap.xml": response(sitemap(*paths).encode(), kind=XML)}
    with answering_raw(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        asked = [path for path in portal.asked if path in paths]
        assert len(asked) == SETTINGS.getint("TROUBLES_IN_A_ROW")
    assert done.returncode == 1
    assert "wants no more requests now" in one_sentence(done.stderr)
    assert rows(tmp_path, "select outcome from crawls") == [{"outcome": "told to wait"}]
    states = [row["state"] for row in rows(tmp_path, "select state from ledger order by state")]
    assert states == ["announced"] * 27 + ["failed"]


def test_the_moment_that_a_portal_names_is_kept_in_the_ledger(tmp_path):
    answers = {
        "/wp-sitemap.xml": response(sitemap("/2020/08/04/nanti/", "/2020/08/05/baik/").encode(), kind=XML),
        "/2020/08/04/nanti/": response(b"", "Retry-After: 864000", status=503),
        "/2020/08/05/baik/": response(STORY.encode()),
    }
    with answering_raw(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert portal.asked.count("/2020/08/04/nanti/") == 1
        (failed,) = rows(
            tmp_path,
            "select reason, julianday(next_try) - julianday(started) as days from ledger join crawls on crawls.id = ledger.crawl"
            " where ledger.state = 'failed'",
        )
        assert failed["reason"] == "server error"
        assert 10 <= float(str(failed["days"])) < 10.01
        # The next crawl goes on with the others.
        assert crawl("rakyatbengkulu", portal.home, folder=tmp_path).returncode == 0
        assert portal.asked.count("/2020/08/04/nanti/") == 1
    assert [row["title"] for row in articles_of(tmp_path)] == ["Yang Baik Tetap Masuk Arsip"]
