"""What comes into the archive: new, edited, unchanged, reread, refused, gone and back, in whatever order."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.records import GONE, Stamp
from archive.store import Archive
from tests.builders import HOME, article, at, keep_portal, refused, texts

EDITED = "Hujan deras turun semalaman.\n\nTiga warga hilang."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "arsip") as opened:
        keep_portal(opened)
        yield opened


def standing(archive: Archive) -> dict[str, Any]:
    (row,) = archive.articles_db.table("articles").rows
    return row


def everything(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    return {name: list(archive.articles_db.table(name).rows) for name in ("articles", "revisions", "repeats", "ledger", "portals")}


def hits(archive: Archive, word: str) -> list[str]:
    rows = archive.articles_db.execute(
        "select id from articles where docid in (select rowid from articles_fts where articles_fts match ?)", [word]
    )
    return [identity for (identity,) in rows]


def index_is_sound(archive: Archive) -> bool:
    """FTS5 compares its index with the rows themselves, and raises where they differ."""
    archive.articles_db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    return True


def test_a_new_article_stands_with_its_first_revision(archive: Archive) -> None:
    story = article(authors=("mam",), editors=("AG",), place="Kepahiang")
    assert archive.keep_article(story) == "new"
    row = standing(archive)
    assert (row["id"], row["portal"], row["url"]) == (story.id, story.portal, story.url)
    assert (row["title"], row["body"], row["body_sha256"]) == (story.title, story.body, story.body_sha256)
    assert (row["published"], row["published_raw"], row["published_precision"]) == ("2021-03-25", "Kamis, 25 Maret 2021", "day")
    assert (row["authors"], row["editors"], row["place"], row["revision"]) == ('["mam"]', '["AG"]', "Kepahiang", 1)
    assert row["first_seen"] == row["captured_at"] == "2021-03-25T05:00:00+00:00"
    assert row["gone_at"] is None
    assert texts(archive) == [(1, story.body)]


@pytest.mark.parametrize("again", [article(), article(day=3), article(day=-3)], ids=["the same capture", "a later one", "an earlier one"])
def test_an_unchanged_article_makes_no_revision(archive: Archive, again: Any) -> None:
    archive.keep_article(article())
    assert archive.keep_article(again) != "revised"
    assert texts(archive) == [(1, article().body)]


def test_the_same_capture_again_changes_no_row(archive: Archive) -> None:
    archive.keep_article(article())
    archive.keep_article(article(day=1, body=EDITED))
    archive.keep_article(article(day=2, body=EDITED))
    before, changes = everything(archive), archive.articles_db.conn.total_changes
    for day, body in ((0, article().body), (1, EDITED), (2, EDITED)):
        assert archive.keep_article(article(day=day, body=body)) == "unchanged"
    assert archive.articles_db.conn.total_changes == changes
    assert everything(archive) == before


def test_a_later_capture_that_tells_the_same_leaves_article_and_revision_as_they_are(archive: Archive) -> None:
    archive.keep_article(article())
    before = everything(archive)
    assert archive.keep_article(article(day=3, tags=("banjir",))) == "unchanged"
    assert everything(archive) | {"repeats": []} == before


def test_an_edited_article_becomes_a_second_revision_and_the_first_stays(archive: Archive) -> None:
    archive.keep_article(article())
    assert archive.keep_article(article(day=2, body=EDITED)) == "revised"
    row = standing(archive)
    assert (row["body"], row["revision"]) == (EDITED, 2)
    assert (row["first_seen"], row["captured_at"]) == ("2021-03-25T05:00:00+00:00", "2021-03-27T05:00:00+00:00")
    assert texts(archive) == [(1, article().body), (2, EDITED)]


def test_the_index_follows_every_change_of_the_text(archive: Archive) -> None:
    story = article()
    archive.keep_article(story)
    archive.keep_article(article(day=2, body=EDITED, title="Banjir bandang"))
    assert (hits(archive, "mengungsi"), hits(archive, "hilang"), hits(archive, "bandang")) == ([], [story.id], [story.id])
    assert index_is_sound(archive)
    archive.keep_article(refused(day=2))
    archive.keep_article(refused(day=0))
    assert hits(archive, "hujan") == []
    assert index_is_sound(archive)


def test_a_change_beside_the_text_leaves_the_index_alone(archive: Archive) -> None:
    """Tokenising is the cost of a write."""

    def index() -> list[tuple[int, bytes]]:
        return archive.articles_db.execute("select id, block from articles_fts_data").fetchall()

    archive.keep_article(article())
    before = index()
    assert archive.keep_article(article(tags=("banjir",), section="Daerah")) == "reread"
    assert standing(archive)["tags"] == '["banjir"]'
    archive.keep_article(refused(day=1, refusal=GONE))
    assert index() == before


def test_an_older_capture_comes_before_what_is_known(archive: Archive) -> None:
    archive.keep_article(article(day=5, body=EDITED))
    assert archive.keep_article(article(day=1)) == "revised"
    row = standing(archive)
    assert (row["body"], row["revision"], row["first_seen"]) == (EDITED, 2, "2021-03-26T05:00:00+00:00")
    assert texts(archive) == [(1, article().body), (2, EDITED)]
    assert hits(archive, "hilang") == [row["id"]]
    assert hits(archive, "mengungsi") == []


def test_an_older_capture_between_two_that_tell_the_same_does_not_hide_the_later(archive: Archive) -> None:
    archive.keep_article(article(day=0))
    archive.keep_article(article(day=4))
    assert archive.keep_article(article(day=2, body=EDITED)) == "revised"
    row = standing(archive)
    assert (row["body"], row["revision"], row["captured_at"]) == (article().body, 3, "2021-03-29T05:00:00+00:00")
    assert texts(archive) == [(1, article().body), (2, EDITED), (3, article().body)]
    assert index_is_sound(archive)


def test_better_rules_reread_a_capture_in_its_place(archive: Archive) -> None:
    archive.keep_article(article(body="Banjir. Scroll to Top"))
    archive.keep_article(article(day=1, body=EDITED))
    assert archive.keep_article(article(body="Banjir.")) == "reread"
    assert texts(archive) == [(1, "Banjir."), (2, EDITED)]
    assert archive.keep_article(article(day=1, body=EDITED, tags=("banjir",))) == "reread"
    assert standing(archive)["tags"] == '["banjir"]'


def test_a_page_that_is_no_article_leaves_nothing(archive: Archive) -> None:
    assert archive.keep_article(refused()) == "refused"
    assert not any(everything(archive)[name] for name in ("articles", "revisions"))


def test_a_later_page_that_is_no_article_does_not_touch_the_story(archive: Archive) -> None:
    archive.keep_article(article())
    before = everything(archive)
    assert archive.keep_article(refused(day=1)) == "refused"
    assert everything(archive) == before


def test_what_better_rules_say_was_no_article_is_withdrawn(archive: Archive) -> None:
    archive.keep_article(article())
    archive.keep_article(article(day=1, body=EDITED))
    archive.keep_article(article(day=2, body=EDITED))
    assert archive.keep_article(refused(day=0)) == "dropped"
    assert (standing(archive)["body"], standing(archive)["revision"], texts(archive)) == (EDITED, 1, [(1, EDITED)])
    assert archive.keep_article(refused(day=1)) == "dropped"
    assert not any(everything(archive)[name] for name in ("articles", "revisions", "repeats"))
    assert archive.keep_article(article()) == "new"


def test_a_story_taken_down_stays_readable_and_says_when(archive: Archive) -> None:
    archive.keep_article(article())
    assert archive.keep_article(refused(day=1, refusal=GONE)) == "gone"
    archive.keep_article(refused(day=2, refusal=GONE))
    row = standing(archive)
    assert (row["body"], row["gone_at"], row["gone_reason"]) == (article().body, "2021-03-26T05:00:00+00:00", GONE)
    assert hits(archive, "hujan") == [row["id"]]


@pytest.mark.parametrize("body", [article().body, EDITED], ids=["as it was", "edited"])
def test_a_story_that_comes_back_is_no_longer_gone(archive: Archive, body: str) -> None:
    archive.keep_article(article())
    archive.keep_article(refused(day=1, refusal=GONE))
    archive.keep_article(article(day=2, body=body))
    assert (standing(archive)["gone_at"], standing(archive)["gone_reason"], standing(archive)["body"]) == (None, None, body)


def test_a_capture_from_before_it_went_does_not_bring_a_story_back(archive: Archive) -> None:
    archive.keep_article(article(day=2))
    archive.keep_article(refused(day=5, refusal=GONE))
    archive.keep_article(article(day=1, body=EDITED))
    assert standing(archive)["gone_at"] == "2021-03-30T05:00:00+00:00"


@pytest.mark.parametrize("body", [article().body, EDITED], ids=["as it was", "edited"])
def test_an_old_404_does_not_take_down_a_story_that_answered_since(archive: Archive, body: str) -> None:
    archive.keep_article(article())
    archive.keep_article(article(day=5, body=body))
    archive.keep_article(refused(day=3, refusal=GONE))
    assert standing(archive)["gone_at"] is None


def test_a_404_takes_down_the_story_that_its_address_led_to(archive: Archive) -> None:
    """A portal's address may lead to a story whose own address is another: with tracking parameters, or an AMP page."""
    story = article()
    archive.keep_article(story)
    archive.ledger.settle(HOME + "/banjir?amp=1", "archived", portal=story.portal, at=at(0), article=story.id)
    archive.keep_article(refused("/banjir?amp=1", day=1, refusal=GONE))
    assert standing(archive)["gone_at"] == "2021-03-26T05:00:00+00:00"


def test_a_404_of_an_unknown_address_is_no_article(archive: Archive) -> None:
    assert archive.keep_article(refused(refusal=GONE)) == "gone"
    assert everything(archive)["articles"] == []


@pytest.mark.parametrize(
    ("reading", "outcome"),
    [
        (article("/lain"), "new"),
        (article(), "unchanged"),
        (article(day=3), "unchanged"),
        (article(day=3, body=EDITED), "revised"),
        (article(body=EDITED), "reread"),
        (refused(), "dropped"),
        (refused(day=3), "refused"),
        (refused(day=3, refusal=GONE), "gone"),
    ],
)
def test_a_dry_run_says_what_would_be_and_writes_nothing(archive: Archive, reading: Any, outcome: str) -> None:
    archive.keep_article(article())
    before, changes = everything(archive), archive.articles_db.conn.total_changes
    assert archive.keep_article(reading, dry=True) == outcome
    assert (everything(archive), archive.articles_db.conn.total_changes) == (before, changes)
    assert archive.keep_article(reading) == outcome


def test_vacuum_leaves_the_index_right(archive: Archive) -> None:
    """VACUUM may number hidden rowids anew, and here they surely are; the index must not hang on them."""
    stories = [article(f"/{word}", title=word, body=f"Kabar tentang {word}.") for word in ("sawah", "ladang", "kebun", "hutan")]
    for story in stories:
        archive.keep_article(story)
    archive.keep_article(refused("/sawah"))
    archive.keep_article(refused("/kebun"))
    archive.articles_db.execute("vacuum")
    archive.articles_db.execute("update articles set rowid = rowid + 1000")
    assert (hits(archive, "ladang"), hits(archive, "hutan"), hits(archive, "kebun")) == ([stories[1].id], [stories[3].id], [])
    archive.keep_article(article("/rawa", title="rawa", body="Kabar tentang rawa."))
    assert hits(archive, "tentang") == [stories[1].id, stories[3].id, article("/rawa").id]
    (marked,) = archive.articles_db.execute("select highlight(articles_fts, 0, '[', ']') from articles_fts('hutan')").fetchone()
    assert marked == "[hutan]"
    assert index_is_sound(archive)


def test_an_article_needs_its_portal(archive: Archive) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        archive.keep_article(article(portal="asing"))
    assert everything(archive)["articles"] == []


def test_a_portal_is_noted_once_and_its_new_facts_replace_the_old(archive: Archive) -> None:
    archive.keep_article(article())
    changes = archive.articles_db.conn.total_changes
    keep_portal(archive)
    assert archive.articles_db.conn.total_changes == changes
    keep_portal(archive, title="Harian Rakyat Bengkulu", region="17.71")
    (row,) = archive.articles_db.table("portals").rows
    assert (row["title"], row["region"]) == ("Harian Rakyat Bengkulu", "17.71")
    assert archive.articles_db.table("regions").count == 552


def test_a_reading_keeps_the_day_as_finely_as_it_was_printed(archive: Archive) -> None:
    archive.keep_article(article(published=Stamp(iso="2021-03-25T10:15+07:00", precision="minute", raw="25/03 10:15", source="meta")))
    assert (standing(archive)["published"], standing(archive)["published_precision"]) == ("2021-03-25T10:15+07:00", "minute")
