"""What closes a story is told from what its last sentence puts into brackets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.closings import WITHIN, closing_of
from tests.steady import ADVERSARIAL, steady

NAMES = frozenset({"kabarserayu.com", "kabarserayu", "kabar serayu"})
STORY = "Air surut, dan warga pulang."


@pytest.mark.parametrize(
    ("printed", "byline"),
    [
        ("(mam)", "mam"),
        (" (mam)", "mam"),
        ("(MAM)", "MAM"),
        (" (abc/def)", "abc/def"),
        (" (abc / def)", "abc/def"),
        (" (WJ/H-2)", "WJ/H-2"),
        (" (Sg-12)", "Sg-12"),
        (" [mam]", "mam"),
        (" (mam).", "mam"),
        (" (red)", "red"),
        (" (mam1)", "mam1"),
        (" ( mam )", "mam"),
        ("\nMAM", "MAM"),
        ("\n(mam)", "mam"),
    ],
)
def test_initials_close_a_story_and_stay_initials(printed: str, byline: str) -> None:
    closing = closing_of(STORY + printed, NAMES)
    assert closing
    assert (STORY + printed)[: closing.start].rstrip() == STORY
    assert (closing.byline, closing.advertorial, closing.source, closing.authors) == (byline, False, None, ())


@pytest.mark.parametrize(
    ("printed", "byline", "advertorial", "source"),
    [
        (" (adv)", None, True, None),
        (" (ADV/mam)", "mam", True, None),
        (" (mam/adv)", "mam", True, None),
        (" (advertorial)", None, True, None),
        (" (Antara)", None, False, "Antara"),
        (" (antara/mam)", "mam", False, "Antara"),
        (" (mam/JPNN)", "mam", False, "JPNN"),
        (" ***", None, False, None),
        ("*", None, False, None),
        (" (***)", None, False, None),
        (" ###", None, False, None),
    ],
)
def test_agencies_labels_and_stars_close_it_too(printed: str, byline: str | None, advertorial: bool, source: str | None) -> None:
    closing = closing_of(STORY + printed, NAMES)
    assert closing
    assert (STORY + printed)[: closing.start].rstrip() == STORY
    assert (closing.byline, closing.advertorial, closing.source) == (byline, advertorial, source)


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        (" (KabarSerayu.com/Wulan Paramita)", ("Wulan Paramita",)),
        (" (Wulan Paramita/kabarserayu)", ("Wulan Paramita",)),
        (" (Kabar Serayu/Wulan Paramita)", ("Wulan Paramita",)),
        (" (Kabarlereng.id/Wulan Paramita)", ("Wulan Paramita",)),
        (" (KabarSerayu.com - Daerah)", ()),
    ],
)
def test_who_signs_with_the_portal_is_an_author(printed: str, authors: tuple[str, ...]) -> None:
    closing = closing_of(STORY + printed, NAMES)
    assert closing
    assert (closing.authors, closing.byline) == (authors, None)


def test_initials_beside_the_portals_name_are_a_byline() -> None:
    closing = closing_of(f"{STORY} (mcr25/kabarserayu)", NAMES)
    assert closing
    assert (closing.byline, closing.authors) == ("mcr25/kabarserayu", ())


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "",
        "Laporan itu disusun Badan Penanggulangan Bencana Daerah (BPBD)",
        "Kisah itu selesai. (tamat)",
        "Bantuan dari pusat (Kemensos) belum tiba (per Maret)",
        "Harga naik 20 persen. (foto: mam)",
        "Lihat peta di bawah. (gambar)",
        "Warga berkumpul di balai desa (RT 03/RW 02)",
        "Ia lahir di Garung (1975)",
        "Acara itu digelar Senin (22/3/2021).",
        "Lima rumah rusak (dua di Garung, tiga di Kejajar).",
        "Kadar gulanya 7,5 (normal)",
        "(mam) menulis catatan itu di tembok.",
    ],
)
def test_brackets_of_a_sentence_close_nothing(text: str) -> None:
    assert closing_of(text, NAMES) is None


@steady
@given(st.text(), st.sampled_from(["", "(mam)", " ***", "\nMAM", " (Kabar Serayu/Wulan)", " (adv)"]))
def test_what_closes_a_text_stands_at_its_end(text: str, printed: str) -> None:
    whole = text + printed
    closing = closing_of(whole, NAMES)
    if closing:
        assert max(0, len(whole) - WITHIN) <= closing.start < len(whole)
        assert all(name in whole for name in closing.authors)


def test_no_text_takes_long() -> None:
    start = time.process_time()
    for piece in (*ADVERSARIAL, "(ab/", "a-", "(*", "(mam) ", "A.A/"):
        text = (piece * 100_000)[:100_000]
        for each in (text, f"{text})", f"({text}", f"{text}(mam"):
            closing_of(each, NAMES)
    assert time.process_time() - start < 5
