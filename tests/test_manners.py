"""What robots.txt asks for beyond allowing and forbidding."""

from types import SimpleNamespace

import pytest
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.project import get_project_settings

from spiders.manners import CrawlDelay


@pytest.mark.parametrize(
    ("robots", "own", "kept"),
    [
        ("User-agent: *\nCrawl-delay: 10", 2.0, 10.0),
        ("User-agent: ArsipWarta\nCrawl-delay: 4\n\nUser-agent: *\nCrawl-delay: 30", 2.0, 4.0),
        ("User-agent: *\nCrawl-delay: 1", 2.0, 2.0),
        ("User-agent: *\nDisallow: /a", 2.0, 2.0),
        ("User-agent: *\nCrawl-delay: 86400", 2.0, 60.0),
        ("User-agent: *\nCrawl-delay: sebentar", 2.0, 2.0),
    ],
)
def test_the_crawl_delay_is_kept_and_never_shortens_the_crawls_own(robots: str, own: float, kept: float) -> None:
    slot = SimpleNamespace(delay=own)
    engine = SimpleNamespace(downloader=SimpleNamespace(slots={"contoh.id": slot}))
    manners = CrawlDelay(SimpleNamespace(settings=get_project_settings(), engine=engine))
    manners.parsed(ProtegoRobotParser(robots.encode(), None))
    assert slot.delay == kept
    # AutoThrottle lowers it after a quick answer.
    slot.delay = own
    manners.keep()
    assert slot.delay == kept


def test_the_extension_is_loaded_after_autothrottle() -> None:
    settings = get_project_settings()
    assert settings["EXTENSIONS"]["spiders.manners.CrawlDelay"] > settings["EXTENSIONS_BASE"]["scrapy.extensions.throttle.AutoThrottle"]
