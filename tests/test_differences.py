"""What changed between two texts: every word of both is in it, and what stayed is told as such."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.differences import IN, KEPT, OUT, changes, facts_changed
from tests.steady import steady


def told(old: str, new: str) -> str:
    """The changes as `git diff --word-diff` prints them."""
    signs = {KEPT: "{}", OUT: "[-{}-]", IN: "{{+{}+}}"}
    return "".join(signs[kind].format(text) for kind, text in changes(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Harga Rp 85 ribu.", "Harga Rp 95 ribu.", "Harga Rp [-85-]{+95+} ribu."),
        ("Air surut.", "Air surut, warga pulang.", "Air surut{+, warga pulang+}."),
        ("Air surut, warga pulang.", "Air surut.", "Air surut[-, warga pulang-]."),
        ("sama", "sama", "sama"),
        ("", "baru", "{+baru+}"),
        ("lama", "", "[-lama-]"),
        ("", "", ""),
        ("Satu.\n\nDua.\n\nTiga.", "Satu.\n\nTiga.", "Satu.\n\n[-Dua.\n\n-]Tiga."),
        ("Satu.\n\nDua.", "Satu.\n\nSisipan.\n\nDua.", "Satu.\n\n{+Sisipan.\n\n+}Dua."),
    ],
)
def test_words_that_went_and_came_stand_where_they_did(old, new, expected):
    assert told(old, new) == expected


TEXTS = st.lists(st.sampled_from(["banjir", "warga", "di", "Kepahiang", ".", ",", " ", "\n\n", "2021", "\u00e9"]), max_size=30).map("".join)


@steady
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_changes(old, new):
    found = changes(old, new)
    assert "".join(text for kind, text in found if kind != IN) == old
    assert "".join(text for kind, text in found if kind != OUT) == new
    assert all(text for _, text in found)
    assert all(first.kind != second.kind for first, second in pairwise(found))


@steady
@given(TEXTS)
def test_a_text_is_no_change_of_itself(text):
    assert changes(text, text) == ([(KEPT, text)] if text else [])


def test_facts_that_two_revisions_tell_otherwise_are_named():
    facts = dict.fromkeys(("modified", "authors", "editors", "credited_source", "section", "tags", "labels", "image", "image_caption"))
    old, new = ({"published": "2021-03-25", "place": place, **facts} for place in ("Curup", "Kepahiang"))
    assert facts_changed(old, new) == [("place", "Curup", "Kepahiang")]
