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
