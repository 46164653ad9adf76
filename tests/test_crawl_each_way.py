"""Each way to a portal's stories with all the others closed: what it finds, what the crawl says of it, and on exactly which days."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from archive import crawls as crawl_rows
from archive.database import open_readonly
from archive.schema import articles
from archive.store import Archive
from sample.server import RunningPortal
from sample.stories import Story
from spiders.commands.table import show_crawls
from tests.crawling import articles_of, crawls, rows
from tests.families import EVERYTHING, FAMILIES, WAYS, Days, close_all_but, days_of, running, story_asked

UNKNOWN = ("harianserayu_unknown", "radarserayu_unknown")
"""Portals whose family is not known; their robots.txt says nothing of sitemaps."""
A_MONTH = Days("2021-03-01", "2021-03-31")
"""The index of each day is read a month back from today where no days are asked for, and the sample's stories are older."""
NOT_THERE = {("radarserayu", "feed"), ("kabarserayu", "news"), ("harianserayu_unknown", "news"), ("radarserayu_unknown", "feed")}
"""Ways of a family that its sample does not have."""


@dataclass(frozen=True)
class Alone:
    """A crawl on which one way was open."""

    spider: str
    way: str
    portal: RunningPortal
    folder: Path
    days: Days | None = None

    @property
    def asked_with(self) -> tuple[str, Path, dict[str, str]]:
        bounds = {"since": self.days.since, "until": self.days.until} if self.days else {}
        return self.spider, self.folder, {"home": self.portal.home, **bounds}

    @property
    def id(self) -> str:
        ((told),) = rows(self.folder, "select id from crawls")
        return str(told["id"])

    @cached_property
    def ways(self) -> dict[str, tuple[str, str | None]]:
        """What the crawl's row says of each way: its state, and why it is closed."""
        database = open_readonly(self.folder / "articles.db", articles)
        told = crawl_rows.crawl(database, self.id)["ways"]
        database.close()
        return {way["way"]: (way["state"], way["reason"]) for way in told}

    @cached_property
    def found(self) -> set[str]:
        """What is archived, by slug; the address where it is no story."""
        known = {self.portal.url(story.slug): story.slug for story in self.portal.stories}
        return {known.get(str(row["url"]), str(row["url"])) for row in articles_of(self.folder)}

    def reach(self) -> set[str]:
        """The stories that the way can name: all, or the newest."""
        stories = self.portal.stories
        if self.days:
            return slugs(filter(self.days.hold, stories))
        if self.way in EVERYTHING.get(self.spider, ("sitemap", "list")) and (self.spider, self.way) != ("harianserayu_unknown", "list"):
            return slugs(stories)
        # Tribun's front page lists twenty and has no other pages, Disway's thirty.
        listed = stories[:20] if self.spider == "tribunserayu" else stories[:30]
        return slugs({"feed": stories[:10], "news": self.portal.portal.fresh(), "list": listed}[self.way])


def slugs(stories: Iterable[Story]) -> set[str]:
    return {story.slug for story in stories}


@pytest.fixture(scope="module", params=[*FAMILIES, *UNKNOWN])
def alone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Alone]]:
    """A crawl for each way of a portal, with the others closed."""
    spider, folder = request.param, tmp_path_factory.mktemp("alone")
    with ExitStack() as stack:
        each_way = []
        for number, way in enumerate(each for each in WAYS[spider] if (spider, each) not in NOT_THERE):
            portal = stack.enter_context(running(spider))
            close_all_but(portal, spider, way, first=number)
            if spider in UNKNOWN:
                # The sitemap lies at a usual place, and nothing is forbidden.
                portal.close(r"/robots\.txt")
            each_way.append(Alone(spider, way, portal, folder / way, A_MONTH if way == "index" else None))
        crawls([each.asked_with for each in each_way])
        yield each_way


def test_a_way_alone_finds_all_that_it_can_name_and_nothing_but_stories(alone):
    for each in alone:
        allowed = slugs(each.portal.stories) | ({each.portal.url_of_refused} if each.spider in UNKNOWN else set())
        assert (each.way, each.reach() - each.found, each.found - allowed) == (each.way, set(), set())


def test_the_crawl_says_which_ways_answered_and_why_the_others_are_closed(alone, capsys):
    for each in alone:
        before = [way for way in each.ways if list(each.ways).index(way) < list(each.ways).index(each.way)]
        assert (each.way, each.ways[each.way]) == (each.way, ("answered", None))
        # The front page, from which the feed is known, is a list as well.
        beside = {"list", "feed"} if (each.spider, each.way) in (("kabarserayu", "feed"), ("harianserayu_unknown", "list")) else set()
        shut = {way: reason for way, (state, reason) in each.ways.items() if state == "closed"}
        assert {way for way in before if way not in beside} <= shut.keys()
        assert all(shut.values())
        assert {way for way, (state, _) in each.ways.items() if state == "answered"} <= {each.way, *beside}
        database = open_readonly(each.folder / "articles.db", articles)
        show_crawls(database, each.id)
        database.close()
        told = " ".join(capsys.readouterr().out.split())
        assert f"{each.way} (" in told.partition("found through")[2].partition("; closed:")[0]
        assert all(f"{way} ({reason})" in told.partition("; closed:")[2] for way, reason in shut.items())


@pytest.fixture(scope="module", params=FAMILIES)
def backfills(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Alone]]:
    """A crawl of some days through each way that reaches all stories, with the oldest story pinned on every list."""
    spider, folder = request.param, tmp_path_factory.mktemp("backfill")
    with ExitStack() as stack:
        each_way = []
        for number, way in enumerate(EVERYTHING[spider]):
            portal = stack.enter_context(running(spider))
            days = days_of(portal)
            close_all_but(portal, spider, way, first=number)
            portal.pin(portal.stories[-1].slug)
            each_way.append(Alone(spider, way, portal, folder / way, days))
        crawls([each.asked_with for each in each_way])
        yield each_way


def test_a_backfill_holds_exactly_the_stories_of_its_days(backfills):
    for each in backfills:
        assert (each.way, each.found ^ each.reach()) == (each.way, set())
        assert {"menit-pertama-di-dalam", "menit-kedua-di-dalam", "menit-terakhir-di-dalam"} <= {
            slug.removesuffix("-warga-perbaiki-saluran-air") for slug in each.found
        }


def test_a_backfill_asks_for_nothing_of_which_listing_or_address_tells_that_it_lies_outside(backfills):
    for each in backfills:
        asked = {story.slug: story for request in each.portal.requests if (story := story_asked(each.portal, request.path))}
        outside = [story for slug, story in asked.items() if slug not in each.reach()]
        assert [(each.way, story.slug) for story in outside if tells_the_day(each, story)] == []


def tells_the_day(each: Alone, story: Story) -> bool:
    """Whether the listing or the address says that a story lies outside."""
    assert each.days
    path = each.portal.portal.path(story)
    if each.spider == "kebumenekspres":
        month = f"{story.published:%Y-%m}"
        within_months = each.days.since[:7] <= month <= each.days.until[:7]
        # The front page prints the day, the sitemap the last change.
        return each.way in ("feed", "atom") or not within_months
    if each.way != "sitemap" or f"{story.published:/%Y/%m/%d/}" in path:
        return True
    return story.modified.date().isoformat() < each.days.since


def test_where_no_listing_tells_of_an_edit_the_story_is_looked_at_when_it_is_due(tmp_path):
    with running("harianserayu") as portal:
        close_all_but(portal, "harianserayu", "list")
        asked = [("harianserayu", tmp_path, {"home": portal.home})]
        crawls(asked)
        story = portal.stories[4]
        paragraph = story.blocks[1].lines[0]
        portal.edit(story.slug, paragraph, f"{paragraph} Pekerjaan itu diteruskan esok hari.")
        portal.requests.clear()
        crawls(asked)
        assert [path for request in portal.requests if story_asked(portal, path := request.path)] == []
        due_now(tmp_path, portal.url(story.slug))
        crawls(asked)
        (path,) = [path for request in portal.requests if story_asked(portal, path := request.path)]
    assert path == portal.portal.path(story)
    (row,) = rows(tmp_path, f"select revision, body from articles where url = '{portal.url(story.slug)}'")
    assert row["revision"] == 2
    assert "esok hari" in str(row["body"])


def due_now(folder: Path, url: str) -> None:
    """Let the time go by after which a held story is looked at again."""
    with Archive(folder) as archive:
        archive.articles_db.execute("update ledger set next_try = fetched_at where url = ?", [url])
        archive.articles_db.conn.commit()
