"""Paragraphs that stand in many articles of a portal are counted exactly, whatever their hashes."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import repeated as module
from archive.records import Stamp
from archive.repeated import folded, repeated
from archive.store import Archive
from tests.arsip import arsip, printed, told
from tests.builders import PORTAL, article, keep_portal

OTHER = "kebumenekspres"
LINE = "Dapatkan berita terbaru kami setiap pagi."


def dated(day: int) -> Stamp:
    return Stamp(iso=f"2021-03-{day:02}", precision="day")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten articles of a portal, six with the same closing line and four with one that counts; and another portal's."""
    folder = tmp_path_factory.mktemp("arsip")
    with Archive(folder) as archive:
        keep_portal(archive)
        keep_portal(archive, OTHER)
        for day in range(1, 11):
            closing = LINE.replace(" ", "  \n") if day <= 3 else LINE if day <= 6 else f"Dibaca {day * 7} kali."
            archive.keep_article(article(f"/{day}", title=f"Hari {day}", body=f"Cerita hari {day}.\n\n{closing}", published=dated(day)))
        archive.keep_article(article("/lain", portal=OTHER, body=LINE))
    return folder


def test_the_most_frequent_come_first_with_count_share_days_and_examples(folder: Path) -> None:
    assert told(folder, "repeated", PORTAL) == [
        {
            "text": LINE,
            "articles": 6,
            "share": 0.6,
            "first": "2021-03-01",
            "last": "2021-03-06",
            "examples": [article(f"/{day}").id for day in (1, 2, 3)],
        }
    ]
    ids = " ".join(article(f"/{day}").id for day in (1, 2, 3))
    assert printed(folder, "repeated", PORTAL) == [f"6 articles, 60%  2021-03-01 – 2021-03-06  {ids}", f"  {LINE}"]


def test_with_digits_folded_what_differs_in_numbers_only_is_one(folder: Path) -> None:
    rows = told(folder, "repeated", PORTAL, "--digits", "--least", "4")
    assert [(row["text"], row["articles"]) for row in rows] == [("Cerita hari 0.", 10), (LINE, 6), ("Dibaca 0 kali.", 4)]
    assert [row["text"] for row in told(folder, "repeated", PORTAL, "--digits", "--least", "4", "--limit", "1")] == ["Cerita hari 0."]


def test_nothing_repeated_is_a_sentence_and_an_empty_array(folder: Path) -> None:
    assert printed(folder, "repeated", PORTAL, "--least", "7") == ["No paragraph stands in so many articles."]
    assert told(folder, "repeated", OTHER) == []


def test_a_paragraph_counts_once_an_article_and_not_where_it_is_withdrawn(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        keep_portal(archive)
        for path in ("/a", "/b"):
            archive.keep_article(article(path, body=f"{LINE}\n\n{LINE}\n\n{LINE}", published=None))
        (row,) = repeated(archive.articles_db, PORTAL, least=2)
        assert (row.articles, row.share, row.first, row.last) == (2, 1.0, "2021-03-25", "2021-03-25")
        assert repeated(archive.articles_db, PORTAL, least=3) == []
        archive.withdraw(article("/a").id, "salah", at=article().captured_at)
        assert repeated(archive.articles_db, PORTAL, least=2) == []
        keep_portal(archive, OTHER)
        assert repeated(archive.articles_db, OTHER, least=2) == []


@pytest.mark.parametrize("words", [["asing"], ["asing", "--json"]])
def test_an_unknown_portal_is_one_sentence(folder: Path, words: list[str]) -> None:
    result = arsip(folder, "repeated", *words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert f"holds nothing of 'asing'; it knows {OTHER}, {PORTAL}" in result.stderr


BODIES = st.lists(st.lists(st.sampled_from("a b c d 1 22 e1 e2".split()), min_size=1, max_size=5), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(bodies=BODIES, least=st.integers(2, 4), digits=st.booleans(), slots=st.sampled_from([1, 4, 1 << 10]))
def test_few_counters_make_it_slower_and_never_wrong(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[list[str]], least: int, digits: bool, slots: int
) -> None:
    with Archive(tmp_path_factory.mktemp("arsip")) as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SLOTS", slots)
        keep_portal(archive)
        for number, paragraphs in enumerate(bodies):
            archive.keep_article(article(f"/{number}", body="\n\n".join(paragraphs)))
        found = {row.text: row.articles for row in repeated(archive.articles_db, PORTAL, least=least, digits=digits)}
    expected = Counter(text for paragraphs in bodies for text in {folded(each, digits=digits) for each in paragraphs})
    assert found == {text: count for text, count in expected.items() if count >= least}


def test_more_articles_than_a_counter_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    with Archive(tmp_path) as archive:
        keep_portal(archive)
        for number in range(6):
            archive.keep_article(article(f"/{number}", body=LINE if number < 5 else "Lain."))
        assert [row.articles for row in repeated(archive.articles_db, PORTAL, least=5)] == [5]
        assert repeated(archive.articles_db, PORTAL, least=6) == []


@pytest.mark.parametrize(
    ("paragraph", "digits", "text"),
    [("Baca  juga:\n Gempa ", False, "Baca juga: Gempa"), ("Dibaca 1.204 kali", True, "Dibaca 0.0 kali"), (" \n", True, "")],
)
def test_folding(paragraph: str, digits: bool, text: str) -> None:
    assert folded(paragraph, digits=digits) == text
