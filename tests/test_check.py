"""Each check suspects what it says, and nothing of a good article."""

import pytest

from archive.records import Stamp
from pipelines.check import CHECKS, SHORT_BODY, flags
from tests.builders import article

BODY = (
    "Hujan deras turun semalaman di lereng Sindoro.\n\nWarga mengungsi ke balai desa, dan sungai meluap sampai ke jalan raya. " * 3
    + "Sekian."
)
DATE = Stamp(iso="2021-03-25", precision="day")


def test_a_good_article_is_not_suspected() -> None:
    assert flags(article(body=BODY, published=DATE)) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"body": "Air surut."}, "short-body"),
        ({"body": "a" * (SHORT_BODY - 2) + "."}, "short-body"),
        ({"published": None}, "no-date"),
        ({"published": Stamp(iso="2021-03-25", precision="day", flags=("weekday",))}, "odd-weekday"),
        ({"published": Stamp(iso="2021-03-25", precision="day", flags=("dateparser",))}, "date-by-fallback"),
        ({"body": BODY.removesuffix(".")}, "unfinished"),
        ({"body": f"Baca juga nanti.\n\n{BODY}"}, "leftover"),
        ({"body": f"{BODY}\n\nSCROLL TO akhir."}, "leftover"),
        ({"body": BODY.replace("Warga", "Warga \ufffd")}, "damaged"),
        ({"body": BODY.replace("Warga", "â€œWargaâ€")}, "damaged"),
        ({"title": "KafÃ© Kebumen Buka"}, "damaged"),
    ],
)
def test_each_check_suspects_what_it_says(changes: dict[str, object], expected: str) -> None:
    assert flags(article(**({"body": BODY, "published": DATE} | changes))) == (expected,)


def test_a_sentence_may_end_in_many_ways() -> None:
    for end in "!?…:”\"'’)":
        assert flags(article(body=BODY.removesuffix(".") + end, published=DATE)) == ()


def test_a_body_just_long_enough_is_not_short() -> None:
    assert flags(article(body="a" * (SHORT_BODY - 1) + ".", published=DATE)) == ()


def test_several_suspicions_come_in_their_order() -> None:
    ids = [check.id for check in CHECKS]
    assert len(set(ids)) == len(ids)
    assert all(check.means for check in CHECKS)
    assert flags(article(body="Bagikan artikel", published=None)) == ("short-body", "no-date", "unfinished", "leftover")
