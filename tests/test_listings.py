"""What portals announce their stories with, read."""

import gzip
import json
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ledger import Announcement
from spiders.feeds import blogger_feed, feed, named_feed, wordpress_posts
from spiders.listings import MOST_PARTS, Document, with_query
from spiders.sitemaps import of_news, sitemap

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2021, 3, 25, 15, tzinfo=WIB)


def document(body: str | bytes, url: str = "https://contoh.id/", **headers: str) -> Document:
    raw = body.encode() if isinstance(body, str) else body
    return Document(url=url, body=raw, headers={name.replace("_", "-"): value for name, value in headers.items()}, zone=WIB, at=NOW)


def blogger(entries: list[dict], *, start: int = 1, total: int | None = None) -> str:
    feed = {"openSearch$startIndex": {"$t": str(start)}, "openSearch$totalResults": {"$t": str(len(entries) if total is None else total)}}
    return json.dumps({"feed": feed | ({"entry": entries} if entries else {})})


ENTRY = {
    "published": {"$t": "2021-03-25T00:20:00.000+07:00"},
    "updated": {"$t": "2021-03-25T10:00:00.123+07:00"},
    "link": [{"rel": "self", "href": "https://contoh.id/feeds/1"}, {"rel": "alternate", "href": "https://contoh.id/2021/03/a.html"}],
}


def test_a_blogger_feed_announces_addresses_with_the_day_in_the_portals_zone():
    reading = blogger_feed(document(blogger([ENTRY])))
    assert reading.announcements == (
        Announcement(url="https://contoh.id/2021/03/a.html", lastmod="2021-03-25T03:00:00+00:00", day="2021-03-25"),
    )
    assert reading.next is None


def test_a_blogger_feed_goes_on_as_long_as_there_are_entries():
    url = "https://contoh.id/feeds/posts/default?alt=json&start-index=151&max-results=150"
    assert blogger_feed(document(blogger([ENTRY] * 150, start=151, total=400), url)).next == with_query(url, {"start-index": "301"})
    assert blogger_feed(document(blogger([ENTRY] * 100, start=301, total=400), url)).next is None
    # A total that promises more than the feed gives must not ask for ever.
    assert blogger_feed(document(blogger([], start=301, total=400), url)).next is None


def test_wordpress_posts_announce_gmt_times_as_local_days():
    posts = [{"link": "https://contoh.id/a/", "date_gmt": "2020-08-03T18:00:00", "modified_gmt": "2020-08-05T01:00:00"}, {"id": 7}]
    reading = wordpress_posts(document(json.dumps(posts), "https://contoh.id/wp-json/wp/v2/posts?page=1", x_wp_totalpages="2"))
    assert reading.announcements == (Announcement(url="https://contoh.id/a/", lastmod="2020-08-05T01:00:00+00:00", day="2020-08-04"),)
    assert reading.next == "https://contoh.id/wp-json/wp/v2/posts?page=2"
    last = wordpress_posts(document(json.dumps(posts), "https://contoh.id/wp-json/wp/v2/posts?page=2", x_wp_totalpages="2"))
    assert last.next is None


def test_an_rss_feed_announces_and_goes_on_until_it_is_empty():
    item = "<item><link> https://contoh.id/a/ </link><pubDate>Mon, 03 Aug 2020 18:00:00 +0000</pubDate></item><item><title>x</title></item>"
    reading = feed(document(f"\n<rss version='2.0'><channel>{item}</channel></rss>", "https://contoh.id/feed/?paged=2"))
    assert reading.announcements == (Announcement(url="https://contoh.id/a/", day="2020-08-04"),)
    assert reading.next == "https://contoh.id/feed/?paged=3"
    assert feed(document("<rss><channel/></rss>", "https://contoh.id/feed/?paged=3")).next is None
    assert feed(document(f"<rss><channel>{item}</channel></rss>", "https://contoh.id/rss")).next is None


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/atom.xml?hal=2"/>
<entry><link rel="self" href="/entri/1"/><link rel="alternate" href="https://contoh.id/a"/>
<published>2020-08-03T18:00:00Z</published><updated>2020-08-05T01:00:00Z</updated></entry>
<entry><link href="/b"/><updated>2020-08-05T01:00:00Z</updated></entry><entry><title>tanpa tautan</title></entry></feed>"""


def test_an_atom_feed_announces_and_links_to_its_next_page():
    reading = feed(document(ATOM, "https://contoh.id/atom.xml"))
    assert reading.announcements == (
        Announcement(url="https://contoh.id/a", lastmod="2020-08-05T01:00:00+00:00", day="2020-08-04"),
        Announcement(url="https://contoh.id/b", lastmod="2020-08-05T01:00:00+00:00"),
    )
    assert reading.next == "https://contoh.id/atom.xml?hal=2"


HEAD = """<html><head><link rel="alternate" type="application/rss+xml" title="Kabar" href="/umpan">
<link rel="alternate" type="application/rss+xml" title="Kabar &raquo; Komentar" href="/umpan/dua">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/"><link rel="alternate" hreflang="id" href="/id">
<link rel="ALTERNATE" type="application/atom+xml" href="https://www.contoh.id/atom"><link rel="alternate" type="application/rss+xml"
href="https://feeds.lain.id/contoh"></head><body><p>Beranda</p></body></html>"""


def test_a_page_names_its_own_feeds_without_those_of_comments():
    reading = named_feed(document(HEAD))
    assert [each.url for each in reading.listings] == ["https://contoh.id/umpan", "https://www.contoh.id/atom"]
    assert reading.announcements == ()
    assert named_feed(document(ATOM)).announcements == feed(document(ATOM)).announcements


@pytest.mark.parametrize(
    ("path", "is_news"),
    [
        ("/sitemap-news.xml", True),
        ("/news-sitemap.xml", True),
        ("/regional/sitemap-news.xml", True),
        ("/sitemap_news.xml.gz", True),
        ("/googlenews.xml", True),
        ("/news/sitemap.xml", False),
        ("/sitemap-news-2021-03.xml", False),
        ("/sitemap.xml", False),
        ("/post-sitemap.xml", False),
    ],
)
def test_a_news_sitemap_is_told_by_its_name(path, is_news):
    assert of_news(f"https://contoh.id{path}") is is_news


NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{declared}><url><loc>https://contoh.id/a</loc>
<news:news><news:publication><news:name>Contoh</news:name></news:publication>
<news:publication_date>2020-08-03T18:00:00+00:00</news:publication_date></news:news></url></urlset>"""


@pytest.mark.parametrize("declared", [' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', ""], ids=["declared", "not declared"])
def test_a_news_sitemap_tells_the_day_of_publication(declared):
    assert sitemap(document(NEWS.format(declared=declared))).announcements == (Announcement(url="https://contoh.id/a", day="2020-08-04"),)


def test_an_index_tells_when_each_sitemap_changed():
    body = "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2020-08-04T09:15:32+07:00</lastmod></sitemap></sitemapindex>"
    assert sitemap(document(body)).listings == (Announcement(url="https://contoh.id/a.xml", lastmod="2020-08-04T02:15:32+00:00"),)


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://contoh.id/a/ </loc><lastmod>2020-08-04T09:15:32+07:00</lastmod></url>
<url><loc>https://contoh.id/b/</loc><lastmod>2020-08-04</lastmod></url>
<url><loc>https://contoh.id/c/</loc><lastmod>kemarin</lastmod></url>
<url><loc>https://contoh.id/d/</loc></url></urlset>"""


@pytest.mark.parametrize("body", [SITEMAP.encode(), gzip.compress(SITEMAP.encode())], ids=["plain", "gzip"])
def test_a_sitemap_announces_with_the_time_of_change_as_far_as_it_tells(body):
    assert [(each.url, each.lastmod) for each in sitemap(document(body)).announcements] == [
        ("https://contoh.id/a/", "2020-08-04T02:15:32+00:00"),
        ("https://contoh.id/b/", "2020-08-04T00:00:00+00:00"),
        ("https://contoh.id/c/", None),
        ("https://contoh.id/d/", None),
    ]


def test_an_index_of_sitemaps_names_those_that_may_list_stories():
    names = [
        "post-sitemap.xml",
        "post-sitemap2.xml",
        "wp-sitemap-posts-post-1.xml",
        "page-sitemap.xml",
        "category-sitemap.xml",
        "post_tag-sitemap.xml",
    ]
    names += ["wp-sitemap-taxonomies-category-1.xml", "wp-sitemap-users-1.xml", "author-sitemap.xml", "sitemap.xml?page=2"]
    rows = "".join(f"<sitemap><loc>https://contoh.id/{name}</loc></sitemap>" for name in names)
    reading = sitemap(document(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'))
    assert [each.url.rpartition("/")[2] for each in reading.listings] == [*names[:4], "sitemap.xml?page=2"]


NO_LISTINGS = [
    "",
    "<html><head><title>Just a moment...</title></head></html>",
    "[",
    '"feed"',
    "{}",
    "null",
    "\x1f\x8bbroken",
    '{"code":"rest_forbidden"}',
]


@pytest.mark.parametrize("read", [blogger_feed, wordpress_posts, feed, named_feed, sitemap])
@pytest.mark.parametrize("body", NO_LISTINGS)
def test_what_is_no_listing_is_said_to_be_none_and_never_empty(read, body):
    with pytest.raises(ValueError, match=r"no |damaged"):
        read(document(body.encode("latin-1")))


@given(body=st.binary(max_size=400))
@pytest.mark.parametrize("read", [blogger_feed, wordpress_posts, feed, named_feed, sitemap])
def test_any_bytes_are_a_listing_or_a_value_error(read, body):
    with suppress(ValueError):
        read(document(body))


@given(
    told=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["feed", "entry", "link", "rel", "href", "$t", "published", "openSearch$startIndex", "date_gmt"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
@pytest.mark.parametrize("read", [blogger_feed, wordpress_posts])
def test_any_json_is_a_listing_or_a_value_error(read, told):
    with suppress(ValueError):
        read(document(json.dumps(told)))


@pytest.mark.parametrize("entry", [True, 7, "berita", {"link": []}])
def test_a_feed_whose_entries_are_none_is_no_feed(entry):
    with pytest.raises(ValueError, match="no Blogger feed"):
        blogger_feed(document(json.dumps({"feed": {"entry": entry}})))


@pytest.mark.parametrize("link", [True, 7, "berita", [7], [{"rel": "alternate", "href": 7}], [{"rel": "alternate"}]])
def test_an_entry_that_links_nowhere_announces_nothing(link):
    assert blogger_feed(document(json.dumps({"feed": {"entry": [{"link": link}, 7]}}))).announcements == ()


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (sitemap, b"<urlset>" + b"<a/>" * (MOST_PARTS + 1)),
        (sitemap, gzip.compress(b"<urlset>" + b"<a/>" * (MOST_PARTS + 1))),
        (feed, b"<rss>" + b"<a/>" * (MOST_PARTS + 1)),
        (wordpress_posts, b"[" + b"{}," * MOST_PARTS + b"{}]"),
        (blogger_feed, b"[" + b"[]," * MOST_PARTS + b"[]]"),
    ],
)
def test_a_listing_of_more_parts_than_memory_is_for_is_refused_unparsed(read, body):
    with pytest.raises(ValueError, match="more than can be read"):
        read(document(body))


EXTERNAL = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY % net SYSTEM "http://127.0.0.1:9/a.dtd"> %net;]>'


def test_an_entity_that_names_a_file_or_another_host_is_not_read():
    urlset = "<urlset><url><loc>https://contoh.id/&file;</loc></url></urlset>"
    channel = "<rss><channel><item><link>https://contoh.id/&file;</link></item></channel></rss>"
    for read, body in ((sitemap, urlset), (feed, channel)):
        assert [told.url for told in read(document(EXTERNAL + body)).announcements] == ["https://contoh.id/"]


def test_an_entity_bomb_is_not_expanded():
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><urlset><url><loc>https://contoh.id/&b;</loc></url></urlset>'
    assert all(len(each.url) < 60 for each in sitemap(document(bomb)).announcements)
