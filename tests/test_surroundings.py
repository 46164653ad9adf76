"""What the lines around a story say of dates, authors and editors; what names nobody gives nobody."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.markup import tidy
from pipelines.story import Story
from pipelines.surroundings import Around, of_lines, read
from tests.steady import ADVERSARIAL, steady

NAMES = frozenset({"kabarserayu.com", "kabarserayu", "kabar serayu"})
NOW = datetime(2021, 4, 3, 5, tzinfo=UTC)
DATE = "Kamis, 25 Maret 2021 14:34 WIB"


def around(*before: str, after: tuple[str, ...] = (), above: tuple[str, ...] = ()) -> Around:
    return read(Story(before=list(before), after=list(after), above=list(above)), NAMES, NOW)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Penulis: Wulan Paramita",
            "Penulis : Wulan Paramita",
            "Reporter: Wulan Paramita | Editor: AG",
            "Oleh: Wulan Paramita",
            "Oleh Wulan Paramita",
        ),
        *(
            "oleh Wulan Paramita",
            "by Wulan Paramita",
            "By Wulan Paramita on 25 Maret 2021",
            f"Oleh Wulan Paramita - {DATE}",
            "Ditulis oleh Wulan Paramita",
        ),
        *("Diposting oleh Wulan Paramita pada 25 Maret 2021", "Oleh Wulan Paramita, Kamis 25 Maret 2021", f"{DATE} | Oleh: Wulan Paramita"),
        *("Penulis · Wulan Paramita", "• Penulis: Wulan Paramita", "Pewarta: Wulan Paramita", f"Penulis: Wulan Paramita | {DATE}"),
        "Penulis: Wulan Paramita Kamis, 25 Maret 2021 | 14:34 WIB",
    ],
)
def test_a_line_credits_the_author(line: str) -> None:
    assert around(line).credits.authors == ["Wulan Paramita"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Penulis: Wulan Paramita", ["Wulan Paramita"]),
        ("Reporter: Wulan Paramita | Editor: AG", ["Wulan Paramita"]),
        ("Oleh: Wulan Paramita", ["Wulan Paramita"]),
        ("Ditulis oleh Wulan Paramita", ["Wulan Paramita"]),
        ("Diposting oleh Wulan Paramita pada 25 Maret 2021", ["Wulan Paramita"]),
        # The comments of readers and the teasers of other stories say so too.
        ("Oleh Wulan Paramita", []),
        ("by Wulan Paramita", []),
        (f"Oleh Wulan Paramita - {DATE}", []),
    ],
)
def test_below_the_story_only_a_role_or_a_post_credits_the_author(line: str, authors: list[str]) -> None:
    assert around(after=(line,)).credits.authors == authors


@pytest.mark.parametrize(
    "lines",
    [
        ("Penulis", "Wulan Paramita", "Editor", "Joko Prasetya"),
        ("Penulis:", "Wulan Paramita", "Editor:", "Joko Prasetya"),
        ("Wulan Paramita", "Penulis", "Joko Prasetya", "Editor"),
        ("Penulis · Wulan Paramita", "Editor · Joko Prasetya"),
        ("Wulan Paramita · Penulis", "Joko Prasetya · Editor"),
        ("Penulis: Wulan Paramita", "Editor: Joko Prasetya"),
        ("Editor: Joko Prasetya", "Penulis: Wulan Paramita"),
        ("Penulis: Wulan Paramita | Editor: Joko Prasetya",),
        ("Oleh Wulan Paramita", "Editor", "Joko Prasetya"),
    ],
)
def test_roles_and_names_are_paired_on_lines_or_beside_each_other(lines: tuple[str, ...]) -> None:
    told = around(*lines).credits
    assert (told.authors, told.editors) == (["Wulan Paramita"], ["Joko Prasetya"])
    rules = of_lines(lines, NAMES).credits
    assert (rules.authors, rules.editors) == (["Wulan Paramita"], ["Joko Prasetya"])


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Kabar Serayu",
            "Oleh Kabar Serayu",
            "by KabarSerayu.com",
            "Penulis: Kabar Serayu",
            "Oleh: Redaksi",
            "by Admin",
            "Penulis: Admin",
        ),
        *(
            "Bagikan",
            "Komentar",
            "Daerah",
            "Beranda · Daerah",
            DATE,
            f"Daerah | {DATE}",
            f"Wonosobo, {DATE}",
            "Dibaca 214 kali",
            "",
            "•",
            "|",
        ),
        *(
            "Halaman ini dikelola oleh warga desa dan dibaca di 12 kecamatan",
            "Foto: Wulan Paramita",
            "Jumat, 2 April 2021",
            "https://kabarserayu.com/author/wulan",
        ),
    ],
)
def test_other_lines_credit_nobody(line: str) -> None:
    for told in (around(line), around(after=(line,)), of_lines([line], NAMES)):
        assert (told.credits.authors, told.credits.editors, told.guessed) == ([], [], [])


@pytest.mark.parametrize(
    "lines",
    [
        ("Wulan Paramita - Kabar Serayu",),
        (f"Wulan Paramita | {DATE}",),
        (f"Wulan Paramita - {DATE}",),
        (f"{DATE} | Wulan Paramita - Kabar Serayu",),
        ("Wulan Paramita", DATE),
        (DATE, "Wulan Paramita"),
        (f"Wulan Paramita · {DATE}",),
        ("Wulan Paramita, Jurnalis",),
        ("Wulan Paramita | Daerah",),
    ],
)
def test_a_name_beside_the_date_or_the_site_is_a_guess(lines: tuple[str, ...]) -> None:
    told = around(*lines)
    assert (told.credits.authors or told.guessed)[:1] == ["Wulan Paramita"]


def test_a_name_below_the_story_is_no_guess_beside_a_date() -> None:
    assert around(after=("Harga Cabai", "Wulan Paramita", DATE)).guessed == []


def test_a_byline_that_names_no_one_is_kept_as_printed() -> None:
    assert around("by Admin").nobody == ["Admin"]
    assert around("by KabarSerayu.com").nobody == []


@pytest.mark.parametrize(
    ("after", "byline", "guessed", "agency"),
    [
        (("(mam)",), "mam", [], None),
        (("Bagikan", "(abc/def)"), "abc/def", [], None),
        (("[mam]",), "mam", [], None),
        (("WULAN PARAMITA",), None, ["WULAN PARAMITA"], None),
        (("WULAN PARAMITA | ANTARA",), None, ["WULAN PARAMITA"], "ANTARA"),
        (("Bupati (kanan)",), None, [], None),
        ((), None, [], None),
        (("|", "(mam)"), "mam", [], None),
    ],
)
def test_who_signs_below_the_story(after: tuple[str, ...], byline: str | None, guessed: list[str], agency: str | None) -> None:
    told = around(after=after)
    assert (told.credits.byline, told.guessed, told.credits.agency) == (byline, guessed, agency)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (DATE, [DATE]),
        (f"Daerah | {DATE}", [DATE]),
        (f"Wulan Paramita · {DATE}", [DATE]),
        ("Posted on 25 Maret 2021 by wulan", ["25 Maret 2021"]),
        ("25/03/2021", ["25/03/2021"]),
        ("2 jam lalu", ["2 jam lalu"]),
        ("Dibaca 2021 kali", []),
        ("Daerah", []),
        ("Pasar Wage akan ditutup mulai 25 Maret 2021 untuk perbaikan atap", []),
        ("IMG_20210325_143400", []),
    ],
)
def test_lines_that_print_a_date(line: str, expected: list[str]) -> None:
    assert [date for date in around(line).dates if date != line][:1] == [date for date in expected if date != line][:1]
    assert bool(around(line).dates) is bool(expected)


def test_a_date_in_the_text_is_no_lines_date() -> None:
    assert around("Acara digelar di balai desa (25/3) dan dihadiri camat").dates == []


def test_dates_above_the_headline_and_behind_the_story_stand_apart() -> None:
    assert around("Kamis, 25 Maret 2021", "14:34 WIB", "Bagikan").dates == [DATE]
    assert around("Kamis, 25 Maret 2021", "Pukul 14.34").dates == ["Kamis, 25 Maret 2021 Pukul 14.34"]
    assert around("Daerah", "14:34 WIB").dates == []
    told = around(DATE, above=("Kamis, 1 April 2021",), after=("2 April 2021",))
    assert told.dates == [DATE]
    assert told.further == ["Kamis, 1 April 2021", "2 April 2021"]


def test_a_line_with_a_credit_is_a_caption() -> None:
    assert around("Warga memanen kentang (Foto: Wulan Paramita)", DATE).captions == ["Warga memanen kentang (Foto: Wulan Paramita)"]


lines = st.lists(
    st.text(st.sampled_from("AbW :|·•-(),/123 "), max_size=40).map(tidy)
    | st.sampled_from(["Penulis", "Editor:", DATE, "Wulan Paramita", "(mam)"]),
    max_size=6,
)


@steady
@given(lines, lines)
def test_names_stand_in_the_lines(before: list[str], after: list[str]) -> None:
    told = around(*before, after=tuple(after))
    printed = " ".join((*before, *after))
    for name in (*told.credits.authors, *told.credits.editors, *told.guessed, *told.nobody):
        assert name in printed


def test_no_line_takes_long() -> None:
    start = time.process_time()
    for piece in (*ADVERSARIAL, "oleh A", "posted on ", "posted by a on ", "Editor: ", "· ", "Senin, ", "2021 ", "| 1 "):
        text = tidy((piece * 30_000)[:30_000])
        for each in (text, f"oleh {text}", f"Posted on {text}"):
            around(each, after=(each,), above=(each,))
    assert time.process_time() - start < 5
