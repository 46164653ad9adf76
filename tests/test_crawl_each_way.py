"""Each way to a portal's stories with all the others closed: what it finds, and on exactly which days."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.crawls import crawl as crawl_row
from archive.database import open_readonly
from archive.schema import articles
from sample.server import RunningPortal
from sample.stories import Story
from spiders.commands.table import show_crawls
from tests.crawling import articles_of, crawls, rows
from tests.families import EVERYTHING, FAMILIES, WAYS, Days, close_all_but, days_of, running, sample_of, story_asked

UNKNOWN = ("harianserayu_unknown", "radarserayu_unknown")
TRIBUN_DAYS = {"since": "2021-03-01", "until": "2021-03-31"}
"""The index of each day is asked back for a month from today, long after the sample's stories; so it is asked for days."""


@dataclass(frozen=True)
class Alone:
    """A crawl on which one way was open."""

    spider: str
    way: str
    portal: RunningPortal
    folder: Path
    days: Days | None = None

    @property
    def row(self) -> dict[str, object]:
        """Its row in the archive."""
        database = open_readonly(self.folder / "articles.db", articles)
        ((crawl_id,),) = database.execute("select id from crawls").fetchall()
        row = crawl_row(database, crawl_id)
        database.close()
        return row

    @property
    def states(self) -> dict[str, str]:
        return {way["way"]: way["state"] for way in self.row["ways"]}

    @property
    def found(self) -> set[Story]:
        """The stories that are archived; KeyError where something else is."""
        known = {self.portal.url(story.slug): story.slug for story in self.portal.stories}
        return {known[str(row["url"])] for row in articles_of(self.folder)}

    @property
    def asked(self) -> list[Story]:
        """The stories that were asked for, a story for each of its pages."""
        return [story for request in self.portal.requests if (story := story_asked(self.portal, request.path))]


def slugs(stories) -> set[str]:
    return {story.slug for story in stories}


@pytest.fixture(scope="module", params=[*FAMILIES, *UNKNOWN])
def alone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Alone]]:
    """A crawl for each way of a portal, with the others closed."""
    spider, folder = request.param, tmp_path_factory.mktemp("alone")
    with ExitStack() as stack:
        found = {}
        for number, way in enumerate(WAYS[spider]):
            portal = stack.enter_context(running(spider))
            close_all_but(portal, spider, way, first=number)
            if spider in UNKNOWN:
                portal.close(r"/robots\.txt")  # which would tell where the sitemap lies
            found[way] = Alone(spider, way, portal, folder / way)
        crawls([(each.spider, each.folder, asked_of(each)) for each in found.values()])
        yield found


def asked_of(each: Alone) -> dict[str, str]:
    return {"home": each.portal.home} | (TRIBUN_DAYS if each.way == "index" else {})


def reach(each: Alone) -> set[str]:
    """The stories that a way can name: all, or the newest."""
    stories = each.portal.stories
    if each.way == "index":
        return slugs(story for story in stories if TRIBUN_DAYS["since"] <= story.published.date().isoformat() <= TRIBUN_DAYS["until"])
    if each.spider == "harianserayu_unknown" and each.way == "list":
        return slugs(stories[:30])  # its front page has no other pages
    if each.way in EVERYTHING.get(each.spider, ("sitemap", "list")):
        return slugs(stories)
    newest = {"feed": stories[:10], "news": each.portal.portal.fresh(), "list": stories[:20]}
    return slugs(newest[each.way])


OPEN_BESIDE = {("kabarserayu", "feed"): "/"}


def test_a_way_alone_finds_what_it_can_name_and_nothing_but_stories(alone):
    for way, each in alone.items():
        if not each.portal.portal.folder or way not in NOWHERE.get(each.spider, ()):
            assert (way, reach(each) - each.found) == (way, set())
        assert (way, each.portal.portal.path(each.portal.portal.refused) in {r.path for r in each.portal.requests}) == (way, False)
