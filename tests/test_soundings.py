"""How far back a way reaches: what is asked besides its first page, and what is told of it."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ledger import Announcement
from spiders.feeds import blogger_feed, feed, named_feed, wordpress_posts
from spiders.listings import Document, Reader, Way
from spiders.sitemaps import sitemap
from spiders.soundings import Beyond, Sounding, beyond, spread
from tests.steady import steady

HOME = "https://contoh.id"


def asked(read: Reader, body: str, *, path: str = "/", headers: dict[str, str] | None = None, **facts: object) -> Beyond:
    way = Way(name="way", url=HOME + path, read=read, **facts)  # type: ignore[arg-type]
    document = Document(
        url=HOME + path, body=body.encode(), headers=headers or {}, zone=ZoneInfo("Asia/Jakarta"), at=datetime(2026, 11, 25, tzinfo=UTC)
    )
    return beyond(way, document, read(document))


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"x-wp-total": "1234", "x-wp-totalpages": "13"}, Beyond(total=1234, further=(f"{HOME}/wp-json/wp/v2/posts?page=13",))),
        ({"x-wp-total": "3", "x-wp-totalpages": "1"}, Beyond(total=3)),
        ({"x-wp-total": "²", "x-wp-totalpages": "many"}, Beyond()),
        ({}, Beyond()),
    ],
)
def test_of_rest_pages_the_last_is_asked(headers, told):
    assert asked(wordpress_posts, "[]", path="/wp-json/wp/v2/posts?page=1", headers=headers) == told


@pytest.mark.parametrize(("total", "start"), [("700", "601"), ("601", "601"), ("600", "451"), ("150", None), ("0", None)])
def test_of_a_blogger_feed_the_last_page_is_asked(total, start):
    body = json.dumps({"feed": {"openSearch$totalResults": {"$t": total}, "entry": []}})
    further = (f"{HOME}/feeds?start-index={start}",) if start else ()
    assert asked(blogger_feed, body, path="/feeds?start-index=1") == Beyond(total=int(total), further=further)


def test_of_a_blogger_feed_that_does_not_say_how_many_it_has_nothing_more_is_asked():
    assert asked(blogger_feed, '{"feed": {}}') == Beyond()


def index(*rows: tuple[str, str]) -> str:
    parts = "".join(f"<sitemap><loc>{HOME}/{name}</loc><lastmod>{day}</lastmod></sitemap>" for name, day in rows)
    return f"<sitemapindex>{parts}</sitemapindex>"


def test_of_an_index_the_first_the_last_and_the_one_that_changed_least_lately_are_asked():
    body = index(("a", "2026-01-01"), ("b", "2019-01-01"), ("c", "2020-01-01"), ("d", "2026-02-01"))
    assert asked(sitemap, body, whole=True) == Beyond(further=tuple(f"{HOME}/{name}" for name in "adb"))


def test_a_small_index_is_asked_whole_and_then_says_all_there_is():
    assert asked(sitemap, index(("a", "2026-01-01"), ("b", "2019-01-01")), whole=True) == Beyond(
        further=(f"{HOME}/a", f"{HOME}/b"), whole=True
    )
    assert asked(sitemap, "<urlset/>", whole=True) == Beyond(whole=True)


def test_further_sitemaps_that_robots_txt_names_are_parts_too():
    assert asked(sitemap, "<urlset/>", whole=True, beside=(f"{HOME}/b",)) == Beyond(further=(f"{HOME}/b",), whole=True)


def test_a_feed_says_no_more_than_its_first_page():
    assert asked(feed, "<rss><channel/></rss>", path="/feed/?paged=1") == Beyond()


def test_of_a_front_page_the_feeds_that_it_names_are_asked():
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
    assert asked(named_feed, page, newest=True) == Beyond(further=(f"{HOME}/rss",))


def test_days_are_told_by_the_address_then_by_publication_then_by_the_last_change():
    sounding = Sounding(way="list", family="tribun", url=HOME)
    sounding.add([Announcement(url=f"{HOME}/2021/03/25/a", day="2026-11-25", lastmod="2026-11-25T00:00:00+00:00")])
    assert (sounding.oldest, sounding.newest, sounding.days_by) == ("2021-03-25", "2021-03-25", "address")
    sounding.add([Announcement(url=f"{HOME}/b", day="2021-03-24", lastmod="2026-11-25T00:00:00+00:00")])
    assert (sounding.oldest, sounding.newest, sounding.days_by) == ("2021-03-24", "2021-03-25", "publication")
    sounding.add([Announcement(url=f"{HOME}/c", lastmod="2022-11-25T00:00:00+00:00"), Announcement(url=f"{HOME}/d")])
    assert (sounding.oldest, sounding.newest, sounding.days_by) == ("2021-03-24", "2022-11-25", "last change")
    assert (sounding.state, sounding.named) == ("answered", 4)
    assert sounding.stories[f"{HOME}/d"] is None


def test_the_newest_the_oldest_and_one_in_the_middle_are_looked_at_first():
    stories: dict[str, str | None] = {f"{day}": f"2021-03-{day:02}" for day in range(1, 10)} | {"undated": None}
    assert spread(stories, 5) == ["9", "1", "5", "8", "2"]
    assert spread(stories, 99)[-1] == "undated"


@steady
@given(st.dictionaries(st.text(), st.none() | st.dates().map(str)), st.integers(0, 12))
def test_no_address_is_looked_at_twice_and_none_is_passed_over(stories, number):
    order = spread(stories, number)
    assert len(order) == len(set(order)) == min(number, len(stories))
    assert set(order) <= set(stories)
