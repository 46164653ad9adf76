"""Makes `first/`: an archive as the first version that landed wrote it, by crawling that version's sample portals with that version's code.

In a checkout of it (`git worktree add --detach FOLDER 854e935`), with the path of this file and an empty folder for what it makes:

    cd FOLDER && PYTHONPATH=. python …/tests/archives/make_first.py OUT

Three crawls of each portal: stories are edited, taken down and brought back, pages change around their text, and each kind of trouble that
a crawl could note befalls one address. The databases are packed with gzip as they are; made again, they differ in their moments.
"""

import gzip
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sample.portal import Resource
from sample.printed import WIB
from sample.server import RunningPortal, serve
from tests.crawling import crawl

DEFECTIVE = '{"pipelines.stages.KeepPage": 100, "tests.faults.DefectivePress": 200, "pipelines.stages.KeepArticle": 300}'
WALL = Resource(body=b"<html><title>Sebentar</title><body><p>Memeriksa peramban Anda</p></body></html>")


def status(number: int) -> Callable[[Resource], Resource]:
    """An answer of that status instead."""
    return lambda answer: Resource(body=b"<html></html>", status=number)


def leads(to: str) -> Callable[[Resource], Resource]:
    """A redirect instead."""
    return lambda answer: Resource(body=b"", status=302, headers={"Location": to})


def meddle(portal: RunningPortal, changes: dict[str, Callable[[Resource], Resource]]) -> None:
    """Give the answers to these paths as changed from now on; to all others as they are."""
    answer = type(portal.portal).resource

    def resource(path: str, query: dict[str, str]) -> Resource:
        given = answer(portal.portal, path, query)
        return changes[path](given) if path in changes else given

    portal.portal.resource = resource  # type: ignore[method-assign]


def change_around(answer: Resource) -> Resource:
    """The same story on a page of other bytes."""
    return replace(answer, body=answer.body.replace(b"</body>", b"<!-- iklan --></body>"))


def crawled(portal: RunningPortal, folder: Path, *more: str) -> None:
    done = crawl(portal.name, portal.home, *more, folder=folder)
    print(done.stdout, done.stderr, sep="\n")


def touch(portal: RunningPortal, slug: str) -> str:
    """The path of a story that says from now on that it was changed, so that it is looked at again."""
    story = replace(portal.remove(slug), modified=datetime.now(UTC).astimezone(WIB))
    return portal.portal.path(portal.add(story))


def edit(portal: RunningPortal, slug: str, word: str) -> None:
    """Put a word behind the first paragraph's first one."""
    block = next(block for block in portal.portal.story(slug).blocks if block.kind == "paragraph")
    first = block.lines[0].split()[0]
    portal.edit(slug, first, f"{first} {word}")


def make(folder: Path) -> None:
    """Crawl three times."""
    with serve() as portals:
        bengkulu, kebumen = portals["rakyatbengkulu"], portals["kebumenekspres"]
        slugs = {portal.name: [story.slug for story in portal.stories] for portal in portals.values()}
        path = [bengkulu.portal.path(story) for story in bengkulu.stories]
        parts = next(story for story in bengkulu.stories if len(story.pages) > 1)
        troubles = {
            path[20]: status(403),
            path[21]: status(503),
            path[22]: status(206),
            path[23]: status(429),
            path[24]: lambda answer: Resource(body=b"%PDF-1.4", content_type="application/pdf"),
            path[25]: leads("https://lain.example/berita"),
            path[27]: lambda answer: WALL,
            path[28]: leads(f"{bengkulu.home}/"),
            f"{bengkulu.portal.path(parts)}2/": status(500),
        }
        assert bengkulu.portal.path(parts) not in troubles
        meddle(bengkulu, troubles)
        crawled(bengkulu, folder)
        crawled(kebumen, folder, "-a", "limit=2", "-s", f"ITEM_PIPELINES={DEFECTIVE}")
        crawled(kebumen, folder, "-a", "limit=20")

        for portal in (bengkulu, kebumen):
            for number in (2, 3):
                edit(portal, slugs[portal.name][number], "kemarin")
        taken = bengkulu.remove(slugs["rakyatbengkulu"][4])
        kebumen.remove(slugs["kebumenekspres"][4])
        troubles = {
            6: change_around,
            7: lambda answer: WALL,
            8: status(410),
            9: leads("https://lain.example/berita"),
            10: status(503),
        }
        meddle(bengkulu, {touch(bengkulu, slugs["rakyatbengkulu"][number]): trouble for number, trouble in troubles.items()})
        meddle(kebumen, {touch(kebumen, slugs["kebumenekspres"][6]): change_around})
        crawled(bengkulu, folder)
        crawled(kebumen, folder, "-a", "limit=6")

        edit(bengkulu, slugs["rakyatbengkulu"][2], "pagi")
        bengkulu.add(replace(taken, modified=datetime.now(UTC).astimezone(WIB)))
        meddle(bengkulu, {})
        touch(kebumen, slugs["kebumenekspres"][6])
        meddle(kebumen, {})
        crawled(bengkulu, folder)
        # The last one is killed, and leaves addresses that were announced and no more.
        crawled(kebumen, folder, "-s", 'EXTENSIONS={"tests.faults.KillAfter": 1, "spiders.report.CrawlReport": 100}', "-s", "KILL_AFTER=1")


def pack(database: Path, out: Path) -> None:
    """The database alone, without a log beside it, in a gzip file."""
    opened = sqlite3.connect(database)
    opened.execute("pragma wal_checkpoint(truncate)")
    opened.close()
    with gzip.GzipFile(out, "wb", mtime=0) as file:
        file.write(database.read_bytes())


def main(out: Path) -> None:
    """Make the archive and pack it."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        for name in ("pages.db", "articles.db"):
            pack(Path(folder) / name, out / f"{name}.gz")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
