"""Replay: every change of a rule reaches all pages ever stored, and the archive of articles is theirs alone."""

import json
import sqlite3

import pytest
from sqlite_utils import Database

from archive.records import article_id
from sample.server import serve
from tests.crawling import contents, crawl, rows, scrapy


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """An archive of both portals with an edited and a removed story; tests copy what they change."""
    folder = tmp_path_factory.mktemp("crawled")
    with serve() as portals:
        for portal in portals.values():
            crawl(portal.name, portal.home, folder=folder)
        kebumen, bengkulu = portals["kebumenekspres"], portals["rakyatbengkulu"]
        kebumen.edit(kebumen.stories[2].slug, "yang", "YANG")
        bengkulu.remove(bengkulu.stories[4].slug)
        for portal in portals.values():
            crawl(portal.name, portal.home, folder=folder)
    return folder


@pytest.fixture
def archive(crawled, tmp_path):
    for name in ("pages.db", "articles.db"):
        with sqlite3.connect(crawled / name) as source, sqlite3.connect(tmp_path / name) as copy:
            source.backup(copy)
        source.close()
        copy.close()
    return tmp_path


def counts(stdout: str) -> dict[str, dict[str, int]]:
    """The figures of the first table, by portal and heading."""
    stdout = stdout.partition("└")[0]
    lines = [
        [cell.strip() for cell in line.replace("┃", "│").split("│")[1:-1]] for line in stdout.splitlines() if "│" in line or "┃" in line
    ]
    return {line[0]: dict(zip(lines[0][1:], map(int, line[1:]), strict=True)) for line in lines[1:]}


def test_replay_with_the_same_rules_changes_nothing(archive):
    before = contents(archive)
    done = scrapy("replay", folder=archive)
    assert done.returncode == 0
    found = counts(done.stdout)
    assert found["kebumenekspres"] | {"unchanged": 31, "refused": 1, "gone": 1} == found["kebumenekspres"]
    assert contents(archive) == before


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_articles_can_be_made_anew_from_the_pages_alone(jobs, archive):
    told = (
        "select id, url, title, body, published, authors, place, tags, revision, gone_at, first_seen, captured_at from articles order by id"
    )
    before = rows(archive, told)
    history = rows(archive, "select article, number, fingerprint, removed from revisions order by 1, 2")
    (archive / "articles.db").unlink()
    done = scrapy("replay", "--jobs", jobs, folder=archive)
    assert done.returncode == 0
    assert rows(archive, told) == before
    assert rows(archive, "select article, number, fingerprint, removed from revisions order by 1, 2") == history


def test_a_reading_by_older_rules_is_replaced_and_no_revision_is_invented(archive):
    (row,) = rows(archive, "select id, title, body from articles where revision = 1 and portal = 'rakyatbengkulu' order by id limit 1")
    with sqlite3.connect(archive / "articles.db") as database:
        for table, key in (("articles", "id"), ("revisions", "article")):
            database.execute(f"update {table} set body = body || char(10) || char(10) || 'Bagikan' where {key} = ?", [row["id"]])
        database.execute("update revisions set fingerprint = 'as the older rules read it' where article = ?", [row["id"]])
    database.close()
    dry = scrapy("replay", "rakyatbengkulu", "--dry-run", folder=archive)
    assert counts(dry.stdout)["rakyatbengkulu"]["reread"] == 1
    assert ["body", "1", "0", "0"] in [line.replace("│", " ").split() for line in dry.stdout.splitlines()]
    assert f"{row['id']}  " in dry.stdout
    assert "[- ¶ Bagikan-]" in dry.stdout
    assert "Bagikan" in rows(archive, f"select body from articles where id = '{row['id']}'")[0]["body"]
    done = scrapy("replay", "rakyatbengkulu", folder=archive)
    assert counts(done.stdout)["rakyatbengkulu"]["reread"] == 1
    assert rows(archive, f"select id, title, body from articles where id = '{row['id']}'") == [row]
    assert rows(archive, f"select count(*) as revisions from revisions where article = '{row['id']}'") == [{"revisions": 1}]


def test_what_better_rules_refuse_is_dropped_and_its_page_stays(archive):
    url = "https://rakyatbengkulu.com/redaksi/"
    (page,) = rows(archive, f"select captures.fetched_at, sha256 from captures where url = '{url}'", "pages.db")
    identity = article_id("rakyatbengkulu", url)
    text = {"title": "Redaksi", "body": "Alamat redaksi.", "captured_at": f"{str(page['fetched_at'])[:19]}+00:00", "body_sha256": ""}
    database = Database(archive / "articles.db")
    database.table("articles").insert(
        {"id": identity, "docid": 999, "portal": "rakyatbengkulu", "url": url, "revision": 1, "first_seen": text["captured_at"], **text}
    )
    database.table("revisions").insert({"article": identity, "number": 1, "page_sha256": page["sha256"], "fingerprint": "x", **text})
    database.close()
    done = scrapy("replay", "rakyatbengkulu", folder=archive)
    assert counts(done.stdout)["rakyatbengkulu"]["dropped"] == 1
    assert rows(archive, f"select id from articles where id = '{identity}'") == []
    assert rows(archive, f"select count(*) as kept from captures where url = '{url}'", "pages.db") == [{"kept": 1}]
    (older,) = rows(archive, "select article, captured_at, page_sha256, rules, told from superseded")
    assert (older["article"], older["captured_at"], older["page_sha256"]) == (identity, text["captured_at"], page["sha256"])
    assert json.loads(str(older["told"])) | {"title": "Redaksi", "body": "Alamat redaksi.", "number": 1} == json.loads(str(older["told"]))


@pytest.mark.parametrize(
    ("arguments", "says"), [(["nosuch"], "There is no portal 'nosuch'"), (["--jobs", "0"], "--jobs 0 is not a number of workers")]
)
def test_wrong_use_of_replay_is_one_sentence_with_status_2(arguments, says, tmp_path):
    done = scrapy("replay", *arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"scrapy replay: {says}")


def test_replay_without_an_archive_is_one_sentence(tmp_path):
    done = scrapy("replay", folder=tmp_path / "none")
    assert done.returncode == 2
    assert "There is no archive" in done.stderr
    assert not (tmp_path / "none").exists()


def test_press_prints_a_saved_page_as_an_article(tmp_path):
    with serve(["rakyatbengkulu"]) as portals:
        portal = portals["rakyatbengkulu"]
        story = portal.stories[0]
        (tmp_path / "page.html").write_bytes(portal.portal.resource(portal.portal.path(story), {}).body)
    readable = scrapy("press", str(tmp_path / "page.html"), "--portal", "rakyatbengkulu", folder=tmp_path)
    assert readable.returncode == 0
    assert story.title in readable.stdout
    assert "site-name-line   Rakyatbengkulu.com" in readable.stdout
    assert "  [rule h1.entry-title]\n" in readable.stdout
    assert " characters  [rule div.entry-content-single]\n" in readable.stdout
    as_json = scrapy(
        "press", str(tmp_path / "page.html"), "--portal", "rakyatbengkulu", "--url", portal.url(story.slug), "--json", folder=tmp_path
    )
    article = json.loads(as_json.stdout)
    assert (article["title"], article["published"]["precision"], article["sources"]["body"]) == (story.title, "second", "rule")
    assert (article["found_by"]["body"], article["found_by"].keys()) == ("div.entry-content-single", article["sources"].keys())
    assert not (tmp_path / "articles.db").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["nosuch.html"], 2, "nosuch.html cannot be read: No such file or directory."),
        ([], 2, "Name one file with a saved page."),
        (["README.md", "--portal", "nosuch"], 2, "There is no portal 'nosuch'"),
        (["Makefile", "--portal", "rakyatbengkulu"], 1, "Makefile is no article: no article's page."),
    ],
)
def test_what_press_cannot_do_is_one_sentence(arguments, status, says, tmp_path):
    done = scrapy("press", *arguments, folder=tmp_path)
    assert done.returncode == status
    assert done.stderr.startswith(f"scrapy press: {says}")
    assert len(done.stderr.splitlines()) == 1


def test_a_dry_run_writes_nothing_at_all(archive):
    with sqlite3.connect(archive / "articles.db") as database:
        database.execute("update portals set title = 'as it was called before'")
    database.close()
    before = contents(archive), rows(archive, "select * from portals")
    assert scrapy("replay", "--dry-run", folder=archive).returncode == 0
    assert (contents(archive), rows(archive, "select * from portals")) == before


def test_an_address_whose_press_had_failed_is_settled_by_the_replay_that_presses_it(archive):
    (row,) = rows(archive, "select url from articles where revision = 2")
    with sqlite3.connect(archive / "articles.db") as database:
        database.execute("update ledger set state = 'failed', reason = 'the rules failed on it' where url = ?", [row["url"]])
    database.close()
    scrapy("replay", folder=archive)
    assert rows(archive, f"select state, reason from ledger where url = '{row['url']}'") == [{"state": "archived", "reason": None}]


def test_pages_of_a_portal_that_is_not_known_here_are_left_as_they_are_and_named(archive):
    with sqlite3.connect(archive / "pages.db") as database:
        database.execute("update captures set portal = 'lampungkita' where portal = 'rakyatbengkulu'")
    database.close()
    before = contents(archive)
    done = scrapy("replay", folder=archive)
    assert done.returncode == 0
    assert "Pages of lampungkita were left as they are" in done.stdout
    assert contents(archive) == before
