"""What a page and an article are: values, with ids and fingerprints that stay the same for ever."""

import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta
from typing import Any

import pytest

from archive.records import Removed, Stamp, article_id
from tests.builders import article, at, page


@pytest.mark.parametrize(
    ("portal", "url", "expected"),
    [
        ("rakyatbengkulu", "https://rakyatbengkulu.com/2021/03/25/banjir", "cab602b35be3415c"),
        ("kebumenekspres", "https://rakyatbengkulu.com/2021/03/25/banjir", "5ad68daee4a0ffa4"),
        ("", "https://contoh.id/jum'at-é", "d23c83acffb421f1"),
    ],
)
def test_an_id_never_changes(portal: str, url: str, expected: str) -> None:
    """Researchers cite ids; a release that computes them otherwise breaks every citation."""
    assert article_id(portal, url) == expected
    assert article(url=url, portal=portal).id == expected


def test_portal_and_address_do_not_run_into_each_other() -> None:
    assert article_id("a", "b/c") != article_id("ab", "/c")


@pytest.mark.parametrize(
    "told",
    [
        {"title": "Banjir surut"},
        {"body": "Hujan deras turun semalaman."},
        {"published": None},
        {"published": Stamp(iso="2021-03-26", precision="day")},
        {"authors": ("mam",)},
        {"editors": ("AG",)},
        {"credited_source": "Antara"},
        {"labels": ("advertorial",)},
    ],
)
def test_what_readers_are_told_makes_the_fingerprint(told: dict[str, Any]) -> None:
    assert article(**told).fingerprint != article().fingerprint


@pytest.mark.parametrize(
    "aside",
    [
        {"captured_at": at(9)},
        {"page_sha256": "0" * 64},
        {"tags": ("banjir",)},
        {"image": "https://rakyatbengkulu.com/a.jpg"},
        {"modified": Stamp(iso="2021-03-26", precision="day")},
        {"flags": ("short",)},
        {"removed": (Removed(rule="baca-juga", text="Baca Juga: Gempa"),)},
        {"sources": (("title", "rule"),)},
        {"published": Stamp(iso="2021-03-25", precision="day", raw="25/03/2021", source="meta")},
    ],
)
def test_what_stands_around_the_story_makes_no_other_fingerprint(aside: dict[str, Any]) -> None:
    assert article(**aside).fingerprint == article().fingerprint


def test_names_that_move_from_author_to_editor_are_told_otherwise() -> None:
    assert article(authors=("AG",)).fingerprint != article(editors=("AG",)).fingerprint


@pytest.mark.parametrize("name", ["etag", "ETag", "ETAG"])
def test_a_header_is_found_in_any_case_and_the_first_one_counts(name: str) -> None:
    assert page(headers=(("ETag", '"1"'), ("etag", '"2"'))).header(name) == '"1"'
    assert page(headers=()).header(name) is None


def test_records_go_to_worker_processes_and_back_whole() -> None:
    whole = page(rest=(page("/banjir/2"),))
    assert pickle.loads(pickle.dumps(whole)) == whole
    assert pickle.loads(pickle.dumps(article())) == article()


def test_records_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        article().title = "Lain"  # type: ignore[misc]
    later = replace(article(), captured_at=article().captured_at + timedelta(days=1))
    assert later.id == article().id
