"""What pages say to machines: JSON-LD in every form, and meta elements."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.markup import parse
from pipelines.metadata import json_ld, meta, strings
from tests.steady import steady


def ld(data: object, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{data if isinstance(data, str) else json.dumps(data)}</script>'


def tree_of(markup: str) -> Any:
    tree = parse(f"<html><head>{markup}</head><body>x</body></html>")
    assert tree is not None
    return tree


NEWS = {"@type": "NewsArticle", "headline": "Sumur Bor JSON", "datePublished": "2021-03-25T08:00:00+07:00"}


@pytest.mark.parametrize(
    "data",
    [
        NEWS,
        [NEWS],
        [{"@type": "WebSite"}, NEWS],
        {"@graph": [{"@type": "Organization", "name": "x"}, NEWS]},
        {"@context": "https://schema.org", "@graph": [[NEWS]]},
        {"@type": "WebPage", "mainEntity": NEWS},
        NEWS | {"@type": ["Article", "NewsArticle"]},
        NEWS | {"@type": "http://schema.org/NewsArticle"},
        [{"@type": {"a": 1}}, {"@type": [["x"], 5, None]}, "teks", 7, None, NEWS],
        NEWS | {"headline": "Sumur\n Bor &#74;SON"},
        json.dumps(NEWS).replace("Bor", "Bor\n\t"),
        f"<!-- {json.dumps(NEWS)} -->",
        f"//<![CDATA[\n{json.dumps(NEWS)}\n//]]>",
        json.dumps(NEWS) + ";",
    ],
)
def test_json_ld_is_found_in_every_form(data: object) -> None:
    for kind in ("application/ld+json", "Application/LD+JSON; charset=utf-8"):
        said = json_ld(tree_of(ld("{rusak") + ld(data, kind)))
        assert strings(said["headline"]) == ["Sumur Bor JSON"]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        '{"@type": "NewsArticle", }',
        "[" * 100_000,
        '{"@type": "Organization"}',
        "5",
        '"NewsArticle"',
        "null",
        '{"a":' * 9 + "1" + "}" * 9,
    ],
)
def test_json_ld_that_is_broken_or_no_story_says_nothing(data: str) -> None:
    assert json_ld(tree_of(ld(data))) == {}
    assert json_ld(tree_of(ld(NEWS, "text/javascript"))) == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  Sumur \n Bor ", ["Sumur Bor"]),
        ("Hukum &amp; Kriminal", ["Hukum & Kriminal"]),
        ({"name": "mam"}, ["mam"]),
        ([{"name": "mam"}, "cah", {"name": ["nug", {"name": "saf"}]}], ["mam", "cah", "nug", "saf"]),
        ({"@id": "#a"}, []),
        (["", None, 5, True, {}], []),
        ("Kabar \ud83d", ["Kabar"]),
        ("Kabar\u0000", ["Kabar"]),
        (None, []),
    ],
)
def test_strings_of_json_ld(value: object, expected: list[str]) -> None:
    assert strings(value) == expected


@steady
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_json_raises(data: object) -> None:
    json_ld(tree_of(ld(json.dumps(data).replace("<", ""))))
    assert all(isinstance(text, str) for text in strings(data))


def test_meta_elements_are_read_by_any_name() -> None:
    found = meta(
        tree_of(
            '<meta property="OG:Title" content=" Sumur  Bor "><meta name="author" content="mam"><meta name="author" content="cah">'
            '<meta itemprop="datePublished" content="2021"><meta name="kosong" content=""><meta charset="utf-8"><meta content="x">'
        )
    )
    assert found == {"og:title": ["Sumur Bor"], "author": ["mam", "cah"], "datepublished": ["2021"]}
