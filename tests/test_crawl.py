"""The main job on the sample portals: from the first crawl to what later crawls notice."""

import json
import os
import re
import sqlite3
import subprocess

import pytest

from archive.records import article_id
from archive.store import Archive
from sample.server import RunningPortal, serve
from sample.stories import Story
from sample.wordpress import lead
from tests.crawling import BIN, QUICKLY, ROOT, arsip, articles_of, contents, crawl, rows

KEBUMEN_DATELINE = re.compile(r"^(?P<place>[A-Z]+) ?\(kebumenekspres\.com\) ?- ?")
KEBUMEN_CLOSING = re.compile(r" ?\((?P<initials>[a-z]+(?:/[a-z]+)?)\)$")
BENGKULU_DATELINE = re.compile(r"^(?P<place>[A-Z ]+)(?:, rakyatbengkulu\.com)? –\s*")


@pytest.fixture(params=["kebumenekspres", "rakyatbengkulu"])
def portal(request):
    with serve([request.param]) as portals:
        yield portals[request.param]


def told(story: Story) -> list[str]:
    """The paragraphs of a story as its author wrote them, without the lines that belong to the page."""
    paragraphs = []
    for block in story.blocks:
        if block.kind == "related":
            continue
        lines = [" ".join(line.split()) for line in block.lines]
        paragraphs.append("\n".join(f"- {line}" for line in lines) if block.kind == "list" else "\n".join(lines))
    return paragraphs


def expected(portal: RunningPortal, story: Story) -> dict[str, object]:
    """What the archive is to hold of a story, worked out from its source text and not by the code under test."""
    paragraphs = told(story)
    if portal.name == "kebumenekspres":
        opening, closing = KEBUMEN_DATELINE.match(paragraphs[0]), KEBUMEN_CLOSING.search(paragraphs[-1])
        paragraphs[0] = paragraphs[0][opening.end() :]
        paragraphs[-1] = KEBUMEN_CLOSING.sub("", paragraphs[-1])
        place, byline, published = opening["place"].title(), closing["initials"], story.published.date().isoformat()
    else:
        dateline = BENGKULU_DATELINE.match(paragraphs[0])
        bold = lead(story.blocks[0])[0]
        place = dateline["place"].title() if dateline else bold
        paragraphs[0] = paragraphs[0][dateline.end() :] if dateline else paragraphs[0].removeprefix(bold).strip()
        byline, published = None, story.published.isoformat()
    return {"title": story.title, "body": "\n\n".join(paragraphs), "place": place, "byline": byline, "published": published}


def test_every_story_becomes_the_article_its_author_wrote_and_nothing_else_becomes_one(portal, tmp_path):
    done = crawl(portal.name, portal.home, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    found = {row["url"]: row for row in articles_of(tmp_path)}
    assert found.keys() == {portal.url(story.slug) for story in portal.stories}
    for story in portal.stories:
        row = found[portal.url(story.slug)]
        assert {name: row[name] for name in expected(portal, story)} == expected(portal, story)
        assert row["flags"] is None


def test_the_table_of_the_crawl_counts_what_was_announced_fetched_archived_and_refused(portal, tmp_path):
    done = crawl(portal.name, portal.home, folder=tmp_path)
    cells = [
        cell.strip() for cell in next(line for line in done.stdout.splitlines() if "│" in line and portal.name in line).split("│")[1:-1]
    ]
    # 30 stories, the deleted one, the static page, the advertisement that robots.txt forbids; the last is never fetched.
    assert cells == [portal.name, "33", "32", "30", "0", "0", "1", "2", "0"]
    (reasons,) = [line for line in done.stdout.splitlines() if "refused 1" in line]
    assert reasons.startswith(f"{portal.name}: refused 1 ")
    assert "1 robots.txt" in reasons


def test_the_ledger_knows_every_announced_address_with_its_state_and_reason(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    states = {row["url"]: (row["state"], row["reason"]) for row in rows(tmp_path, "select url, state, reason from ledger")}
    site = portal.portal
    assert states.pop(f"{portal.origin}{site.deleted_path}") == ("gone", "not found")
    assert states.pop(site.url(site.refused)) == ("refused by robots", "robots.txt forbids it")
    assert states.pop(f"{portal.origin}{site.static_path}")[0] == "not an article"
    assert set(states.values()) == {("archived", None)}
    assert len(states) == 30


def test_robots_are_obeyed_and_the_crawler_says_who_it_is(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    asked = [request.path for request in portal.requests]
    assert asked[0] == "/robots.txt"
    assert portal.portal.path(portal.portal.refused) not in asked
    assert all(request.user_agent.startswith("ArsipWarta/") for request in portal.requests)


def test_no_page_is_asked_for_twice(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    asked = [request.path for request in portal.requests]
    assert len(asked) == len(set(asked))


def test_every_capture_is_stored_with_the_address_and_the_host_that_answered(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    captures = rows(tmp_path, "select url, origin, status, robots, crawl from captures", "pages.db")
    assert {row["origin"] for row in captures} == {portal.home}
    assert all(str(row["url"]).startswith(portal.origin) for row in captures)
    assert {row["status"] for row in captures} == {200, 404}
    assert {row["robots"] for row in captures} == {"allowed"}
    assert all(row["crawl"] for row in captures)


def test_an_article_on_two_pages_is_one_article_with_both_captures(tmp_path):
    with serve(["rakyatbengkulu"]) as portals:
        portal = portals["rakyatbengkulu"]
        crawl(portal.name, portal.home, folder=tmp_path)
        long = [story for story in portal.stories if len(story.pages) == 2]
        assert len(long) == 2
        for story in long:
            url = portal.url(story.slug)
            parts = rows(tmp_path, f"select part, url from captures where url like '{url}%' order by part", "pages.db")
            assert [(row["part"], row["url"]) for row in parts] == [(1, url), (2, f"{url}2/")]
            assert len([row for row in articles_of(tmp_path) if str(row["url"]).startswith(url)]) == 1


def test_a_second_crawl_of_an_unchanged_portal_fetches_nothing_and_rewrites_no_row(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    before = contents(tmp_path)
    portal.requests.clear()
    done = crawl(portal.name, portal.home, folder=tmp_path)
    assert done.returncode == 0
    assert {request.status for request in portal.requests if request.path != "/robots.txt"} == {304}
    stories = {portal.portal.path(story) for story in portal.stories}
    assert not stories & {request.path for request in portal.requests}
    assert contents(tmp_path) == before


def test_an_edited_article_becomes_a_second_revision_and_the_first_stays(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    story = portal.stories[3]
    word = next(word for word in told(story)[1].split() if len(word) > 5 and word.isalpha())
    portal.edit(story.slug, word, "DIUBAH")
    portal.requests.clear()
    done = crawl(portal.name, portal.home, folder=tmp_path)
    assert done.returncode == 0
    identity = article_id(portal.name, portal.url(story.slug))
    sql = "select coalesce(revisions.body, articles.body) as body from revisions join articles on articles.id = revisions.article"
    texts = [row["body"] for row in rows(tmp_path, f"{sql} where article = '{identity}' order by number")]
    assert len(texts) == 2
    assert "DIUBAH" not in texts[0]
    assert "DIUBAH" in texts[1]
    (row,) = rows(tmp_path, f"select revision, body from articles where id = '{identity}'")
    assert row == {"revision": 2, "body": texts[1]}
    assert rows(tmp_path, "select max(revision) as most, sum(revision > 1) as edited from articles") == [{"most": 2, "edited": 1}]
    # Only the edited story was sent again.
    sent = {request.path for request in portal.requests if request.status == 200}
    assert sent & {portal.portal.path(each) for each in portal.stories} == {portal.portal.path(story)}


@pytest.mark.parametrize("edited", [False, True], ids=["only the rules are others", "the story is edited too"])
def test_better_rules_are_told_from_an_edit(edited, portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    story = portal.stories[3]
    identity, url = article_id(portal.name, portal.url(story.slug)), portal.url(story.slug)
    with sqlite3.connect(tmp_path / "articles.db") as database:
        for table, key in (("articles", "id"), ("revisions", "article")):
            database.execute(f"update {table} set title = 'Baca: ' || title where {key} = ?", [identity])
        database.execute("update revisions set rules = '000000000000', fingerprint = 'older' where article = ?", [identity])
        database.execute("update ledger set etag = null, last_modified = null, next_try = announced_at where url = ?", [url])
    database.close()
    if edited:
        portal.edit(story.slug, next(word for word in told(story)[1].split() if len(word) > 5 and word.isalpha()), "DIUBAH")
    assert crawl(portal.name, portal.home, folder=tmp_path).returncode == 0
    assert rows(tmp_path, f"select count(*) as captures from captures where url = '{url}'", "pages.db") == [{"captures": 2}]
    titles = rows(tmp_path, f"select number, title from revisions where article = '{identity}' order by number")
    assert titles == [{"number": number, "title": story.title} for number in range(1, 2 + edited)]
    (older,) = rows(tmp_path, f"select rules, told from superseded where article = '{identity}'")
    assert (older["rules"], json.loads(older["told"])["title"]) == ("000000000000", f"Baca: {story.title}")


def test_a_damaged_page_of_before_does_not_keep_a_new_text_out(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    story = portal.stories[3]
    identity, url = article_id(portal.name, portal.url(story.slug)), portal.url(story.slug)
    with sqlite3.connect(tmp_path / "articles.db") as database:
        database.execute("update revisions set rules = '000000000000' where article = ?", [identity])
    database.close()
    with sqlite3.connect(tmp_path / "pages.db") as database:
        database.execute("update bodies set zstd = x'28b52ffd' where sha256 in (select sha256 from captures where url = ?)", [url])
    database.close()
    portal.edit(story.slug, next(word for word in told(story)[1].split() if len(word) > 5 and word.isalpha()), "DIUBAH")
    crawl(portal.name, portal.home, folder=tmp_path)
    (row,) = rows(tmp_path, f"select revision, body like '%DIUBAH%' as edited from articles where id = '{identity}'")
    assert row == {"revision": 2, "edited": 1}


def test_a_removed_article_is_marked_gone_and_stays_readable(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    story = portal.stories[7]
    url, body = portal.url(story.slug), expected(portal, story)["body"]
    portal.remove(story.slug)
    crawl(portal.name, portal.home, folder=tmp_path)
    gone = [row for row in articles_of(tmp_path) if row["gone_at"]]
    assert [(row["url"], row["body"]) for row in gone] == [(url, body)]
    shown = arsip("show", url, folder=tmp_path)
    assert shown.returncode == 0
    assert "the portal took it down" in shown.stdout
    # The proof of its end is kept too.
    assert rows(tmp_path, f"select status from captures where url = '{url}' order by id", "pages.db") == [{"status": 200}, {"status": 404}]


def test_a_story_that_comes_back_is_no_longer_gone(portal, tmp_path):
    story = portal.stories[7]
    crawl(portal.name, portal.home, folder=tmp_path)
    portal.remove(story.slug)
    crawl(portal.name, portal.home, folder=tmp_path)
    portal.add(story)
    crawl(portal.name, portal.home, folder=tmp_path)
    assert rows(tmp_path, "select count(*) as gone from articles where gone_at is not null") == [{"gone": 0}]


def test_a_new_story_is_found_without_reading_everything_again(portal, tmp_path):
    newest = portal.stories[0]
    portal.remove(newest.slug)
    crawl(portal.name, portal.home, folder=tmp_path)
    portal.add(newest)
    portal.requests.clear()
    crawl(portal.name, portal.home, folder=tmp_path)
    sent = {request.path for request in portal.requests if request.status == 200}
    assert sent & {portal.portal.path(story) for story in portal.stories} == {portal.portal.path(newest)}
    assert rows(tmp_path, "select count(*) as held from articles") == [{"held": 30}]


def test_a_crawl_that_was_killed_goes_on_where_it_stopped(portal, tmp_path):
    killed = crawl(
        portal.name,
        portal.home,
        "-s",
        'EXTENSIONS={"tests.faults.KillAfter": 1, "spiders.report.CrawlReport": 100}',
        "-s",
        "KILL_AFTER=12",
        folder=tmp_path,
    )
    assert killed.returncode == -9
    held = {str(row["url"]) for row in articles_of(tmp_path)}
    assert 0 < len(held) < 30
    assert rows(tmp_path, "select outcome from crawls") == [{"outcome": None}]
    portal.requests.clear()
    done = crawl(portal.name, portal.home, folder=tmp_path)
    assert done.returncode == 0
    assert {row["url"] for row in articles_of(tmp_path)} == {portal.url(story.slug) for story in portal.stories}
    asked = {f"{portal.origin}{request.path}" for request in portal.requests}
    assert not asked & held


def test_two_portals_crawled_at_once_into_one_archive_lose_nothing(tmp_path):
    with serve() as portals:
        processes = [
            subprocess.Popen(
                [BIN / "scrapy", "crawl", portal.name, "-a", f"home={portal.home}", *QUICKLY],
                env=os.environ | {"ARSIP_DIR": str(tmp_path)},
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for portal in portals.values()
        ]
        told_on_stderr = [process.communicate(timeout=120)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told_on_stderr
    assert rows(tmp_path, "select portal, count(*) as held from articles group by 1 order by 1") == [
        {"portal": "kebumenekspres", "held": 30},
        {"portal": "rakyatbengkulu", "held": 30},
    ]


def test_limit_ends_a_crawl_early_and_the_next_one_goes_on(portal, tmp_path):
    crawl(portal.name, portal.home, "-a", "limit=5", folder=tmp_path)
    assert rows(tmp_path, "select count(*) as held from articles") == [{"held": 5}]
    crawl(portal.name, portal.home, folder=tmp_path)
    assert rows(tmp_path, "select count(*) as held from articles") == [{"held": 30}]


def test_since_and_until_bound_the_days_of_publication_in_the_portals_own_zone(portal, tmp_path):
    days = sorted({story.published.date().isoformat() for story in portal.stories})
    since, until = days[5], days[20]
    crawl(portal.name, portal.home, "-a", f"since={since}", "-a", f"until={until}", folder=tmp_path)
    wanted = {portal.url(story.slug) for story in portal.stories if since <= story.published.date().isoformat() <= until}
    assert {row["url"] for row in articles_of(tmp_path)} == wanted


def test_a_listing_that_always_says_unchanged_is_not_believed_for_longer_than_a_day(portal, tmp_path):
    crawl(portal.name, portal.home, folder=tmp_path)
    with Archive(tmp_path) as archive:
        archive.articles_db.execute("update listings set fetched_at = '2026-01-01T00:00:00+00:00'")
    portal.requests.clear()
    crawl(portal.name, portal.home, folder=tmp_path)
    assert {request.status for request in portal.requests} == {200}
    assert not {request.path for request in portal.requests} & {portal.portal.path(story) for story in portal.stories}
