"""Captures may arrive in any order; what an article's history says is the same."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Article, Removed, Stamp
from archive.revisions import Row, capture_of, repeats_of, revision_row, revisions_of, unpick, weave
from tests.builders import article, at


def reading(day: int, text: str) -> Row:
    return revision_row(article(day=day, body=text))


def woven(readings: list[Row]) -> list[Row]:
    known: list[Row] = []
    for row in readings:
        known = weave(known, row)
    return known


def history(readings: list[Row]) -> list[tuple[int, str, str]]:
    return [(row["number"], row["captured_at"][:10], row["body"]) for row in revisions_of(readings)]


@pytest.mark.parametrize(
    ("arrivals", "expected"),
    [
        ([(0, "A")], [(1, "2021-03-25", "A")]),
        ([(0, "A"), (1, "A")], [(1, "2021-03-25", "A")]),
        ([(1, "A"), (0, "A")], [(1, "2021-03-25", "A")]),
        ([(0, "A"), (1, "B")], [(1, "2021-03-25", "A"), (2, "2021-03-26", "B")]),
        ([(1, "B"), (0, "A")], [(1, "2021-03-25", "A"), (2, "2021-03-26", "B")]),
        ([(0, "A"), (1, "B"), (2, "A")], [(1, "2021-03-25", "A"), (2, "2021-03-26", "B"), (3, "2021-03-27", "A")]),
        ([(0, "A"), (2, "A"), (1, "B")], [(1, "2021-03-25", "A"), (2, "2021-03-26", "B"), (3, "2021-03-27", "A")]),
        ([(0, "A"), (2, "B"), (1, "B")], [(1, "2021-03-25", "A"), (2, "2021-03-26", "B")]),
        ([(0, "A"), (1, "B"), (1, "A")], [(1, "2021-03-25", "A")]),
    ],
)
def test_a_history_is_what_was_told_in_the_order_of_telling(arrivals: list[tuple[int, str]], expected: list[tuple[int, str, str]]) -> None:
    assert history(woven([reading(day, text) for day, text in arrivals])) == expected


def test_a_text_that_returned_is_still_the_last_one_when_an_older_capture_turns_up() -> None:
    """An import must never make a story's superseded text the one that readers are shown."""
    known = woven([reading(0, "A"), reading(5, "A")])
    late = revisions_of(weave(known, reading(3, "B")))
    assert [row["body"] for row in late] == ["A", "B", "A"]
    assert capture_of(late[-1]) == capture_of(reading(5, "A"))


SCRIPTS = st.lists(st.sampled_from("ABC"), min_size=1, max_size=8).flatmap(
    lambda texts: st.tuples(st.just(texts), st.permutations(range(len(texts))), st.lists(st.integers(0, len(texts) - 1), max_size=3))
)


@given(SCRIPTS)
def test_the_order_of_arrival_makes_no_difference(script: tuple[list[str], list[int], list[int]]) -> None:
    texts, order, again = script
    in_order = woven([reading(day, text) for day, text in enumerate(texts)])
    assert woven([reading(day, texts[day]) for day in [*order, *again]]) == in_order


@given(SCRIPTS)
def test_revisions_are_numbered_sorted_and_differ_from_their_neighbours(script: tuple[list[str], list[int], list[int]]) -> None:
    texts, order, _ = script
    known = woven([reading(day, texts[day]) for day in order])
    told = revisions_of(known)
    assert [row["number"] for row in told] == list(range(1, len(told) + 1))
    assert sorted(known, key=capture_of) == known
    assert all(one["fingerprint"] != other["fingerprint"] for one, other in pairwise(told))
    assert {row["body"] for row in told} == set(texts)
    assert len(told) + len(repeats_of(known)) == len(texts)


@given(SCRIPTS, st.data())
def test_taking_a_capture_out_is_as_if_it_had_never_come(script: tuple[list[str], list[int], list[int]], data: st.DataObject) -> None:
    texts, order, _ = script
    rows = [reading(day, texts[day]) for day in order]
    gone = data.draw(st.sampled_from(rows))
    left = unpick(woven(rows), capture_of(gone))
    told = {row["fingerprint"] for row in revisions_of(left)}
    # A text that only the capture taken out had in full is known again when its repeats are read anew.
    expected = woven([row for row in rows if row is not gone and row["fingerprint"] in told])
    assert left == expected


def test_a_replay_of_better_rules_ends_with_one_text() -> None:
    known = woven([reading(day, "A. Scroll to Top") for day in range(4)])
    for day in range(4):
        known = weave(known, reading(day, "A."))
    assert history(known) == [(1, "2021-03-25", "A.")]
    assert len(repeats_of(known)) == 3


def test_a_row_says_null_for_all_that_is_absent() -> None:
    bare = Article(
        url="https://a.id/b",
        portal="a",
        captured_at=at(0),
        page_sha256="0",
        title="T",
        body="B",
        published=Stamp(iso="2021", precision="day"),
    )
    row = revision_row(bare)
    assert "" not in row.values()
    assert {name for name, value in row.items() if value is None} == {
        *(
            "rules",
            "published_raw",
            "published_source",
            "modified",
            "authors",
            "editors",
            "tags",
            "labels",
            "flags",
            "byline",
            "place",
            "section",
        ),
        *("image", "image_caption", "image_credit", "credited_source", "canonical_url", "removed"),
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"authors": ("Siti Nurbaya", "mam")}, {"authors": '["Siti Nurbaya", "mam"]'}),
        ({"tags": ("jum'at", "aceh “raya”")}, {"tags": '["jum\'at", "aceh “raya”"]'}),
        ({"modified": Stamp(iso="2021-03-26T10:00+07:00", precision="minute")}, {"modified": "2021-03-26T10:00+07:00"}),
        ({"published": None}, {"published": None, "published_raw": None, "published_precision": None, "published_source": None}),
        (
            {"removed": (Removed(rule="baca-juga", text="Baca Juga: Gempa"),)},
            {"removed": '[{"rule": "baca-juga", "text": "Baca Juga: Gempa"}]'},
        ),
        ({"rules_version": "0123456789ab"}, {"rules": "0123456789ab"}),
    ],
)
def test_a_row_keeps_what_the_article_says(changes: dict[str, Any], expected: Row) -> None:
    row = revision_row(article(**changes))
    assert {name: row[name] for name in expected} == expected
