"""`make demo`: the whole way from a portal to the archive, on loopback. Shows each command as a user would type it."""

import os
import subprocess
import sys
from pathlib import Path

from archive.crawls import latest
from archive.database import open_readonly
from archive.schema import articles
from sample.server import RunningPortal, serve
from spiders.commands.table import show_crawls

BIN = Path(sys.executable).parent
QUICKLY = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")
"""Manners are for other people's servers; this one is ours."""

OWN_FILES = ("pages.db", "articles.db", "pages.db-wal", "pages.db-shm", "articles.db-wal", "articles.db-shm", "writer.lock")

EDITED = ("harga-cabai-naik", "Rp 85 ribu", "Rp 95 ribu")
REMOVED = "nelayan-gurita"


def main(folder: Path) -> int:
    """Run the demo in `folder`, which it empties of an earlier demo first; the exit status comes back."""
    for name in OWN_FILES:
        (folder / name).unlink(missing_ok=True)
    with serve() as portals:
        say("Two portals on loopback")
        for portal in portals.values():
            print(f"{portal.name}  {portal.home}  ({len(portal.stories)} stories)")
        say(*(f"scrapy crawl {portal.name} -a home={portal.home}" for portal in portals.values()))
        status = crawl(folder, portals)
        say("The portals change a story and take one down; the same commands again")
        change(portals)
        status = crawl(folder, portals) or status
    say('arsip search "harga cabai"')
    status = arsip(folder, "search", "harga cabai", "--limit", "3") or status
    say(f"arsip dump --format jsonl --out {folder / 'dump'}")
    status = arsip(folder, "dump", "--format", "jsonl", "--out", str(folder / "dump")) or status
    say("make browse")
    print("opens the archive in Datasette at http://127.0.0.1:8001/articles/articles")
    return status


def say(*lines: str) -> None:
    """A heading; what stands behind a `$` can be typed."""
    print()
    for line in lines:
        print(f"$ {line}" if line.split()[0] in ("scrapy", "arsip", "make") else f"# {line}", flush=True)


def crawl(folder: Path, portals: dict[str, RunningPortal]) -> int:
    """Crawl the portals side by side and print one table; the worst exit status comes back."""
    environment = os.environ | {"ARSIP_DIR": str(folder)}
    running = [
        subprocess.Popen(
            [BIN / "scrapy", "crawl", portal.name, "-a", f"home={portal.home}", *QUICKLY],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for portal in portals.values()
    ]
    told = [process.communicate()[0] for process in running]
    database = open_readonly(folder / "articles.db", articles)
    ids = [row for name in portals if (row := latest(database, name))]
    if len(ids) < len(portals):
        print(*told, sep="\n")
        return 1
    show_crawls(database, *ids)
    database.close()
    return max(process.returncode for process in running)


def change(portals: dict[str, RunningPortal]) -> None:
    """Edit one story and take another down, as portals do without a word."""
    start, old, new = EDITED
    kebumen, bengkulu = portals["kebumenekspres"], portals["rakyatbengkulu"]
    story = next(story for story in kebumen.stories if story.slug.startswith(start))
    kebumen.edit(story.slug, old, new)
    gone = next(story for story in bengkulu.stories if story.slug.startswith(REMOVED))
    bengkulu.remove(gone.slug)
    print(f"edited:   {story.title!r}: {old!r} is now {new!r}\nremoved:  {gone.title!r}")


def arsip(folder: Path, *arguments: str) -> int:
    """Run an `arsip` command on the demo's archive; its exit status comes back."""
    return subprocess.run([BIN / "arsip", *arguments], env=os.environ | {"ARSIP_DIR": str(folder)}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
