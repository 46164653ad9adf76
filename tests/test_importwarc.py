"""WARC files come in, whoever wrote them: the same press, their own time, nothing twice."""

import gzip
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from archive.export import export
from archive.store import Archive
from sample.server import serve
from tests.builders import HOME, PORTAL, page
from tests.crawling import ROOT, assert_sound, contents, crawl, one_sentence, rows, scrapy
from tests.warc_files import HTML, browsertrix, common_crawl, file, http, response, wget

BODY = b"<html><h1>Banjir di Kepahiang</h1><p>Air surut.</p></html>" * 50
DATE = "2021-03-25T05:00:00Z"
URL = f"{HOME}/banjir"
TABLES = {
    "pages.db": {
        "captures": "portal, url, requested_url, origin, fetched_at, status, headers, sha256, crawl, robots, part",
        "bodies": "sha256, size",
    },
    "articles.db": {
        "articles": "id, portal, url, title, body, published, authors, place, tags, captured_at, revision, first_seen, gone_at",
        "revisions": "article, number, title, body, captured_at, page_sha256, fingerprint, origin, removed",
        "repeats": "article, captured_at, page_sha256, fingerprint",
        "portals": "name, title, home, region, zone, family",
    },
}
MOVED = ("Location", f"{HOME}/cerita/")


@pytest.fixture(scope="module")
def stories() -> dict[str, bytes]:
    """Two stories of a portal that is known here, as its server sends them, by address."""
    with serve([PORTAL]) as portals:
        portal = portals[PORTAL]
        paths = [portal.portal.path(story) for story in portal.stories[:2]]
        return {f"{HOME}{path}": portal.portal.resource(path, {}).body for path in paths}


def told(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What an archive holds, without the numbers of its rows."""
    found = {}
    for database, tables in TABLES.items():
        for table, columns in tables.items():
            found[table] = sorted((tuple(row.values()) for row in rows(folder, f"select {columns} from {table}", database)), key=repr)
    return found


def figures(stdout: str) -> dict[str, dict[str, int]]:
    """The figures of the table that are not 0, by portal and heading."""
    lines = [[cell.strip() for cell in re.split("[┃│]", line)[1:-1]] for line in stdout.splitlines() if re.search("[┃│]", line)]
    table = {line[0]: dict(zip(lines[0][1:], map(int, line[1:]), strict=True)) for line in lines[1:]}
    return {name: {heading: figure for heading, figure in row.items() if figure} for name, row in table.items()}


def imported(folder: Path, *arguments: object, status: int = 0) -> tuple[dict[str, dict[str, int]], str]:
    """The table and the lines below it that an import prints, all having gone well."""
    done = scrapy("importwarc", *map(str, arguments), "--jobs", "1", folder=folder)
    assert done.returncode == status, done.stderr
    return figures(done.stdout), done.stdout.partition("Skipped: ")[2].strip()


# Export and import.


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of both sample portals with an edited and a removed story, and its export in the folder `warc`."""
    folder = tmp_path_factory.mktemp("crawled")
    with serve() as portals:
        for portal in portals.values():
            crawl(portal.name, portal.home, folder=folder)
        kebumen, bengkulu = portals["kebumenekspres"], portals[PORTAL]
        kebumen.edit(kebumen.stories[2].slug, "yang", "YANG")
        bengkulu.remove(bengkulu.stories[4].slug)
        for portal in portals.values():
            crawl(portal.name, portal.home, folder=folder)
    with Archive(folder) as archive:
        archive.keep_page(page("/panjang", body=b"<p>Satu.", rest=(page("/panjang?page=2", day=0.1, body=b"<p>Dua."),)))
        archive.keep_page(page("/panjang", day=1, body=b"<p>Satu.", rest=(page("/panjang?page=2", day=1.1, body=b"<p>Dua."),)))
        export(archive.pages_db, archive.articles_db, folder / "warc")
    return folder


def test_an_export_makes_the_same_archive_again_and_a_second_import_adds_nothing(crawled: Path, tmp_path: Path) -> None:
    files = sorted((crawled / "warc").glob("*.warc.gz"))
    done = scrapy("importwarc", *map(str, files), "--jobs", "2", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    found, before = told(tmp_path), told(crawled)
    assert found == before
    assert_sound(tmp_path)
    kept = figures(done.stdout)
    assert sum(row["kept"] for row in kept.values()) == len(found["captures"])
    assert "Skipped" not in done.stdout

    stored = contents(tmp_path)
    again, _ = imported(tmp_path, *files)
    assert again == {name: {"read": row["kept"], "there before": row["kept"]} for name, row in kept.items()}
    assert contents(tmp_path) == stored


def test_a_dry_run_says_what_would_come_and_makes_no_archive(crawled: Path, tmp_path: Path) -> None:
    (path,) = (crawled / "warc").glob("kebumenekspres-*.warc.gz")
    dry, _ = imported(tmp_path / "none", path, "--dry-run")
    assert dry["kebumenekspres"]["kept"] == dry["kebumenekspres"]["read"] > 30
    assert not (tmp_path / "none").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from scrapy.utils.project import get_project_settings
from archive.store import Archive
from pipelines.press import press
from spiders.commands.speech import portal_classes
from spiders.importing import Import
folder, at, moment, *files = sys.argv[1:]
with Archive(folder) as archive:
    importing = Import(archive, portal_classes(get_project_settings()), named=None, identity="killed", dry=False)
    for number, (page, rules) in enumerate(importing.pages(map(Path, files)), start=1):
        if (number, moment) == (int(at), "kept"):
            os.kill(os.getpid(), signal.SIGKILL)
        article = press(page, rules)
        if (number, moment) == (int(at), "before the ledger"):
            archive.ledger.settle_page = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
        importing.done(page, article)
"""


@pytest.mark.parametrize(("number", "moment"), [(1, "kept"), (20, "kept"), (7, "before the ledger"), (45, "before the ledger")])
def test_an_import_that_is_killed_and_begun_again_leaves_what_one_that_was_never_killed_does(
    crawled: Path, tmp_path: Path, number: int, moment: str
) -> None:
    files = sorted((crawled / "warc").glob("*.warc.gz"))
    command = [sys.executable, "-c", KILLED, tmp_path, str(number), moment, *files]
    assert subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode == -signal.SIGKILL
    assert_sound(tmp_path)
    imported(tmp_path, *files)
    assert told(tmp_path) == told(crawled)
    ledger = rows(tmp_path, "select url from ledger where article is not null order by url")
    assert ledger == rows(crawled, "select url from articles order by url")


# Files of others.

MAKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "wget": wget,
    "browsertrix": lambda pages: browsertrix(pages, brotli.compress),
    "common crawl": common_crawl,
    "wget, uncompressed": lambda pages: gzip.decompress(wget(pages)),
    "wget, one gzip": lambda pages: gzip.compress(gzip.decompress(wget(pages))),
}


@pytest.mark.parametrize("maker", MAKERS)
def test_stories_in_the_files_of_others_become_articles_with_their_own_time(maker: str, stories: dict[str, bytes], tmp_path: Path) -> None:
    path = file(tmp_path, MAKERS[maker](stories))
    table, skipped = imported(tmp_path / "arsip", path)
    assert table == {PORTAL: {"read": 2, "kept": 2, "new": 2}}
    assert skipped == ("2 of other hosts." if maker == "browsertrix" else "")
    captures = rows(tmp_path / "arsip", "select * from captures order by id", "pages.db")
    day = {"w": "2019-05-06T07:08:09+00:00", "b": "2022-08-01T10:11:12.345000+00:00", "c": "2020-01-02T03:04:05+00:00"}[maker[0]]
    assert [(row["url"], row["fetched_at"], row["status"]) for row in captures] == [(url, day, 200) for url in stories]
    assert {row["robots"] for row in captures} == {"unchecked: imported from a.warc.gz"}
    assert all(str(row["crawl"]).endswith("-import") for row in captures)
    assert "ontent-" in str(captures[0]["headers"])
    articles = rows(tmp_path / "arsip", "select url, first_seen, title from articles order by url")
    assert [(row["url"], row["first_seen"]) for row in articles] == [(url, f"{day[:19]}+00:00") for url in sorted(stories)]
    assert {row["state"] for row in rows(tmp_path / "arsip", "select state from ledger")} == {"archived"}

    stored = contents(tmp_path / "arsip")
    table, _ = imported(tmp_path / "arsip", path)
    assert table == {PORTAL: {"read": 2, "there before": 2}}
    assert contents(tmp_path / "arsip") == stored


def test_an_older_capture_is_woven_in_by_its_time(stories: dict[str, bytes], tmp_path: Path) -> None:
    url, body = next(iter(stories.items()))
    for name, text, day in (("new", body.replace(b"yang", b"YANG"), "2022"), ("old", body, "2019")):
        imported(tmp_path / "arsip", file(tmp_path, wget({url: text}, f"{day}-05-06T07:08:09Z"), f"{name}.warc"))
    (article,) = rows(tmp_path / "arsip", "select first_seen, captured_at, revision from articles")
    assert article == {"first_seen": "2019-05-06T07:08:09+00:00", "captured_at": "2022-05-06T07:08:09+00:00", "revision": 2}


def test_addresses_are_those_of_the_portal_and_what_is_no_story_is_said(stories: dict[str, bytes], tmp_path: Path) -> None:
    (url, body), (_, other) = stories.items()
    old = url.replace("https://", "http://www.")
    content = [
        response(f"{HOME}/?p=9", DATE, http(b"", ("Location", old), status="301 Moved")),
        response(old, DATE, http(b"", ("Location", url), status="301 Moved")),
        response(url, DATE, http(body, HTML)),
        response(f"{HOME}/tidak-ada/", DATE, http(b"<p>404", HTML, status="404 Not Found")),
        response(url, "2023-01-01T00:00:00Z", http(b"<p>404", HTML, status="404 Not Found")),
        response(f"{HOME}/gambar.jpg", DATE, http(b"\xff\xd8", ("Content-Type", "image/jpeg"))),
        response(f"{HOME}/rusak/", DATE, http(b"<p>", HTML, status="500 Broken")),
        response("https://lain.example/", DATE, http(other, HTML)),
        response("dns:rakyatbengkulu.com", DATE, b"20210325 127.0.0.1"),
    ]
    path = file(tmp_path, b"".join(content))
    table, skipped = imported(tmp_path / "arsip", path)
    assert table == {PORTAL: {"read": 7, "kept": 2, "new": 1, "gone": 1}}
    assert set(skipped.rstrip(".").split(", ")) == {
        "2 redirects", "1 of other hosts", "1 not HTML", "1 with another status", "1 not found",
        "of no story that is held",
    }  # fmt: skip
    first, gone = rows(tmp_path / "arsip", "select url, requested_url, status from captures order by id", "pages.db")
    assert first == {"url": url, "requested_url": f"{HOME}/?p=9", "status": 200}
    assert (gone["url"], gone["status"]) == (url, 404)
    assert rows(tmp_path / "arsip", "select gone_at from articles") == [{"gone_at": "2023-01-01T00:00:00+00:00"}]
    stored = contents(tmp_path / "arsip")
    imported(tmp_path / "arsip", path)
    assert contents(tmp_path / "arsip") == stored


def test_all_pages_can_be_those_of_a_named_portal(stories: dict[str, bytes], tmp_path: Path) -> None:
    path = file(tmp_path, common_crawl({url.replace("rakyatbengkulu.com", "cermin.example"): body for url, body in stories.items()}))
    table, skipped = imported(tmp_path / "arsip", path)
    assert (table, skipped) == ({}, "2 of other hosts.")
    table, skipped = imported(tmp_path / "arsip", path, "--portal", PORTAL)
    assert (table, skipped) == ({PORTAL: {"read": 2, "kept": 2, "new": 2}}, "")


def test_a_story_on_several_pages_is_put_together(tmp_path: Path) -> None:
    link = f'<div class="page-links"><span class="current">1</span> <a href="{HOME}/panjang/2/">2</a></div>'
    frame = '<html><body class="single"><article><h1 class="entry-title">Panjang</h1><div class="entry-content"><p>{}</p>{}</div></article>'
    one = frame.format("Halaman pertama dari kisah ini.", link).encode()
    two = frame.format("Halaman kedua dari kisah ini.", "").encode()
    content = [
        response(f"{HOME}/panjang/", DATE, http(one, HTML)),
        response(f"{HOME}/panjang/2/", "2021-03-25T05:00:09Z", http(two, HTML)),
        response(f"{HOME}/lain/?page=2", DATE, http(two, HTML)),
    ]
    table, skipped = imported(tmp_path / "arsip", file(tmp_path, b"".join(content)))
    assert (table[PORTAL]["read"], table[PORTAL]["kept"], skipped) == (3, 2, "1 further pages without their first.")
    captures = rows(tmp_path / "arsip", "select url, part, first_page from captures order by id", "pages.db")
    assert [(row["url"], row["part"], row["first_page"]) for row in captures] == [
        (f"{HOME}/panjang/", 1, None),
        (f"{HOME}/panjang/2/", 2, 1),
    ]


# What is wrong with a file, or with the command.


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is no WARC file."),
        (b"<html><p>Bukan arsip", "is no WARC file."),
        (gzip.compress(b"<html><p>Bukan arsip"), "is no WARC file."),
        (b"\x1f\x8b\x08", "is no WARC file."),
        (b"\x00" * 5000, "is no WARC file."),
    ],
    ids=["empty", "a page", "a page, packed", "the beginning of a gzip", "zeros"],
)
def test_what_is_no_warc_file_is_one_sentence(content: bytes, says: str, tmp_path: Path) -> None:
    path = file(tmp_path, content)
    done = scrapy("importwarc", str(path), folder=tmp_path / "arsip")
    assert done.returncode == 1
    assert one_sentence(done.stderr) == f"scrapy importwarc: {path} {says}"


def test_of_a_file_that_breaks_off_what_is_readable_is_taken(stories: dict[str, bytes], tmp_path: Path) -> None:
    path = file(tmp_path, wget(stories)[:-3000])
    done = scrapy("importwarc", str(path), "--jobs", "1", folder=tmp_path / "arsip")
    assert done.returncode == 1
    assert one_sentence(done.stderr) == f"scrapy importwarc: {path} breaks off in its record 5; what stands before was taken."
    assert figures(done.stdout) == {PORTAL: {"read": 2, "kept": 1, "new": 1}}
    assert "1 damaged or broken off" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Name one file or more"),
        (["nosuch.warc"], "nosuch.warc cannot be read: No such file or directory."),
        (["README.md", "--portal", "nosuch"], "There is no portal 'nosuch'"),
        (["README.md", "--jobs", "0"], "--jobs 0 is not a number of workers"),
    ],
)
def test_wrong_use_is_one_sentence_with_status_2(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = scrapy("importwarc", *arguments, folder=tmp_path / "none")
    assert (done.returncode, done.stdout) == (2, "")
    assert one_sentence(done.stderr).startswith(f"scrapy importwarc: {says}")
    assert not (tmp_path / "none").exists()
