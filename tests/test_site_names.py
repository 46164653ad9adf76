"""A site goes by its host, its domain and what it calls itself; a person, a place or a word of a title is none of these."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.site_names import is_site, site_names
from tests.steady import steady


@pytest.mark.parametrize(
    ("url", "told", "expected"),
    [
        ("https://www.kabarserayu.com/2021/03/air.html", [], {"kabarserayu.com", "kabarserayu"}),
        ("https://kabarserayu.co.id/a", [], {"kabarserayu.co.id", "kabarserayu"}),
        ("https://kabarserayu.id/a", [], {"kabarserayu.id", "kabarserayu"}),
        ("https://garung.kabarserayu.com/a", [], {"garung.kabarserayu.com", "kabarserayu.com", "kabarserayu", "garung"}),
        ("https://desa.kabarserayu.co.id/a", [], {"desa.kabarserayu.co.id", "kabarserayu.co.id", "kabarserayu", "desa"}),
        # Such hosts name no site: every portal has them.
        ("https://news.kabarserayu.com/a", [], {"news.kabarserayu.com", "kabarserayu.com", "kabarserayu"}),
        ("https://m.kabarserayu.com/a", [], {"m.kabarserayu.com", "kabarserayu.com", "kabarserayu"}),
        # Three letters stand in too many words.
        ("https://rks.id/a", [], {"rks.id"}),
        (
            "https://kabarserayu.com/a",
            [" Kabar Serayu ", "@kabarserayu", "www.KabarSerayu.com"],
            {"kabarserayu.com", "kabarserayu", "kabar serayu"},
        ),
        ("https://kabarserayu.com/a", ["", "KS"], {"kabarserayu.com", "kabarserayu"}),
        ("bukan alamat", ["Kabar Serayu"], {"kabar serayu"}),
        ("http://[rusak/", [], set()),
    ],
)
def test_what_a_site_goes_by(url: str, told: list[str], expected: set[str]) -> None:
    assert site_names(url, told) == expected


NAMES = site_names("https://kabarserayu.com/a", ["Kabar Serayu"])


@pytest.mark.parametrize(
    "printed",
    [
        "Kabar Serayu",
        "KABAR SERAYU",
        "kabarserayu.com",
        "KabarSerayu",
        "Kabarserayu.com Regional",
        "KabarSerayuNews",
        "(Kabar Serayu)",
        "Kabar Serayu.",
    ],
)
def test_the_site_and_its_sections_are_the_site(printed: str) -> None:
    assert is_site(printed, NAMES)


@pytest.mark.parametrize("printed", ["Kabar", "Serayu", "Kabar Gembira", "Bupati", "Siti Serayu", "Sumber Kabar Serayu", "", " "])
def test_words_of_its_name_are_not(printed: str) -> None:
    assert not is_site(printed, NAMES)


@steady
@given(st.text(), st.lists(st.text()))
def test_no_address_raises_and_each_name_is_in_small_letters(url: str, told: list[str]) -> None:
    for name in site_names(url, told):
        assert len(name) >= 4
        assert name == name.casefold()
    is_site(url, site_names(url, told))
