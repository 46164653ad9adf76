"""scrapy sniff: what it says of a site, the file that it writes, and how it checks the catalogue."""

import json
import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from sample.server import PORTALS, serve
from tests.crawling import BIN, QUICKLY, ROOT, articles_of, crawl, one_sentence, scrapy
from tests.servers import HTML, JSON, Answer, answering
from tests.test_crawl_portals import HOME, REST, STORY, posts, stories

OFFICIAL = "https://kabardesa.example"
FAMILIES = {
    "kebumenekspres": ("blogger", "Blogger"),
    "rakyatbengkulu": ("wordpress", "WordPress"),
    "harianserayu": ("disway", "Disway"),
    "radarserayu": ("promedia", "Promedia"),
    "tribunserayu": ("tribun", "Tribun"),
    "kabarserayu": ("sitemap", None),
}
FRONT = "<html><head><title>Kabar Desa - Berita Terkini</title></head><body>{body}</body></html>"


@pytest.fixture(autouse=True)
def contact(monkeypatch):
    monkeypatch.setenv("ARSIP_CONTACT", "redaksi@contoh.example")


def sniff(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command; it never touches an archive."""
    done = scrapy("sniff", *arguments, *QUICKLY, folder=folder / "archive")
    assert not (folder / "archive").exists()
    return done


def found(url: str, home: str, *arguments: str, folder: Path) -> dict[str, Any]:
    """What it says as JSON, all having gone well."""
    done = sniff(url, "-a", f"home={home}", "--json", *arguments, folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", PORTALS)
def test_a_portal_is_recognised_and_the_file_that_is_written_crawls_all_its_stories(name, tmp_path, monkeypatch):
    written = tmp_path / "written"
    written.mkdir()
    (written / "__init__.py").touch()
    with serve([name]) as portals:
        portal = portals[name]
        told = found(portal.origin, portal.home, "--write", "--to", str(written), "--name", "ditulis", "--region", "33.05", folder=tmp_path)
        assert (told["family"], told["cms"]) == FAMILIES[name]
        assert told["home"] == portal.origin
        assert told["title"] == portal.portal.title
        assert [bool(each["article"]) for each in told["articles"]].count(True) == 3
        assert all(each["reason"] for each in told["articles"] if not each["article"])
        monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
        crawled = tmp_path / "crawled"
        done = crawl("ditulis", portal.home, "-s", "SPIDER_MODULES=written", folder=crawled)
        # One story per portal is refused by robots.txt and one is gone.
        assert {row["url"] for row in articles_of(crawled)} == {portal.url(story.slug) for story in portal.stories}, done.stdout
    text = (written / "ditulis.py").read_text()
    assert f'home = "{portal.origin}"' in text
    assert "scrapy sniff, " in text


def test_the_ways_are_told_with_how_far_back_they_reach(tmp_path):
    with serve(["rakyatbengkulu"]) as portals:
        portal = portals["rakyatbengkulu"]
        told = found(portal.origin, portal.home, folder=tmp_path)
        asked = [request.path for request in portal.requests]
    ways = {way["way"]: way for way in told["ways"]}
    days = sorted(story.published.date().isoformat() for story in portal.stories)
    assert list(ways) == ["rest", "feed", "sitemap", "list"]
    assert {way["state"] for way in ways.values()} == {"answered"}
    assert (ways["rest"]["total"], ways["rest"]["oldest"], ways["rest"]["newest"]) == (30, days[0], days[-1])
    assert ways["feed"]["newest"] == days[-1]
    assert ways["feed"]["oldest"] > days[0]
    assert ways["sitemap"]["oldest"] == days[0]
    assert told["theme"] == "wpberita"
    assert told["evidence"][:2] == ["generator WordPress 5.7", "REST open"]
    assert len(asked) == len(set(asked)) < 20
    assert "/2021/03/15/pasang-iklan-hemat/" not in asked  # robots.txt forbids it


def test_it_reads_well_in_a_pipe(tmp_path):
    with serve(["kebumenekspres"]) as portals:
        portal = portals["kebumenekspres"]
        done = sniff(portal.origin, "-a", f"home={portal.home}", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    text = " ".join(done.stdout.split())
    for words in ("blogger: Blogger", "generator Blogger", "33.05 Kebumen", "2020-10-02", "suspicious nothing", "Klub Sepak Bola Kebumen"):
        assert words in text


def test_the_last_page_of_a_rest_interface_tells_the_oldest_story(tmp_path):
    def rest(path: str) -> Answer:
        return 200, JSON, posts("a") if "&page=1&" in path else posts("b").replace("2020-08-04", "2011-02-03")

    answers = {REST: rest, "/": (200, HTML, FRONT), **stories("ab")}
    with answering(answers, headers={"X-WP-Total": "101", "X-WP-TotalPages": "2"}) as portal:
        told = found(HOME, portal.home, folder=tmp_path)
    (rest_way,) = [way for way in told["ways"] if way["way"] == "rest"]
    assert (rest_way["named"], rest_way["total"], rest_way["oldest"], rest_way["newest"]) == (2, 101, "2011-02-03", "2020-08-04")
    assert told["evidence"] == ["REST open"]  # its front page bears no mark
    closed = {way["way"]: way["reason"] for way in told["ways"] if way["state"] == "closed"}
    assert closed["sitemap"] == "not found, status 404"
    assert closed["list"] == "gave no list of stories"


def test_what_is_suspicious_about_an_article_is_said_in_words(tmp_path):
    story = STORY.format(title="Kabar dari Desa A Pekan Ini").replace("2020-08-04T09:15:32+07:00", "").replace("4 Agustus 2020", "")
    with answering({REST: (200, JSON, posts("a")), "/": (200, HTML, FRONT), "/a/": (200, HTML, story)}) as portal:
        done = sniff(HOME, "-a", f"home={portal.home}", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no-date: no date of publication could be read" in done.stdout


def test_a_refusal_of_the_rules_is_said_in_words_and_a_site_without_a_readable_article_fails(tmp_path):
    answers = {REST: (200, JSON, posts("a", "b")), "/": (200, HTML, FRONT), "/a/": (200, HTML, FRONT), "/b/": (404, HTML, "")}
    with answering(answers) as portal:
        done = sniff(HOME, "-a", f"home={portal.home}", "--write", "--to", str(tmp_path), "--region", "17", folder=tmp_path)
    assert done.returncode == 1
    assert "can be read as an article" in one_sentence(done.stderr)
    assert "no article's page" in done.stdout
    assert "not found, status 404" in done.stdout
    assert list(tmp_path.glob("*.py")) == []


def test_a_site_whose_ways_are_all_closed_fails(tmp_path):
    with answering({"/": (200, HTML, FRONT)}) as portal:
        done = sniff(OFFICIAL, "-a", f"home={portal.home}", folder=tmp_path)
    assert done.returncode == 1
    assert "No way to the stories" in one_sentence(done.stderr)


def test_what_a_page_says_is_no_command_to_the_terminal(tmp_path):
    story = STORY.format(title="[bold]Kabar[/italic] dari \x1b[31mDesa A [link=x]Pekan Ini")
    with answering(
        {REST: (200, JSON, posts("a")), "/": (200, HTML, FRONT.replace("Desa", "[/b]Desa\x1b]0;x")), "/a/": (200, HTML, story)}
    ) as portal:
        done = sniff(HOME, "-a", f"home={portal.home}", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "[bold]Kabar[/italic] dari" in done.stdout


def test_a_robots_txt_that_forbids_all_is_obeyed(tmp_path):
    with answering({"/robots.txt": (200, "text/plain", "User-agent: *\nDisallow: /"), "*": (200, HTML, FRONT)}) as portal:
        done = sniff(OFFICIAL, "-a", f"home={portal.home}", folder=tmp_path)
        assert portal.asked == ["/robots.txt"]
    assert done.returncode == 1
    assert "robots.txt forbids it" in one_sentence(done.stderr)


def test_a_site_that_wants_no_more_requests_is_left_alone(tmp_path):
    answers = {"/": (200, HTML, FRONT), "*": (429, HTML, "")}
    with answering(answers, headers={"Retry-After": "3600"}) as portal:
        done = sniff(OFFICIAL, "-a", f"home={portal.home}", folder=tmp_path)
        # robots.txt itself answers 429: nothing more may be asked.
        assert portal.asked == ["/robots.txt"]
    assert done.returncode == 1
    assert "429" in one_sentence(done.stderr)


def test_a_site_that_asks_to_wait_amid_the_look_is_asked_no_more(tmp_path):
    answers = {"/robots.txt": (404, HTML, ""), "/": (200, HTML, FRONT), "*": (429, HTML, "")}
    with answering(answers, headers={"Retry-After": "3600"}) as portal:
        done = sniff(OFFICIAL, "-a", f"home={portal.home}", folder=tmp_path)
        assert len(portal.asked) == 3
    assert done.returncode == 1
    assert "Retry-After 3600 seconds" in one_sentence(done.stderr)


def test_a_site_that_moved_away_is_named(tmp_path):
    with answering({"/": (301, HTML, "https://lain.example/")}) as portal:
        done = sniff(OFFICIAL, "-a", f"home={portal.home}", folder=tmp_path)
    assert done.returncode == 1
    assert "leads to another site, https://lain.example/" in one_sentence(done.stderr)


def test_a_mirror_that_is_asked_as_if_it_were_the_site_is_told_from_it(tmp_path):
    with serve(["kebumenekspres"]) as portals:
        portal = portals["kebumenekspres"]
        done = sniff(portal.home, folder=tmp_path)
    assert done.returncode == 1
    assert f"try: scrapy sniff {portal.origin} -a home={portal.home}" in " ".join(done.stdout.split())


def test_https_and_www_are_taken_as_the_site_itself_has_them(tmp_path):
    front = FRONT.replace("</head>", '<link rel="canonical" href="https://www.rakyatbengkulu.com/"></head>')
    with answering({REST: (200, JSON, posts("a")), "/": (200, HTML, front), **stories("a")}) as portal:
        told = found("http://rakyatbengkulu.com", portal.home, folder=tmp_path)
    assert told["home"] == "https://www.rakyatbengkulu.com"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Give one address"),
        (["https://a.example", "https://b.example"], "Give one address"),
        (["kabardesa"], "kabardesa is not an address"),
        (["ftp://kabardesa.example"], "is not an address"),
        (['https://a"b.example'], "is not an address"),
        ([OFFICIAL, "-a", "since=2021-01-01"], "-a home=URL, not 'since'"),
        ([OFFICIAL, "-a", "home=x"], "home=x is not an address"),
        ([OFFICIAL, "--region", "99"], "No region has the code '99'"),
        ([OFFICIAL, "--write", "--name", "../x"], "--name ../x is no short name"),
        ([OFFICIAL, "--write", "--name", "rakyatbengkulu"], "is there already"),
        ([OFFICIAL, "--write", "--to", "no-such-folder"], "There is no folder"),
        ([OFFICIAL, "--jobs", "2"], "go with --catalogue"),
        (["--catalogue", "--write"], "not with --catalogue"),
        (["--catalogue", "--jobs", "0"], "--jobs 0 is not a number of portals"),
        (["--catalogue", "tidakada"], "There is no portal 'tidakada'"),
        (["--catalogue", "--home", "tidakada=http://127.0.0.1:1"], "There is no portal 'tidakada'"),
        (["--catalogue", "--home", "rakyatbengkulu=x"], "home=x is not an address"),
    ],
)
def test_wrong_use_ends_with_a_sentence_and_asks_nothing(arguments, says, tmp_path):
    done = sniff(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in one_sentence(done.stderr)


def test_a_site_that_cannot_be_reached_ends_with_a_sentence(tmp_path):
    with answering({}) as portal:
        home = portal.home
    done = sniff(OFFICIAL, "-a", f"home={home}", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "the connection was refused" in one_sentence(done.stderr)


def test_without_a_region_nothing_is_written(tmp_path):
    with serve(["rakyatbengkulu"]) as portals:
        portal = portals["rakyatbengkulu"]
        done = sniff(portal.origin, "-a", f"home={portal.home}", "--write", "--to", str(tmp_path), folder=tmp_path)
    assert done.returncode == 2
    assert "--region" in one_sentence(done.stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_region_that_the_name_names_is_taken_and_a_file_is_never_written_over(tmp_path):
    with serve(["kebumenekspres"]) as portals:
        portal = portals["kebumenekspres"]
        arguments = (portal.origin, "-a", f"home={portal.home}", "--write", "--to", str(tmp_path))
        first, second = sniff(*arguments, folder=tmp_path), sniff(*arguments, folder=tmp_path)
    path = tmp_path / "kebumenekspres.py"
    assert (first.returncode, first.stdout.splitlines()[-1]) == (0, f"Written: {path}")
    assert 'region = "33.05"' in path.read_text()
    assert second.returncode == 2
    assert "is there already" in one_sentence(second.stderr)


def test_the_catalogue_is_checked_portal_by_portal(tmp_path):
    names = ("kebumenekspres", "rakyatbengkulu")
    with serve(names) as portals:
        homes = [part for name in names for part in ("--home", f"{name}={portals[name].home}")]
        done = sniff("--catalogue", *names, *homes, "--jobs", "2", folder=tmp_path)
        as_data = sniff("--catalogue", *names, *homes, "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line[:5] for line in done.stdout.splitlines() if line.startswith("[")] == ["[1/2]", "[2/2]"]
    rows = {row["portal"]: row for row in json.loads(as_data.stdout)["portals"]}
    assert {name: (row["family"], row["seen"], row["read"], row["differs"]) for name, row in rows.items()} == {
        "kebumenekspres": ("blogger", "blogger", 3, []),
        "rakyatbengkulu": ("wordpress", "wordpress", 3, []),
    }
    assert rows["rakyatbengkulu"]["ways"] == ["rest", "feed", "sitemap", "list"]


def test_a_portal_that_is_not_as_its_file_says_is_pointed_out(tmp_path):
    names = ("kebumenekspres", "radarbogor", "rakyatbengkulu", "solopos")
    with serve(["rakyatbengkulu"]) as portals, answering({"/": (200, HTML, FRONT)}) as empty, answering({}) as down:
        homes = {"rakyatbengkulu": portals["rakyatbengkulu"].home, "kebumenekspres": portals["rakyatbengkulu"].home}
        homes |= {"radarbogor": empty.home, "solopos": down.home}
        done = sniff(
            "--catalogue", *names, *(part for name, url in homes.items() for part in ("--home", f"{name}={url}")), "--json", folder=tmp_path
        )
    assert done.returncode == 1
    assert "3 of 4 portals differ from their files: kebumenekspres, radarbogor, solopos" in one_sentence(done.stderr)
    rows = {row["portal"]: row for row in json.loads(done.stdout)["portals"]}
    assert [row["reachable"] for row in rows.values()] == [True, True, True, False]
    assert "looks like wordpress" in rows["kebumenekspres"]["differs"][0]
    assert rows["radarbogor"]["differs"] == ["no way names a story"]
    assert rows["solopos"]["differs"][0].startswith("unreachable: not found")
    assert rows["rakyatbengkulu"]["differs"] == []


def test_a_stop_ends_it_with_a_sentence_though_an_answer_hangs():
    asked, let_go = threading.Event(), threading.Event()

    def slow(_: str) -> Answer:
        asked.set()
        let_go.wait(60)
        return 200, HTML, FRONT

    with answering({"/": slow}) as portal:
        running = subprocess.Popen(
            [BIN / "scrapy", "sniff", OFFICIAL, "-a", f"home={portal.home}", *QUICKLY],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert asked.wait(60)
        running.send_signal(signal.SIGTERM)
        _, stderr = running.communicate(timeout=40)  # DOWNLOAD_TIMEOUT is a minute
        let_go.set()
    assert running.returncode == 1
    assert "Stopped before it was done" in one_sentence(stderr)
