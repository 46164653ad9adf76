"""Every family on its sample portal: all stories and nothing else, by every way alone, on exactly the days asked for, and nothing twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sample.printed import WIB
from sample.server import Request, RunningPortal
from tests.crawling import articles_of, contents, crawl, rows
from tests.families import FAMILIES, expected, held, running, story_asked, story_of

SPIDERS = ("-s", "SPIDER_MODULES=spiders.portals,sample.spiders")


@dataclass(frozen=True)
class Crawled:
    """One crawl of a portal, and what it left."""

    done: CompletedProcess[str]
    requests: list[Request]
    articles: dict[object, dict[str, object]]
    contents: dict[str, list[tuple[object, ...]]]

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


@dataclass(frozen=True)
class Life:
    """A portal that is crawled three times: for the first time, unchanged, with a story more and another edited."""

    portal: RunningPortal
    folder: Path
    first: Crawled
    again: Crawled
    later: Crawled
    added: str
    edited: str


def crawled(portal: RunningPortal, folder: Path) -> Crawled:
    portal.requests.clear()
    done = crawl(portal.name, portal.home, *SPIDERS, folder=folder)
    articles = {row["url"]: row for row in articles_of(folder)}
    return Crawled(done, list(portal.requests), articles, contents(folder))


@pytest.fixture(scope="module", params=FAMILIES)
def life(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    folder = tmp_path_factory.mktemp("life")
    with running(request.param) as portal:
        first, again = crawled(portal, folder), crawled(portal, folder)
        edited = portal.stories[-3]
        added = portal.add(story_of(portal, "kabar-terbaru", datetime.now(WIB).replace(second=0, microsecond=0)))
        paragraph = edited.blocks[1].lines[0]
        portal.edit(edited.slug, paragraph, f"{paragraph} Pekerjaan itu diteruskan esok hari.")
        yield Life(portal, folder, first, again, crawled(portal, folder), portal.url(added.slug), portal.url(edited.slug))


def test_every_story_is_archived_word_for_word_and_nothing_else(life):
    assert (life.first.done.returncode, life.first.done.stderr) == (0, "")
    stories = [story for story in life.portal.stories if life.portal.url(story.slug) not in (life.added, life.edited)]
    found = {url: row for url, row in life.first.articles.items() if url != life.edited}
    assert found.keys() == {life.portal.url(story.slug) for story in stories}
    for story in stories:
        row, told = found[life.portal.url(story.slug)], expected(life.portal, story)
        assert held(row, *told) == told
        assert row["flags"] is None


def test_what_robots_txt_forbids_is_never_asked_for_and_nothing_twice(life):
    assert life.first.paths[0] == "/robots.txt"
    for each in (life.first, life.again, life.later):
        assert life.portal.portal.path(life.portal.portal.refused) not in each.paths
        assert sorted(set(each.paths)) == sorted(each.paths)


def test_a_story_on_five_pages_is_one_article_of_all_of_them(life):
    if life.portal.name == "kebumenekspres":
        return  # Blogger prints a story on one page
    (long,) = [story for story in life.portal.stories if len(story.pages) == 5]
    url = life.portal.url(long.slug)
    parts = rows(life.folder, f"select part, status from captures where url like '{url}%' order by id", "pages.db")
    assert parts == [{"part": number, "status": 200} for number in range(1, 6)]


def test_an_unchanged_portal_costs_its_listings_only_and_no_row(life):
    assert (life.again.done.returncode, life.again.done.stderr) == (0, "")
    # Radar Serayu has no feed, and is asked for one.
    assert {request.path for request in life.again.requests if request.status != 304} <= {"/robots.txt", "/rss"}
    assert [path for path in life.again.paths if story_asked(life.portal, path)] == []
    assert life.again.contents == life.first.contents


def test_a_new_and_an_edited_story_cost_a_request_each_beside_the_listings(life):
    assert (life.later.done.returncode, life.later.done.stderr) == (0, "")
    assert life.later.articles.keys() - life.first.articles.keys() == {life.added}
    assert "esok hari" in str(life.later.articles[life.edited]["body"])
    asked = [life.portal.url(story.slug) for path in life.later.paths if (story := story_asked(life.portal, path))]
    assert sorted(asked) == sorted([life.added, life.edited])
    assert len(life.later.requests) <= len(life.first.paths) - len(life.first.articles)
