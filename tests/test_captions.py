"""A caption's words and its credit, apart; what credits nobody is caption alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.captions import LONGEST, Caption, credit_of, read
from tests.steady import ADVERSARIAL, steady

WELL = "Warga mengantre air di Garung"


@pytest.mark.parametrize(
    ("printed", "text", "credit"),
    [
        (f"{WELL} (Foto: Dok. Humas)", WELL, "Humas"),
        (f"{WELL} (Foto: Wulan/Kabar Serayu)", WELL, "Wulan/Kabar Serayu"),
        (f"{WELL}. (foto: Wulan Paramita)", f"{WELL}.", "Wulan Paramita"),
        (f"{WELL} [Foto: Humas Pemkab]", WELL, "Humas Pemkab"),
        (f"{WELL} (Dok. Warga)", WELL, "Warga"),
        (f"{WELL} (Sumber foto: BPBD)", WELL, "BPBD"),
        (f"{WELL} (Ilustrasi/Foto: Wulan)", WELL, "Wulan"),
        (f"Foto: {WELL} (Humas)", WELL, "Humas"),
        (f"{WELL}. Foto: Humas", f"{WELL}.", "Humas"),
        (f"{WELL} / Foto: Wulan", WELL, "Wulan"),
        (f"{WELL} | Foto: Wulan", WELL, "Wulan"),
        (f"{WELL} -Foto: Wulan-", WELL, "Wulan"),
        (f"{WELL}.-dok Disway-", f"{WELL}.", "Disway"),
        (f"{WELL}--Dok. Humas", WELL, "Humas"),
        (f"{WELL}--", WELL, None),
        (f"{WELL} (ANTARA FOTO/Wulan)", WELL, "ANTARA FOTO/Wulan"),
        (f"{WELL} (Kabar Serayu)", WELL, "Kabar Serayu"),
        (f"{WELL} (IST)", WELL, "IST"),
        (f"{WELL} (istimewa)", WELL, "istimewa"),
        (f"{WELL} / ©Kabar Serayu", WELL, "Kabar Serayu"),
        (f"{WELL} © 2021 Kabar Serayu", WELL, "Kabar Serayu"),
        (f"KabarSerayu/Wulan - {WELL}", WELL, "KabarSerayu/Wulan"),
        (f"{WELL}. Foto/KABAR/Wulan", f"{WELL}.", "KABAR/Wulan"),
        (f"{WELL}. Kabar-Wulan Paramita", f"{WELL}.", "Kabar-Wulan Paramita"),
        (f"{WELL}.Lihat Foto(KABAR/WULAN)", f"{WELL}.", "KABAR/WULAN"),
        (f"{WELL} Perbesar", WELL, None),
        (f"Keterangan Gambar : {WELL}", WELL, None),
        (f"Keterangan foto: {WELL} (Foto: Wulan)", WELL, "Wulan"),
        ("Warga ramai-ramai Lihat Foto pameran", "Warga ramai-ramai Lihat Foto pameran", None),
        (f"Hak atas foto Wulan Paramita Image caption {WELL}", WELL, "Wulan Paramita"),
        (f"Sumber gambar, Wulan Keterangan gambar, {WELL}", WELL, "Wulan"),
        ("Foto: Dok. Humas Pemkab", None, "Humas Pemkab"),
        ("Foto: Wulan", None, "Wulan"),
        ("Dok. Humas", None, "Humas"),
        ("KABAR/Wulan Paramita", None, "KABAR/Wulan Paramita"),
        # Nobody is credited
        (WELL, WELL, None),
        (f"{WELL}, Senin (22/3/2021)", f"{WELL}, Senin (22/3/2021)", None),
        (f"{WELL} (tengah) bersama camat", f"{WELL} (tengah) bersama camat", None),
        ("Bupati (kanan) menyerahkan bantuan", "Bupati (kanan) menyerahkan bantuan", None),
        ("Bupati menyerahkan bantuan kepada warga (kanan)", "Bupati menyerahkan bantuan kepada warga (kanan)", None),
        ("Kali Luk Ulo – sumber air warga", "Kali Luk Ulo – sumber air warga", None),
        ("Jembatan Garung-Kejajar", "Jembatan Garung-Kejajar", None),
        ("Fotografer cilik memotret gunung", "Fotografer cilik memotret gunung", None),
        ("", None, None),
    ],
)
def test_what_a_caption_says_and_whom_it_credits(printed: str, text: str | None, credit: str | None) -> None:
    assert read(printed) == Caption(text, credit)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Foto: Dok. Humas", "Humas"),
        ("Humas", "Humas"),
        ("Foto: Wulan Paramita", "Wulan Paramita"),
        ("(Kabar Serayu)", "Kabar Serayu"),
        ("", None),
        (None, None),
    ],
)
def test_a_credit_that_stands_apart(printed: str | None, expected: str | None) -> None:
    assert credit_of(printed) == expected


@steady
@given(
    st.text(st.sampled_from("AbW .:/()[]-–—©foto|\n"), max_size=80),
    st.sampled_from(["", "Foto: ", " (Foto: ", "--", " Dok. ", " (", "/"]),
    st.text(max_size=40),
)
def test_both_are_parts_of_what_is_printed(before: str, mark: str, behind: str) -> None:
    printed = before + mark + behind
    text, credit = read(printed)
    assert (text or "") in printed
    assert (credit or "") in printed
    assert text != ""
    assert credit != ""


def test_no_caption_takes_long() -> None:
    start = time.process_time()
    for piece in (*ADVERSARIAL, "Foto:", "Foto/", "(Foto: ", "dok. ", "--", "©", "A/A ", "A.", ".-dok "):
        for text in ((piece * LONGEST)[:LONGEST], (piece * 100_000)[:100_000]):
            for each in (text[:-1] + "!", f"Foto: {text[:-7]}\n", f"({text[:-2]})"):
                read(each)
    assert time.process_time() - start < 5
