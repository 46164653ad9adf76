"""The bench scores fairly: its figures on tiny examples, and what a label says."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pages import Label, Reading, read_labels
from bench.scores import kept, leaked, moment, score
from bench.texts import Overlap, grams, holds, overlap, words
from spiders.families.blogger import Blogger
from tests.builders import page
from tests.labels import ABOUT, ARTICLE, BEST, LABEL, RIGHT, STORY, label_in
from tests.page_fixtures import names
from tests.steady import steady

texts = st.lists(st.sampled_from("air banjir camat desa elang fajar".split()), max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Warga, “Mirit” – 12.000 jiwa!", ["warga", "mirit", "12", "000", "jiwa"]),
        ("ke\u00adbu\u200bmen", ["kebumen"]),
        ("JUM’AT pagi", ["jum", "at", "pagi"]),
        ("ﬁlm\u00a0baru", ["film", "baru"]),
        ("*** – |", []),
    ],
)
def test_words_are_what_a_reader_tells_apart(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_grams_are_neighbours_and_a_short_text_is_one() -> None:
    assert grams(list("abcde")) == Counter({tuple("abcd"): 1, tuple("bcde"): 1})
    assert grams(list("ab")) == Counter({("a", "b"): 1})
    assert grams([]) == Counter()


@pytest.mark.parametrize(
    ("got", "want", "expected"),
    [
        ("abcd", "abcd", (1.0, 1.0, 1.0)),
        ("abcd", "efgh", (0.0, 0.0, 0.0)),
        ("ab", "abcd", (1.0, 0.5, 2 / 3)),
        ("abcd", "ab", (0.5, 1.0, 2 / 3)),
        ("aab", "abb", (2 / 3, 2 / 3, 2 / 3)),
        ("", "ab", (0.0, 0.0, 0.0)),
        ("", "", (1.0, 1.0, 1.0)),
    ],
)
def test_overlap_is_what_two_bags_share(got: str, want: str, expected: tuple[float, float, float]) -> None:
    assert overlap(Counter(got), Counter(want)) == pytest.approx(expected)


@steady
@given(texts, texts)
def test_the_same_text_scores_one_another_less_and_a_foreign_one_nothing(one: list[str], other: list[str]) -> None:
    assert overlap(grams(one), grams(one)) == Overlap(1.0, 1.0, 1.0)
    found = overlap(grams(one), grams(other))
    assert all(0 <= figure <= 1 for figure in found)
    assert (found.f1 == 1) == (one == other or grams(one) == grams(other))
    assert overlap(grams(other), grams(one)) == Overlap(found.recall, found.precision, found.f1)
    foreign = [f"{word}x" for word in other]
    assert overlap(grams(one), grams(foreign)).f1 == (0 if one or foreign else 1)


@steady
@given(texts, st.integers(0, 11), st.integers(1, 12))
def test_a_text_holds_each_of_its_runs_and_no_foreign_word(text: list[str], start: int, length: int) -> None:
    assert holds(text, text[start : start + length] or text[:1]) or not text
    assert not holds(text, [*text, "asing"])


def test_a_phrase_stands_in_whole_words_only() -> None:
    assert not holds(["bagikan"], ["bagi"])
    assert not holds(["pasar", "pagi"], ["pagi", "pasar"])


def test_a_reading_that_is_right_has_the_best_figure_everywhere() -> None:
    assert score(LABEL, RIGHT) == BEST


@pytest.mark.parametrize(
    ("change", "figures"),
    [
        ({"title": "Sumur Desa Mirit Kering - Kabar Serayu"}, {"title": 0.0}),
        ({"body": STORY[0]}, {"precision": 1.0, "recall": 8 / 13, "keep": 0.5}),
        ({"body": f"{STORY[0]} {STORY[1]} Baca juga pasar pagi pindah"}, {"precision": 13 / 18, "recall": 1.0, "leak": 1.0}),
        ({"body": f"KEBUMEN, Kabar Serayu – {STORY[0]} {STORY[1]}"}, {"precision": 13 / 16, "dateline": 1.0}),
        ({"body": f"{STORY[0]} {STORY[1]} KEBUMEN, Kabar Serayu"}, {"dateline": 0.0}),
        ({"body": ""}, {"F1": 0.0, "precision": 0.0, "recall": 0.0, "leak": 0.0, "keep": 0.0}),
        ({"published": "2021-03-25"}, {"minute": 0.0, "day": 1.0}),
        ({"published": "2021-03-25T06:30:00"}, {"minute": 1.0, "day": 1.0}),
        ({"published": "2021-03-25T06:30:00Z"}, {"minute": 0.0, "day": 1.0}),
        ({"published": "2021-03-24T16:00:00Z"}, {"minute": 0.0, "day": 0.0}),
        ({"published": "kemarin"}, {"minute": 0.0, "day": 0.0}),
        ({"published": None}, {"minute": 0.0, "day": 0.0}),
        ({"authors": ("Tri Lestari", "Admin")}, {"authors": 0.0}),
        ({"authors": ()}, {"authors": 0.0}),
        ({"editors": ("AG", "TW")}, {"editors": 0.0}),
    ],
)
def test_what_is_wrong_shows_in_its_column(change: dict[str, Any], figures: dict[str, float]) -> None:
    scores = score(LABEL, replace(RIGHT, **change))
    assert {name: scores[name] for name in figures} == pytest.approx(figures)
    if "body" not in change:
        assert {name: figure for name, figure in scores.items() if name not in figures} == {
            name: figure for name, figure in BEST.items() if name not in figures
        }


@pytest.mark.parametrize(
    ("change", "silent"),
    [
        ({"authors": ()}, "authors"),
        ({"editors": ()}, "editors"),
        ({"dateline": None}, "dateline"),
        ({"published": "2021-03-25"}, "minute"),
        ({"published": None}, "day"),
        ({"without": ()}, "leak"),
    ],
)
def test_a_page_that_does_not_ask_has_no_figure(change: dict[str, Any], silent: str) -> None:
    scores = score(replace(LABEL, **change), RIGHT)
    assert scores[silent] is None
    assert scores["F1"] == 1


def test_a_page_that_is_no_article_asks_only_to_be_refused() -> None:
    label = Label(name="daftar", page=page(), refusal="a list of stories")
    nothing = dict.fromkeys(BEST)
    assert score(label, Reading(title="Daftar Berita")) == nothing | {"refused": 1.0}
    assert score(label, Reading(body="Berita pertama")) == nothing | {"refused": 0.0}


def test_a_phrase_that_the_story_says_too_is_no_leak() -> None:
    assert leaked(LABEL, RIGHT) == {"Baca Juga: Pasar Pagi Pindah": False}
    assert kept(LABEL, Reading(body=STORY[1])) == {"menunggu air bersih": False, "kata Camat": True}


def test_a_date_out_of_all_bounds_is_none() -> None:
    assert moment("0001-01-01T00:00:00+14:00", "America/New_York") is None


def test_a_label_without_phrases_asks_for_the_ends_of_paragraphs_and_the_lines_taken_off(tmp_path: Path) -> None:
    label = label_in(tmp_path, "blogger-air", {"page": ABOUT, "article": ARTICLE})
    assert label.rules == replace(Blogger.rules, site_names=("Kabar Serayu",), zone="Asia/Makassar")
    assert (label.zone, label.published, label.dateline) == ("Asia/Makassar", "2021-03-25", "KEBUMEN -")
    assert label.without == ("(saf)",)
    assert label.keep[:2] == ("satu dua tiga empat lima enam", "dua tiga empat lima enam tujuh")
    assert set(label.keep[2:]) == {"delapan sembilan"}


def test_a_label_with_phrases_asks_for_these(tmp_path: Path) -> None:
    label = label_in(tmp_path, "generic-air", {"page": ABOUT, "article": ARTICLE, "without": ["Terkini"], "keep": ["dua tiga"]})
    assert (label.rules, label.without, label.keep) == (None, ("Terkini",), ("dua tiga",))


def test_a_flat_label_says_the_same(tmp_path: Path) -> None:
    flat = ARTICLE | {"url": None, "published": "2021-03-25T05:00:00+07:00", "dateline_prefix": "KEBUMEN -", "removed": []}
    label = label_in(tmp_path, "contoh", flat)
    assert (label.title, label.published, label.dateline, label.zone) == (
        *("Air Surut", "2021-03-25T05:00:00+07:00", "KEBUMEN -"),
        "Asia/Jakarta",
    )


def test_a_label_of_no_article_says_only_that(tmp_path: Path) -> None:
    label = label_in(tmp_path, "blogger-daftar", {"page": ABOUT, "refusal": "a list of stories"})
    assert (label.refusal, label.body, bool(label.rules)) == ("a list of stories", (), True)


def test_the_own_pages_are_labels() -> None:
    assert [label.name for label in read_labels()] == names()
