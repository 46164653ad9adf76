"""What a reader types is understood as it is meant, or refused with a sentence; it never breaks the index."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.query import DEEPEST, expression

STORIES = {
    "covid": "Kasus Covid-19 di Kepahiang turun, kata Bupati.",
    "friday": "Salat Jum'at di Masjid Agung Kebumen.",
    "flood": "Banjir merendam sawah; petani gagal panen.",
    "flooding": "Kebanjiran lagi, warga Kebumen mengungsi.",
    "harvest": "Panen raya di Kepahiang, petani senang.",
    "degree": "Dr. Joko Widodo, S.IP melantik bupati.",
    "or": "Pilih kiri or kanan, not tengah and atas.",
}


def index(texts: dict[str, str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table stories using fts5(name unindexed, body, tokenize='unicode61 remove_diacritics 2')")
    connection.executemany("insert into stories values (?, ?)", texts.items())
    return connection


@pytest.fixture(scope="module")
def stories() -> Iterator[sqlite3.Connection]:
    connection = index(STORIES)
    yield connection
    connection.close()


def found(stories: sqlite3.Connection, query: str) -> set[str]:
    return {name for (name,) in stories.execute("select name from stories where stories match ?", [expression(query)])}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("petani", {"flood", "harvest"}),
        ("PETANI panen", {"flood", "harvest"}),
        ("panen petani kepahiang", {"harvest"}),
        ("petani AND kepahiang", {"harvest"}),
        ('"petani gagal"', {"flood"}),
        ('"gagal petani"', set()),
        ("banjir OR kepahiang", {"flood", "covid", "harvest"}),
        ("kebumen OR petani panen", {"friday", "flooding", "flood", "harvest"}),
        ("(kebumen OR petani) panen", {"flood", "harvest"}),
        ("petani NOT kepahiang", {"flood"}),
        ("petani -kepahiang", {"flood"}),
        ("petani AND NOT kepahiang", {"flood"}),
        ("petani -kepahiang -sawah", set()),
        ("petani -kepahiang panen", {"flood"}),
        ('petani -"gagal panen"', {"harvest"}),
        ("petani -(sawah OR kebumen)", {"harvest"}),
        ("bupati OR petani NOT sawah", {"covid", "degree", "harvest"}),
        ("kebanjir*", {"flooding"}),
        ("ban*", {"flood"}),
        ("banjir", {"flood"}),
        ("covid-19", {"covid"}),
        ("COVID-19 kepahiang", {"covid"}),
        ("19-covid", set()),
        ("jum'at", {"friday"}),
        ("jum’at", {"friday"}),
        ("S.IP", {"degree"}),
        ("body:petani", set()),
        ("petani^2", set()),
        ("or", {"or"}),
        ("kiri not tengah", {"or"}),
        ("NEAR(petani panen)", set()),
        ("petani & panen", {"flood", "harvest"}),
        ("petani --", {"flood", "harvest"}),
        ('petani "..."', {"flood", "harvest"}),
        ('"OR"', {"or"}),
        ("sáwah", {"flood"}),
        ("petani\x00panen", {"flood", "harvest"}),
        ("petani\udcff panen", {"flood", "harvest"}),
    ],
)
def test_a_query_finds_what_it_means(stories: sqlite3.Connection, query: str, expected: set[str]) -> None:
    assert found(stories, query) == expected


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", "it has no word to look for"),
        (" \t", "it has no word to look for"),
        ("*", "it has no word to look for"),
        ('"" -- …', "it has no word to look for"),
        ('"petani', "a quotation mark has no partner"),
        ('petani" panen', "a quotation mark has no partner"),
        ("(petani", "a bracket is never closed"),
        ("((petani)", "a bracket is never closed"),
        ("petani)", "a bracket closes that was never opened"),
        ("petani) (panen", "a bracket closes that was never opened"),
        ("()", ") stands where a word is missing"),
        ("petani OR", "it ends where a word is missing"),
        ("petani AND", "it ends where a word is missing"),
        ("petani NOT", "it ends where a word is missing"),
        ("petani NOT --", "it ends where a word is missing"),
        ("OR petani", "OR stands where a word is missing"),
        ("petani OR OR panen", "OR stands where a word is missing"),
        ("petani AND OR panen", "OR stands where a word is missing"),
        ("AND", "AND stands where a word is missing"),
        ("petani -OR", "OR stands where a word is missing"),
        ("NOT petani", "NOT needs a word before it, from whose stories it takes some away"),
        ("-petani", "NOT needs a word before it, from whose stories it takes some away"),
        ("panen OR -petani", "NOT needs a word before it, from whose stories it takes some away"),
        ("(" * 40 + "petani" + ")" * 40, f"its brackets stand more than {DEEPEST} deep in one another"),
    ],
)
def test_a_broken_query_is_refused_with_a_sentence(query: str, why: str) -> None:
    with pytest.raises(ArchiveError) as refusal:
        expression(query)
    assert str(refusal.value) == f"The search {query!r} cannot be understood: {why}."
    assert refusal.value.status == 2


def nested(levels: int) -> str:
    """Petani without what is left of petani without …: with an even number of levels, what `sawah` finds."""
    return f"zzz OR petani -yyy -({nested(levels - 1)})" if levels else "sawah"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (" ".join(["petani"] * 2000), {"flood", "harvest"}),
        (" OR ".join(f"kata{number}" for number in range(2000)) + " OR petani", {"flood", "harvest"}),
        ("petani" + "".join(f" -kata{number}" for number in range(2000)), {"flood", "harvest"}),
        ("petani" + " (panen)" * 500, {"flood", "harvest"}),
        ("(" * DEEPEST + "petani" + ")" * DEEPEST, {"flood", "harvest"}),
        (nested(DEEPEST), {"flood"}),
        ("(zzz OR petani " * DEEPEST + ")" * DEEPEST, {"flood", "harvest"}),
        ('"' + "petani " * 2000 + '"', set()),
    ],
)
def test_a_long_query_is_no_harder_than_a_short_one(stories: sqlite3.Connection, query: str, expected: set[str]) -> None:
    """FTS5's own limits (100 on its parser's stack, 256 levels of an expression) are never met."""
    assert found(stories, query) == expected


PIECES = st.sampled_from(
    ["petani", "OR", "AND", "NOT", "(", ")", "-", '"', "*", "-(", " ", "'", "^", "+", ":", "NEAR", "{", "\x00", "ṣ", "中"]
)


@given(st.one_of(st.text(alphabet=st.characters(codec=None)), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join)))
def test_any_text_is_understood_or_refused(query: str) -> None:
    stories = index({"flood": STORIES["flood"]})
    with closing(stories), suppress(ArchiveError):
        built = expression(query)
        stories.execute("select highlight(stories, 1, '[', ']'), bm25(stories) from stories where stories match ?", [built]).fetchall()


WORDS = ("air", "batu", "cuaca", "desa")
SUBSETS = list(chain.from_iterable(combinations(WORDS, size) for size in range(len(WORDS) + 1)))
Meant = tuple[str, frozenset[int]]


def meaning(word: str) -> Meant:
    return word, frozenset(number for number, words in enumerate(SUBSETS) if word in words)


def in_brackets(part: Meant) -> Meant:
    return f"({part[0]})", part[1]


def together(parts: list[tuple[str, Meant]]) -> Meant:
    (_, (text, hits)), *further = parts
    for operator, (next_text, next_hits) in further:
        text = f"{text}{operator}{next_text}"
        hits = hits - next_hits if operator in (" NOT ", " -", " AND NOT ") else hits & next_hits
    return text, hits


def either(parts: list[Meant]) -> Meant:
    return " OR ".join(text for text, _ in parts), frozenset().union(*(hits for _, hits in parts))


def queries() -> st.SearchStrategy[Meant]:
    operators = st.sampled_from([" ", " AND ", " NOT ", " -", " AND NOT "])
    return st.recursive(
        st.sampled_from(WORDS).map(meaning),
        lambda inner: st.lists(
            st.lists(st.tuples(operators, inner.map(in_brackets) | st.sampled_from(WORDS).map(meaning)), min_size=1, max_size=4).map(
                together
            ),
            min_size=1,
            max_size=3,
        ).map(either),
        max_leaves=12,
    )


SETS = index({str(number): " ".join(words) or "kosong" for number, words in enumerate(SUBSETS)})


@given(queries())
def test_words_combine_as_sets_do(query: Meant) -> None:
    """Side by side all are wanted, NOT takes away what is left of it so far, OR binds least."""
    text, expected = query
    assert found(SETS, text) == {str(number) for number in expected}
