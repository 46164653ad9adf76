"""The sample portals behave as the real ones do: pages, feeds, sitemaps, conditional requests, changes while they run."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from sample.server import STORIES, RunningPortal, serve
from sample.stories import StoryError
from tests.asking import Answer, ask

Portals = dict[str, RunningPortal]

SEEDS = Path(__file__).resolve().parent.parent.parent / "shared/data/seeds"
NAMES = ("kebumenekspres", "rakyatbengkulu")
LISTS = {
    "kebumenekspres": """/ /2020/12/ /search/label/Kebumen /2020/10/petani-melon-petanahan-panen-raya.html /p/redaksi.html /robots.txt
        /sitemap.xml /sitemap.xml?page=2 /sitemap-pages.xml /feeds/posts/default?alt=json
        /feeds/posts/default?alt=json&start-index=3&max-results=4&orderby=updated""",
    "rakyatbengkulu": """/ /page/2/ /category/kepahiang/ /tag/pilkada/ /2020/07/02/petani-kopi-kepahiang-mulai-panen/ /redaksi/ /robots.txt
        /wp-sitemap.xml /wp-sitemap-posts-post-2.xml /wp-sitemap-posts-page-1.xml /feed/ /feed/?paged=2
        /wp-json/ /wp-json/wp/v2/posts?per_page=5&page=2""",
}
ADDRESSES = [(name, path) for name, paths in LISTS.items() for path in paths.split()]


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    """The portals as the demo serves them; a test that changes something starts its own."""
    with serve() as running:
        yield running


def listed(portal: RunningPortal) -> list[str]:
    """Every address in the files of a portal's sitemap."""
    index = "/sitemap.xml" if portal.name == "kebumenekspres" else "/wp-sitemap.xml"
    return [url for part in ask(portal, index).loc() for url in ask(portal, part).loc()]


def feed(portal: RunningPortal, **query: object) -> dict[str, Any]:
    answer = ask(
        portal, "/feeds/posts/default?" + urlencode({"alt": "json", **{name.replace("_", "-"): value for name, value in query.items()}})
    )
    assert answer.status == 200
    return dict(json.loads(answer.body)["feed"])


def titles(feed: dict[str, Any]) -> list[str]:
    return [entry["title"]["$t"] for entry in feed.get("entry", [])]


def posts(portal: RunningPortal, **query: object) -> Answer:
    return ask(portal, f"/wp-json/wp/v2/posts?{urlencode(query)}")


def printed_in_order(story: str, pages: str) -> None:
    """Check that every line of a story file stands in the pages' text, in order and to the letter."""
    end = 0
    for line in filter(None, (re.sub(r"^(• |- |## )", "", line.strip()) for line in story.replace("\xa0", " ").splitlines())):
        assert line in pages[end:], f"not printed, or not in its place: {line}"
        end = pages.index(line, end) + len(line)


@pytest.mark.parametrize("name", NAMES)
def test_every_story_is_printed_word_for_word(portals: Portals, name: str) -> None:
    files = sorted((STORIES / name).glob("*.txt"))
    assert len(files) == len(portals[name].stories) >= 25
    for file in files:
        header, _, text = file.read_text(encoding="utf-8").partition("\n---\n")
        slug = re.search(r"^Slug: (.+)$", header, re.MULTILINE)
        assert slug
        url = portals[name].url(slug[1])
        divided = name == "rakyatbengkulu" and "<!--nextpage-->" in text
        pages = [ask(portals[name], address).visible for address in ([url, f"{url}2/"] if divided else [url])]
        printed_in_order(text.replace("<!--nextpage-->", ""), "".join(pages))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two real articles are not part of the public repository")
def test_the_two_real_articles_are_printed_word_for_word() -> None:
    with serve(stories=dict.fromkeys(NAMES, SEEDS), undated=date(2020, 9, 4)) as running:
        for name, day in (("kebumenekspres", date(2021, 3, 25)), ("rakyatbengkulu", date(2020, 9, 4))):
            [file] = SEEDS.glob(f"{name}-*.txt")
            [story] = running[name].stories
            assert (story.slug, story.published.date()) == (file.stem, day)
            printed_in_order(file.read_text(encoding="utf-8"), ask(running[name], running[name].url(story.slug)).visible)


@pytest.mark.parametrize(("name", "path"), ADDRESSES)
def test_an_unchanged_resource_answers_304(portals: Portals, name: str, path: str) -> None:
    portal = portals[name]
    first = ask(portal, path)
    assert (first.status, first.headers["Content-Type"].lower().endswith("charset=utf-8")) == (200, True)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert re.fullmatch(r'"[0-9a-f]+"', etag)
    for headers in ({"If_None_Match": etag}, {"If_None_Match": f'"other", W/{etag}'}, {"If_Modified_Since": modified}):
        again = ask(portal, path, **headers)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert ask(portal, path, If_None_Match='"other"', If_Modified_Since=modified).status == 200
    assert ask(portal, path, If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT").status == 200
    assert ask(portal, path, If_Modified_Since="yesterday").status == 200
    head = ask(portal, path, "HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(first.body)))


@pytest.mark.parametrize("name", NAMES)
def test_pages_print_official_addresses_that_answer(portals: Portals, name: str) -> None:
    portal = portals[name]
    links: set[str] = set()
    for path in ("/", portal.url(portal.stories[3].slug)):
        page = ask(portal, path)
        assert portal.home not in page.text
        links.update(str(link) for link in page.page.xpath("//a/@href") if not str(link).startswith("#"))
        [canonical] = page.page.xpath("//link[@rel='canonical']/@href")
        assert canonical == (f"{portal.origin}/" if path == "/" else path)
    assert all(link.startswith("https://") for link in links)
    own = {link for link in links if urlsplit(link).netloc == urlsplit(portal.origin).netloc}
    without_page = {link for link in own if ask(portal, link).status != 200}
    # Their robots.txt disallows both; behind them are a form and the login.
    assert without_page <= {f"{portal.origin}/share-widget?action=email", f"{portal.origin}/wp-admin/"}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_crawler_can_stumble_over(portals: Portals, name: str) -> None:
    portal = portals[name].portal
    front, site = ask(portals[name], "/").page.xpath("//a/@href"), listed(portals[name])
    refused, deleted, static = portal.url(portal.refused), portal.origin + portal.deleted_path, portal.origin + portal.static_path
    robots = RobotFileParser()
    robots.parse(ask(portals[name], "/robots.txt").text.splitlines())
    assert refused in front
    assert {refused, deleted, static} <= set(site)
    assert [robots.can_fetch("ArsipWarta", url) for url in (refused, deleted, static, portal.url(portal.stories[0]))] == [
        False,
        True,
        True,
        True,
    ]
    assert [ask(portals[name], url).status for url in (refused, deleted, static)] == [200, 404, 200]
    [tracked] = [url for url in front if "utm_source=" in url]
    assert urlsplit(tracked)._replace(query="").geturl() == portal.url(portal.stories[0])
    assert ask(portals[name], tracked).body == ask(portals[name], portal.url(portal.stories[0])).body
    assert {portal.url(story) for story in portal.stories} == set(site) - {refused, deleted, static}


def test_blogger_prints_a_story_in_three_markups(portals: Portals) -> None:
    portal = portals["kebumenekspres"]
    seen = set()
    for story in portal.stories:
        page = ask(portal, portal.url(story.slug)).page
        [body] = page.cssselect("div.post-body.entry-content")
        assert page.cssselect(".post-title.entry-title")[0].text_content().strip() == story.title
        assert [span.text_content() for span in page.cssselect("h2.date-header span")] == [story.printed_date]
        assert [link.text for link in page.cssselect("a[rel=tag]")] == [story.section, *story.tags]
        assert {"br": not body.cssselect("p"), "div": bool(body.xpath("./div[count(*)=1]/br")), "p": bool(body.cssselect("p"))}[
            story.markup
        ]
        seen.add(story.markup)
    assert seen == {"br", "div", "p"}


def test_blogger_list_pages_lead_to_every_story(portals: Portals) -> None:
    portal = portals["kebumenekspres"]
    found, path = [], "/"
    while path:
        page = ask(portal, path).page
        found += [link.get("href") for link in page.cssselect("h3.post-title.entry-title a")]
        path = next((link.get("href") for link in page.cssselect("a.blog-pager-older-link")), "")
    assert found == [portal.url(story.slug) for story in portal.stories]
    assert len(ask(portal, "/2020/12/").page.cssselect("h3.post-title")) == len(
        [s for s in portal.stories if f"{s.published:%Y-%m}" == "2020-12"]
    )


def test_blogger_feed_pages_and_bounds(portals: Portals) -> None:
    portal = portals["kebumenekspres"]
    newest = [story.title for story in portal.stories]
    assert titles(feed(portal, max_results=20)) + titles(feed(portal, start_index=21, max_results=20)) == newest
    assert feed(portal, max_results=4)["openSearch$totalResults"]["$t"] == str(len(newest))
    first, second = portal.stories[4], portal.stories[2]
    bounds = {"published_min": first.published.isoformat(), "published_max": second.published.astimezone(UTC).isoformat()}
    assert titles(feed(portal, **bounds)) == newest[3:5]
    assert "entry" not in feed(portal, published_min="2030-01-01T00:00:00Z")
    entry = feed(portal)["entry"][0]
    assert entry["published"]["$t"] == portal.stories[0].published.isoformat(timespec="milliseconds")
    assert [link["href"] for link in entry["link"] if link["rel"] == "alternate"] == [portal.url(portal.stories[0].slug)]
    assert [label["term"] for label in entry["category"]] == [portal.stories[0].section, *portal.stories[0].tags]
    assert ask(portal, f"/feeds/posts/default?alt=json&published-min={portal.stories[0].published.isoformat()}").status == 400  # a bare +
    assert ask(portal, "/feeds/posts/default?alt=json&max-results=many").status == 400


def test_wordpress_prints_the_theme_and_its_traps(portals: Portals) -> None:
    portal, shapes, graphs = portals["rakyatbengkulu"], set(), set()
    for story in portal.stories:
        page = ask(portal, portal.url(story.slug)).page
        [body] = page.cssselect("div.entry-content.entry-content-single")
        assert [h1.text_content() for h1 in page.cssselect("h1.entry-title")] == [story.title]
        assert page.cssselect("article.content-single time.entry-date.published")[0].get("datetime") == story.published.isoformat()
        assert page.cssselect("time.updated")[0].get("datetime") == story.modified.isoformat()
        assert [link.text for link in page.cssselect(".cat-links-content a")] == [story.section]
        assert [label.text for label in page.cssselect("ul.gmr-socialicon-share > li.text-share")] == ["Bagikan", "Bagikan"]
        assert [link.text for link in body.cssselect("footer.entry-footer a[rel=tag]")] == list(story.tags)
        assert "Editor: " in body.cssselect("footer.entry-footer .gmr-cf-metacontent")[0].text_content()
        assert body.cssselect("p")[0][0].tag == "strong"
        assert len(page.cssselect("aside time.entry-date.published")) == 5
        graphs.add(len(page.xpath("//script[@type='application/ld+json']")))
        for related in body.xpath(
            ".//*[starts-with(normalize-space(), 'Baca Juga')][not(ancestor::*[starts-with(normalize-space(), 'Baca Juga')])]"
        ):
            shapes.add((related.tag, related.get("class"), bool(related.cssselect("span.ctaText"))))
    assert shapes >= {("p", None, False), ("div", "gmr-related-post gmr-related-post-inline", False), ("div", None, True)}
    assert graphs == {0, 1}


def test_wordpress_splits_a_story_over_two_addresses(portals: Portals) -> None:
    portal = portals["rakyatbengkulu"]
    long = [story for story in portal.stories if len(story.pages) == 2]
    assert long
    for story in long:
        url = portal.url(story.slug)
        first, second = ask(portal, url), ask(portal, f"{url}2/")
        assert f"{url}2/" in first.page.xpath("//div[@class='page-links']//a/@href")
        last = story.pages[1][-1].lines[-1]
        assert (last in first.page.text_content(), last in second.page.text_content()) == (False, True)
        assert ask(portal, f"{url}3/").status == 404
    assert ask(portal, portal.url(next(s.slug for s in portal.stories if len(s.pages) == 1)) + "2/").status == 404


def test_wordpress_rest_pages_bounds_and_errors(portals: Portals) -> None:
    portal = portals["rakyatbengkulu"]
    total = len(portal.stories)
    answers = [posts(portal, per_page=12, page=page, _fields="link,title.rendered") for page in (1, 2, 3)]
    assert {(answer.headers["X-WP-Total"], answer.headers["X-WP-TotalPages"]) for answer in answers} == {(str(total), "3")}
    found = [post for answer in answers for post in json.loads(answer.body)]
    assert [post["link"] for post in found] == [portal.url(story.slug) for story in portal.stories]
    assert set(found[0]) == {"link", "title"}
    past = posts(portal, per_page=12, page=4)
    assert (past.status, json.loads(past.body)["code"]) == (400, "rest_post_invalid_page_number")
    for wrong in ({"per_page": 101}, {"page": 0}, {"after": "soon"}, {"orderby": "fame"}, {"order": "up"}):
        refused = posts(portal, **wrong)
        assert (refused.status, json.loads(refused.body)["code"]) == (400, "rest_invalid_param")
    newest, other = portal.stories[0], portal.stories[3]
    local = other.published.replace(tzinfo=None).isoformat()
    assert len(json.loads(posts(portal, after=local).body)) == len(json.loads(posts(portal, after=other.published.isoformat()).body)) == 3
    [oldest] = json.loads(posts(portal, before=portal.stories[-2].published.isoformat(), order="asc").body)
    assert (oldest["date"], oldest["date_gmt"]) == ("2020-07-02T08:41:17", "2020-07-02T01:41:17")
    assert posts(portal, after=newest.published.isoformat()).body == b"[]"
    edited = json.loads(posts(portal, orderby="modified", modified_after="2020-12-07T14:00:00").body)
    assert [post["modified"] for post in edited] == sorted((post["modified"] for post in edited), reverse=True)
    assert len(edited) == 2


def test_wordpress_rss_and_lists_end(portals: Portals) -> None:
    portal = portals["rakyatbengkulu"]
    channels = [etree.fromstring(ask(portal, f"/feed/?paged={page}").body) for page in (1, 2, 3)]
    items = [item for channel in channels for item in channel.findall("channel/item")]
    assert [item.findtext("link") for item in items] == [portal.url(story.slug) for story in portal.stories]
    assert [parsedate_to_datetime(item.findtext("pubDate") or "") for item in items] == [story.published for story in portal.stories]
    assert (ask(portal, "/feed/?paged=4").status, ask(portal, "/page/4/").status, ask(portal, "/category/none/").status) == (404, 404, 404)
    pages = [ask(portal, path).page for path in ("/", "/page/2/", "/page/3/")]
    links = [link.get("href") for page in pages for link in page.cssselect("#infinite-container article div.box-content h2.entry-title a")]
    assert links == [portal.url(story.slug) for story in portal.stories]


@pytest.mark.parametrize("name", NAMES)
def test_an_edited_story_shows_everywhere(name: str) -> None:
    with serve([name]) as running:
        portal = running[name]
        story = portal.stories[7]
        url, other = portal.url(story.slug), portal.url(portal.stories[9].slug)
        before, beside = ask(portal, url), ask(portal, other)
        word = story.pages[0][1].lines[0].split(". ")[0]
        portal.edit(story.slug, word, "Kalimat ini diubah redaksi", at=datetime(2021, 6, 1, 1, 2, 3, tzinfo=UTC))
        after = ask(portal, url, If_None_Match=before.headers["ETag"])
        assert (after.status, after.headers["Last-Modified"]) == (200, "Tue, 01 Jun 2021 01:02:03 GMT")
        assert (word in before.text, word in after.text, "diubah redaksi" in after.text) == (True, False, True)
        assert ask(portal, other, If_None_Match=beside.headers["ETag"]).status == 304
        if name == "kebumenekspres":
            [entry] = feed(portal, orderby="updated", updated_min="2021-05-01T00:00:00Z")["entry"]
            assert (entry["updated"]["$t"], "diubah redaksi" in entry["content"]["$t"]) == ("2021-06-01T08:02:03.000+07:00", True)
        else:
            [post] = json.loads(posts(portal, modified_after="2021-05-01T00:00:00").body)
            assert (post["modified_gmt"], "diubah redaksi" in post["content"]["rendered"]) == ("2021-06-01T01:02:03", True)
        again = portal.edit(story.slug, "diubah", "diganti", at=datetime(2021, 5, 1, tzinfo=UTC))
        assert again.modified == datetime(2021, 6, 1, 1, 2, 4, tzinfo=UTC)
        with pytest.raises(StoryError, match="kata yang tidak ada"):
            portal.edit(story.slug, "kata yang tidak ada", "")


@pytest.mark.parametrize("name", NAMES)
def test_a_removed_story_is_gone_and_an_added_one_there(name: str) -> None:
    with serve([name]) as running:
        portal = running[name]
        story = portal.stories[0]
        url = portal.url(story.slug)
        lists = ["/", *(path for path in LISTS[name].split() if "feed" in path or "json" in path)]
        before = {path: ask(portal, path) for path in lists}
        portal.remove(story.slug)
        assert (ask(portal, url).status, url in listed(portal)) == (404, False)
        for path in lists:
            now = ask(portal, path, If_Modified_Since=before[path].headers["Last-Modified"])
            assert (now.status, url in now.text) == (200, False)
        with pytest.raises(StoryError, match=story.slug):
            portal.remove(story.slug)
        portal.add(replace(story, title="Kembali Tayang"))
        assert (ask(portal, url).status, url in listed(portal), "Kembali Tayang" in ask(portal, "/").text) == (200, True, True)
        with pytest.raises(StoryError, match=story.slug):
            portal.add(story)


def test_a_person_can_change_a_running_portal_over_http() -> None:
    with serve(["kebumenekspres"]) as running:
        portal = running["kebumenekspres"]
        story = portal.stories[0]
        assert ask(portal, "/-/edit", form={"slug": story.slug, "old": story.title, "new": "Judul Baru"}).status == 200
        assert "Judul Baru" in ask(portal, portal.url(story.slug), User_Agent="pembaca").text
        assert portal.requests == [("GET", portal.url(story.slug).removeprefix(portal.origin), 200, "pembaca")]
        assert ask(portal, "/-/edit", form={"slug": story.slug}).status == 400
        assert ask(portal, "/-/remove", form={"slug": "none"}).status == 404
        assert ask(portal, "/-/burn", form={"slug": story.slug}).status == 404
        assert ask(portal, "/-/remove", form={"slug": story.slug}).status == 200
        assert story.slug not in [left.slug for left in portal.stories]


def test_serve_stops_cleanly() -> None:
    before = threading.enumerate()
    with serve() as running:
        home = running["rakyatbengkulu"].home
        assert urlopen(home, timeout=10).status == 200
    assert threading.enumerate() == before
    with pytest.raises(URLError):
        urlopen(home, timeout=10)
