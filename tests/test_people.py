"""Names of people: apart from each other, with their degrees, never a site's, an address or a role."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.people import LONGEST, initials, is_name, people
from tests.steady import ADVERSARIAL, steady

NAMES = frozenset({"kabarserayu.com", "kabarserayu", "kabar serayu"})


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Wulan Paramita", ["Wulan Paramita"]),
        # Several on one line
        ("Wulan Paramita dan Joko Prasetya", ["Wulan Paramita", "Joko Prasetya"]),
        ("Wulan Paramita, Joko Prasetya", ["Wulan Paramita", "Joko Prasetya"]),
        ("Wulan Paramita; Joko Prasetya", ["Wulan Paramita", "Joko Prasetya"]),
        ("Wulan Paramita/Joko Prasetya", ["Wulan Paramita", "Joko Prasetya"]),
        ("Wulan Paramita & Joko Prasetya", ["Wulan Paramita", "Joko Prasetya"]),
        ("Wulan Paramita, Wulan Paramita", ["Wulan Paramita"]),
        ("Wulan Paramita / YUD", ["Wulan Paramita"]),
        ("WP/YUD", ["WP", "YUD"]),
        ("Danang Andika", ["Danang Andika"]),
        # Degrees are a name's
        ("Rahmat Widodo, S.Pd.", ["Rahmat Widodo, S.Pd."]),
        ("Rahmat Widodo, S.Pd., M.Si", ["Rahmat Widodo, S.Pd., M.Si"]),
        ("Rahmat Widodo, SH", ["Rahmat Widodo, SH"]),
        ("Rahmat Widodo, SH, MH", ["Rahmat Widodo, SH, MH"]),
        ("Rahmat Widodo, S.H., M.H., Wulan Paramita", ["Rahmat Widodo, S.H., M.H.", "Wulan Paramita"]),
        ("Rahmat Widodo, Ph.D", ["Rahmat Widodo, Ph.D"]),
        ("Dr. Rahmat Widodo", ["Dr. Rahmat Widodo"]),
        # A date behind a name is none, and a weekday may be one
        ("Wulan Paramita Kamis, 25 Maret 2021", ["Wulan Paramita"]),
        ("Penulis: Wulan Paramita Kamis 25/3/2021 10:00 WIB", ["Wulan Paramita"]),
        ("Wulan Paramita, Joko Prasetya, Jum'at, 5 Maret 2021", ["Wulan Paramita", "Joko Prasetya"]),
        ("Rahmat Widodo, S.Pd., Minggu 7 Maret 2021", ["Rahmat Widodo, S.Pd."]),
        ("Joko Minggu", ["Joko Minggu"]),
        ("Sabtu Raharjo, Minggu Sutrisno", ["Sabtu Raharjo", "Minggu Sutrisno"]),
        # Initials stay initials
        ("AG", ["AG"]),
        ("wp", ["wp"]),
        ("Nunung S, Tatang M", ["Nunung S", "Tatang M"]),
        # What is said of somebody
        ("Wulan Paramita (Wonosobo)", ["Wulan Paramita"]),
        ("Wulan Paramita (Kontributor)", ["Wulan Paramita"]),
        ("Reporter: Wulan Paramita", ["Wulan Paramita"]),
        ("Penulis : Wulan Paramita", ["Wulan Paramita"]),
        ("Kontributor Wonosobo, Wulan Paramita", ["Wulan Paramita"]),
        ("Laporan Wartawan Kabar Serayu, Wulan Paramita", ["Wulan Paramita"]),
        ("Laporan Kontributor Wulan Paramita", ["Wulan Paramita"]),
        ("Kontributor Nunung S, Tatang M", ["Nunung S", "Tatang M"]),
        ("- Wulan Paramita |", ["Wulan Paramita"]),
        # No one
        *(
            (nobody, [])
            for nobody in ("Admin", "admin1", "Redaksi", "Tim Redaksi", "Super User", "Editor", "Administrator 2", "Author", "Unknown")
        ),
        ("Redaksi Kabar Serayu", []),
        ("Admin Kabar Serayu", []),
        ("Kabar Serayu", []),
        ("KabarSerayu.com", []),
        ("Kabar Serayu Wonosobo", []),
        ("https://www.facebook.com/kabarserayu", []),
        ("https://kabarserayu.com/author/wulan/", []),
        ("www.kabarserayu.com/author/wulan", []),
        ("facebook.com/wulan.paramita", []),
        ("KabarSerayu.com/Wulan Paramita", ["Wulan Paramita"]),
        ("Wulan/Joko/Tri", ["Wulan", "Joko", "Tri"]),
        ("wulan@kabarserayu.com", []),
        ("@wulanparamita", []),
        ("Kabar Lereng", ["Kabar Lereng"]),
        ("Wulan Paramita dan Kabar Serayu", ["Wulan Paramita"]),
        ("Wulan Paramita, Redaksi", ["Wulan Paramita"]),
        ("Nama " * 20, []),
        ("", []),
        (" , / ", []),
    ],
)
def test_the_people_in_what_is_printed(printed: str, expected: list[str]) -> None:
    assert people([printed], NAMES) == expected


def test_who_is_named_twice_is_one() -> None:
    assert people(["Wulan Paramita", "Joko Prasetya", "Wulan Paramita"]) == ["Wulan Paramita", "Joko Prasetya"]


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("mam", ["mam"]),
        ("abc/def", ["abc", "def"]),
        ("WJ/H-2", ["WJ", "H-2"]),
        ("mam-ag", ["mam", "ag"]),
        ("mam/red", ["mam"]),
        ("red", []),
        ("admin", []),
        ("mam/", ["mam"]),
        ("", []),
    ],
)
def test_initials_of_those_who_sign(byline: str, expected: list[str]) -> None:
    assert initials(byline) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Wulan Paramita",
            "WULAN PARAMITA",
            "Wulan",
            "Abd. Rahim",
            "Muh. Yusuf",
            "Nur'aini Lestari",
            "I Wayan Sudarta",
            "Ahmad bin Salim",
        ),
        *(
            "Wulan Paramita, S.Pd",
            "Wulan Paramita dan Joko Prasetya",
            "Wulan Paramita (Wonosobo)",
            "• Wulan Paramita",
            "Mei Lestari",
            "Josephine Wulan-Tan",
        ),
    ],
)
def test_names_of_people_are_names(text: str) -> None:
    assert is_name(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "-",
            "wulan paramita",
            "Kabar Serayu",
            "Kabarserayu.com",
            "Wonosobo",
            "Jawa Tengah",
            "Kota Bengkulu",
            "Berita Terkait",
            "Baca Juga",
        ),
        *(
            "Senin",
            "25 Maret 2021",
            "Maret",
            "Home",
            "Redaksi",
            "Admin",
            "Bagikan",
            "Facebook",
            "Wulan Paramita memanen kopi",
            "Harga Cabai Naik!",
        ),
        *("Ekonomi", "Olahraga", "Nama " * 10, "N" * (LONGEST + 1), "Wulan: Paramita", "3 Komentar"),
    ],
)
def test_labels_places_and_dates_are_none(text: str) -> None:
    assert not is_name(text, NAMES)


@steady
@given(st.lists(st.text(st.sampled_from("AbWu .,/&()-@:1S"), max_size=60), max_size=4))
def test_names_stand_in_what_is_printed(printed: list[str]) -> None:
    for name in people(printed, NAMES):
        assert name
        assert len(name) <= LONGEST
        assert any(name in text for text in printed)


@steady
@given(st.text())
def test_no_text_raises(text: str) -> None:
    people([text], NAMES)
    is_name(text, NAMES)
    initials(text)


def test_no_text_takes_long() -> None:
    start = time.process_time()
    for piece in (*ADVERSARIAL, "Kontributor ", "A-", "A.", "dan ", ", S.", "S.Pd., "):
        text = (piece * 100_000)[:100_000]
        for each in (text, f"{text}!", f"Kontributor {text}", f"Laporan Wartawan A{text}", f"Wulan, {text}", f"Wulan ({text}"):
            people([each], NAMES)
            is_name(each, NAMES)
    assert time.process_time() - start < 5
