"""The sample portals along the Serayu: addresses, lists, feeds and sitemaps of their families, and stories that press reads whole."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree, html

from archive.records import Page
from pipelines.addresses import identity
from pipelines.extract import next_page
from pipelines.kinds import NOT_FOUND
from pipelines.press import press
from pipelines.rules import Rules
from sample.portal import Portal
from sample.server import PORTALS, STORIES, RunningPortal, serve
from sample.stories import Block, Story, read_stories
from spiders.families.disway import Disway
from spiders.families.promedia import Promedia
from spiders.families.tribun import Tribun
from tests.asking import ask
from tests.builders import at
from tests.crawling import articles_of, crawl

RULES = {"harianserayu": Disway.rules, "radarserayu": Promedia.rules, "tribunserayu": Tribun.rules, "kabarserayu": Rules()}
SITEMAPS = dict.fromkeys(RULES, "/sitemap.xml") | {"kabarserayu": "/peta-situs/indeks.xml"}
FEEDS = {"harianserayu": "/rss", "tribunserayu": "/rss", "kabarserayu": "/umpan/berita"}
LINKS = {
    "harianserayu": "div.media-content h2.media-heading a",
    "radarserayu": ".latest__item .latest__title a.latest__link",
    "tribunserayu": "#latestul h3 a",
    "kabarserayu": ".daftar a.judul-baris",
}
ADDRESSES = {
    "harianserayu": """/ /kategori/berita /kategori/berita/30 /kategori/cilacap /listtag/4318/nelayan /author/nurul-hidayah
        /search/kata/?c=pasar /redaksi /rss /rss/kebumen /sitemap.xml /sitemap-2021-03.xml /sitemap-halaman.xml /robots.txt""",
    "radarserayu": """/ /indeks-berita /indeks-berita?page=4 /cilacap /cilacap?page=1 /tag/nelayan /author/nurul-hidayah
        /search?q=pasar /about-us /sitemap.xml /sitemap-news.xml /sitemap-web-2020-11.xml /sitemap-web-halaman.xml /robots.txt""",
    "tribunserayu": """/ /index-news /index-news?page=2 /index-news?date=2021-3-17&page=1 /cilacap /topic/nelayan /tag/nelayan
        /author/nurul-hidayah /search?q=pasar /redaksi /rss /sitemap.xml /regional/sitemap-news.xml
        /regional/sitemap-2021-01.xml /robots.txt""",
    "kabarserayu": """/ /indeks /indeks?halaman=4 /kategori/cilacap /tag/nelayan /penulis/nurul-hidayah /cari?q=pasar
        /tentang-kami /atom.xml /peta-situs/indeks.xml /peta-situs/berita-2021-02.xml.gz /robots.txt""",
}
FURTHER = {"harianserayu": "/15", "radarserayu": "?page=2", "tribunserayu": "?page=2", "kabarserayu": "?halaman=2"}
WITHOUT = {
    "harianserayu": "/kategori/berita/15 /kategori/none /listtag/1/none /rss/none /wp-json/wp/v2/posts /feed/",
    "radarserayu": "/rss /none /tag/none /feed/ /wp-json/wp/v2/posts",
    "tribunserayu": "/none /topic/none /feed/ /wp-json/wp/v2/posts",
    "kabarserayu": "/rss /feed /sitemap.xml /tag/none /wp-json/wp/v2/posts",
}

each_portal = pytest.mark.parametrize("name", RULES)


@pytest.fixture(scope="module")
def portals() -> Iterator[dict[str, RunningPortal]]:
    """The four portals; a test that changes something starts its own."""
    with serve(RULES) as running:
        yield running


def portal_of(name: str) -> Portal:
    """A portal that is asked without a server."""
    return PORTALS[name](read_stories(STORIES / "serayu", portal=name))


def fetched(portal: Portal, url: str) -> Page:
    """The page at an official address."""
    parts = urlsplit(url)
    answer = portal.resource(parts.path, dict(parse_qsl(parts.query)))
    return Page(
        url=url,
        portal=portal.name,
        fetched_at=at(3000),
        body=answer.body,
        status=answer.status,
        headers=(("Content-Type", answer.content_type),),
    )


def rules_of(name: str) -> Rules:
    """The rules that a spider of that portal has."""
    return replace(RULES[name], site_names=(PORTALS[name].title,))


def whole(portal: Portal, story: Story, rules: Rules) -> Page:
    """All pages of a story, as a spider follows them."""
    page = last = fetched(portal, portal.url(story))
    while (following := next_page(last, rules)) and following not in {page.url, *(each.url for each in page.rest)}:
        last = fetched(portal, following)
        page = replace(page, rest=(*page.rest, last))
    return page


def written(story: Story) -> str:
    """The text of a story as its author wrote it."""

    def text(block: Block) -> str:
        return "\n".join(f"- {line}" for line in block.lines) if block.kind == "list" else " ".join(block.lines)

    return "\n\n".join(text(block) for block in story.blocks if block.kind != "related")


def sitemap_files(portal: RunningPortal) -> dict[str, list[str]]:
    """The addresses in each file that the index of the sitemaps names."""
    found = {}
    for part in ask(portal, SITEMAPS[portal.name]).loc():
        answer = ask(portal, part)
        body = gzip.decompress(answer.body) if part.endswith(".gz") else answer.body
        found[part] = [loc.text or "" for loc in etree.fromstring(body).iter("{*}loc")]
    return found


def listed(portal: RunningPortal, path: str, following: Callable[[html.Element], str]) -> list[list[str]]:
    """The links on each page of a list, followed to its end."""
    pages = []
    while path:
        page = ask(portal, path).page
        pages.append([link.get("href") for link in page.cssselect(LINKS[portal.name])])
        path = following(page)
    return pages


def test_the_stories_lie_apart_and_two_days_between_them_are_silent() -> None:
    stories = portal_of("harianserayu").stories
    days = {story.published.date() for story in stories}
    assert len(stories) >= 24
    assert max(days) - min(days) >= timedelta(days=90)
    assert not days & {date(2021, 3, 19), date(2021, 3, 20)}
    assert days >= {date(2021, 3, 18), date(2021, 3, 21)}
    assert sorted(len(story.pages) for story in stories if len(story.pages) > 1) == [2, 3]
    assert sum(block.kind == "related" for story in stories for block in story.blocks) >= 5


@each_portal
def test_press_reads_every_story_as_its_author_wrote_it(name: str) -> None:
    portal, rules = portal_of(name), rules_of(name)
    for story in portal.stories:
        article = press(whole(portal, story, rules), rules)
        assert (article.refusal, article.url, article.title) == (None, portal.url(story), story.title)
        assert article.body == written(story)
        assert article.published
        assert datetime.fromisoformat(article.published.iso) == story.published
        assert article.published.precision in ("minute", "second")
        assert (article.place, article.authors, article.editors) == (story.place, story.reporters, story.editors)
        assert (article.pages, article.flags) == (len(story.pages), ())
        if rules.section:
            assert (article.section, article.tags) == (story.section, story.tags)


@pytest.mark.parametrize("name", ["radarserayu", "tribunserayu"])
def test_a_story_can_be_read_on_one_page(name: str) -> None:
    portal, rules = portal_of(name), rules_of(name)
    for story in portal.stories:
        page = fetched(portal, f"{portal.url(story)}?page=all")
        assert (press(page, rules).body, next_page(page, rules)) == (written(story), None)


@each_portal
def test_what_is_no_story_is_told_from_one(name: str) -> None:
    portal, rules = portal_of(name), rules_of(name)
    deleted = press(fetched(portal, portal.origin + portal.deleted_path), rules)
    assert deleted.refusal == (NOT_FOUND if name == "kabarserayu" else "gone")
    # Without rules a list can be told from a story, and a page of two paragraphs cannot.
    told = "" if rules.body else r"indeks|kategori|tag/|penulis"
    paths = [path for path in ADDRESSES[name].split() if re.search(told, path)]
    assert [path for path in paths if not press(fetched(portal, portal.origin + path), rules).refusal] == []


@each_portal
def test_an_unchanged_resource_answers_304(portals: dict[str, RunningPortal], name: str) -> None:
    portal = portals[name]
    long = next(story for story in portal.stories if len(story.pages) > 1)
    url = portal.url(long.slug)
    for path in (*ADDRESSES[name].split(), url, url + FURTHER[name], url + "/amp"):
        first = ask(portal, path)
        assert (path, first.status) == (path, 200)
        for headers in ({"If_None_Match": first.headers["ETag"]}, {"If_Modified_Since": first.headers["Last-Modified"]}):
            again = ask(portal, path, **headers)
            assert (again.status, again.body) == (304, b"")


@each_portal
def test_what_a_portal_does_not_have_answers_404(portals: dict[str, RunningPortal], name: str) -> None:
    assert [path for path in WITHOUT[name].split() if ask(portals[name], path).status != 404] == []


def test_a_story_that_is_not_there_answers_200_where_the_portal_has_no_better_manners(portals: dict[str, RunningPortal]) -> None:
    answers = {name: ask(running, running.portal.deleted_path) for name, running in portals.items()}
    assert {name: answer.status for name, answer in answers.items()} == {name: 200 if name == "kabarserayu" else 404 for name in RULES}
    assert all("Halaman tidak ditemukan" in answer.visible for answer in answers.values())


@each_portal
def test_the_sitemap_names_every_story_and_what_a_crawler_can_stumble_over(portals: dict[str, RunningPortal], name: str) -> None:
    running, portal = portals[name], portals[name].portal
    files = sitemap_files(running)
    named = {url for urls in files.values() for url in urls}
    refused, deleted, static = portal.url(portal.refused), portal.origin + portal.deleted_path, portal.origin + portal.static_path
    assert named == {refused, deleted, static} | {portal.url(story) for story in portal.stories}
    for month in ("2020-11", "2020-12", "2021-01", "2021-02", "2021-03"):
        [urls] = [urls for part, urls in files.items() if month in part]
        assert {portal.url(story) for story in portal.stories if f"{story.published:%Y-%m}" == month} == set(urls) - {refused, deleted}
    index = etree.fromstring(ask(running, SITEMAPS[name]).body)
    assert all(datetime.fromisoformat(sitemap.findtext("{*}lastmod")) for sitemap in index)
    robots = RobotFileParser()
    robots.parse(ask(running, "/robots.txt").text.splitlines())
    assert portal.origin + SITEMAPS[name] in (robots.site_maps() or [])
    assert [robots.can_fetch("ArsipWarta", url) for url in (refused, deleted, static, portal.url(portal.stories[0]))] == [
        False,
        True,
        True,
        True,
    ]
    assert ask(running, static).status == ask(running, refused).status == 200


@pytest.mark.parametrize(("name", "path"), [("radarserayu", "/sitemap-news.xml"), ("tribunserayu", "/regional/sitemap-news.xml")])
def test_a_news_sitemap_goes_back_two_days(portals: dict[str, RunningPortal], name: str, path: str) -> None:
    portal = portals[name]
    rows = etree.fromstring(ask(portal, path).body)
    told = {row.findtext("{*}loc"): datetime.fromisoformat(row.findtext(".//{*}publication_date")) for row in rows}
    since = portal.stories[0].published - timedelta(days=2)
    assert told == {portal.url(story.slug): story.published for story in portal.stories if story.published >= since}
    assert 1 < len(told) < 10
    assert portal.origin + path in ask(portal, "/sitemap.xml").loc()


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_holds_the_ten_newest_stories(portals: dict[str, RunningPortal], name: str) -> None:
    portal = portals[name]
    newest = [(portal.url(story.slug), story.published) for story in portal.stories[:10]]
    feed = etree.fromstring(ask(portal, FEEDS[name]).body)
    if name == "kabarserayu":
        told = [
            (entry.find("{*}link").get("href"), datetime.fromisoformat(entry.findtext("{*}published"))) for entry in feed.iter("{*}entry")
        ]
        [announced, _] = ask(portal, "/").page.xpath("//link[@type='application/atom+xml']/@href")
        assert announced == portal.origin + FEEDS[name]
    else:
        told = [(item.findtext("link"), parsedate_to_datetime(item.findtext("pubDate"))) for item in feed.iter("item")]
    assert told == newest


def test_disway_gives_a_feed_of_each_section(portals: dict[str, RunningPortal]) -> None:
    portal = portals["harianserayu"]
    feed = etree.fromstring(ask(portal, "/rss/kebumen").body)
    assert [item.findtext("link") for item in feed.iter("item")] == [portal.url(s.slug) for s in portal.stories if s.section == "Kebumen"]


@pytest.mark.parametrize(
    ("name", "path", "following", "size"),
    [
        ("harianserayu", "/kategori/berita", "a[rel=next][data-ci-pagination-page]", 30),
        ("radarserayu", "/indeks-berita", "a.paging__link--next", 10),
        ("tribunserayu", "/index-news", "#paginga .active + a:not(:last-child)", 20),
        ("kabarserayu", "/indeks", ".nomor b + a", 8),
    ],
)
def test_list_pages_lead_to_every_story(portals: dict[str, RunningPortal], name: str, path: str, following: str, size: int) -> None:
    portal = portals[name]
    pages = listed(portal, path, lambda page: next((link.get("href") for link in page.cssselect(following)), ""))
    everything = [portal.url(story.slug) for story in portal.stories]
    if name == "kabarserayu":
        assert {links.pop(0) for links in pages} == {everything[-1]}
    assert pages == [everything[start : start + size] for start in range(0, len(everything), size)]


def test_tribun_lists_the_stories_of_a_day(portals: dict[str, RunningPortal]) -> None:
    portal = portals["tribunserayu"]
    for day in (date(2021, 3, 17), date(2021, 3, 19), date(2021, 3, 25)):
        page = ask(portal, f"/index-news?date={day.year}-{day.month}-{day.day}").page
        links = [link.get("href") for link in page.cssselect(LINKS["tribunserayu"])]
        assert links == [portal.url(story.slug) for story in portal.stories if story.published.date() == day]
    assert not ask(portal, "/index-news?date=2021-13-1").page.cssselect(LINKS["tribunserayu"])


def test_the_list_without_a_family_prints_dates_beside_its_links_and_never_ends(portals: dict[str, RunningPortal]) -> None:
    portal = portals["kabarserayu"]
    rows = [row.text_content().split() for row in ask(portal, "/indeks").page.cssselect(".daftar .baris")]
    assert rows[0][-7:] == "Jumat, 6 November 2020 | 08:15 WIB".split()
    assert rows[1][-7:] == "Kamis, 25 Maret 2021 | 14:05 WIB".split()
    behind = ask(portal, "/indeks?halaman=99").page
    assert [link.get("href") for link in behind.cssselect(LINKS["kabarserayu"])] == [portal.url(portal.stories[-1].slug)]


@each_portal
def test_the_front_page_names_stories_under_other_addresses(portals: dict[str, RunningPortal], name: str) -> None:
    portal = portals[name]
    front = [str(link) for link in ask(portal, "/").page.xpath("//a/@href")]
    assert portal.portal.url(portal.portal.refused) in front
    host = urlsplit(portal.origin).netloc
    newest = [portal.url(story.slug) for story in portal.stories[:5]]
    others = [link for link in front if re.search(r"utm_source=|/amp$|\?m=1$|^http:", link)]
    assert len(others) == 5
    official = [identity(link).replace("http://", "https://").replace("www.", "") for link in others]
    assert official == newest
    for link, url in zip(others, newest, strict=True):
        path = urlsplit(link)._replace(scheme="", netloc="").geturl()
        assert urlsplit(link).netloc in (host, f"www.{host}")
        assert ask(portal, path).body == ask(portal, url).body


@each_portal
def test_pages_print_official_addresses_that_answer(portals: dict[str, RunningPortal], name: str) -> None:
    portal = portals[name]
    related = next(story for story in portal.stories if any(block.kind == "related" for block in story.blocks))
    links: set[str] = set()
    for path in ("/", portal.url(related.slug)):
        answer = ask(portal, path)
        assert portal.home not in answer.text
        [canonical] = answer.page.xpath("//link[@rel='canonical']/@href")
        assert canonical == (f"{portal.origin}/" if path == "/" else path)
        links.update(str(link) for link in answer.page.xpath("//a/@href"))
    own = {link for link in links if link.startswith(portal.origin)}
    assert own >= {portal.url(story.slug) for story in portal.stories[5:8]}
    assert {link for link in own if ask(portal, link).status != 200} == set()


@each_portal
def test_a_story_is_edited_removed_and_added_while_the_portal_runs(name: str) -> None:
    with serve([name]) as running:
        portal = running[name]
        story = portal.stories[2]
        url = portal.url(story.slug)
        before = ask(portal, url)
        portal.edit(story.slug, story.title, "Judul yang Diganti Redaksi", at=datetime(2021, 6, 1, 1, 2, 3, tzinfo=UTC))
        after = ask(portal, url, If_None_Match=before.headers["ETag"])
        assert (after.status, after.headers["Last-Modified"]) == (200, "Tue, 01 Jun 2021 01:02:03 GMT")
        assert ("Diganti Redaksi" in after.text, "Diganti Redaksi" in ask(portal, "/").text) == (True, True)
        portal.remove(story.slug)
        assert url not in {each for urls in sitemap_files(portal).values() for each in urls}
        assert (ask(portal, url).status, url in ask(portal, "/").text) == (200 if name == "kabarserayu" else 404, False)
        portal.add(story)
        assert story.title in ask(portal, url).visible
        assert url in {each for urls in sitemap_files(portal).values() for each in urls}


@each_portal
def test_a_sample_spider_archives_stories_once_and_nothing_else(tmp_path, portals: dict[str, RunningPortal], name: str) -> None:
    portal = portals[name]
    portal.requests.clear()
    done = crawl(name, portal.home, "-s", "SPIDER_MODULES=spiders.portals,sample.spiders", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    archived = {row["url"]: row["title"] for row in articles_of(tmp_path)}
    # Every way that a family knows tells the newest.
    assert archived.items() >= {(portal.url(story.slug), story.title) for story in portal.stories[:10]}
    assert archived.items() <= {(portal.url(story.slug), story.title) for story in portal.stories}
    asked = [request.path for request in portal.requests]
    assert portal.portal.path(portal.portal.refused) not in asked
    assert len(set(asked)) == len(asked)
