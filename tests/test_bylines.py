"""Credit lines and closings come off the story and are kept as what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Removed
from pipelines.bylines import Credits, credit_line, take
from pipelines.paragraphs import Paragraph
from pipelines.people import NOBODY, people
from tests.steady import steady
from tests.taking import SITE, STORY, taken


@pytest.mark.parametrize(
    ("line", "authors", "editors", "source"),
    [
        ("Editor AG", [], ["AG"], None),
        ("Editor: AG", [], ["AG"], None),
        ("EDITOR : ag", [], ["ag"], None),
        ("• Editor: AG", [], ["AG"], None),
        ("(Penulis: mam)", ["mam"], [], None),
        ("Penulis: mam | Editor: AG", ["mam"], ["AG"], None),
        ("Penulis: mam, Editor: AG", ["mam"], ["AG"], None),
        ("Penulis: mam Editor: AG Sumber Berita: Diskominfo", ["mam"], ["AG"], "Diskominfo"),
        ("Pewarta: cah Editor: TW COPYRIGHT © ANTARA 2016", ["cah"], ["TW"], None),
        ("Redaktur & Reporter : Boy", ["Boy"], ["Boy"], None),
        ("Reporter/Editor: mam/cah", ["mam", "cah"], ["mam", "cah"], None),
        ("Wartawan: Tim Liputan Kabar", ["Tim Liputan Kabar"], [], None),
        ("Kontributor: mam, cah dan nug", ["mam", "cah", "nug"], [], None),
        ("Reporter Metro", ["Metro"], [], None),
        ("Laporan Reporter TribunBengkulu.com, Mam Cah", ["Mam Cah"], [], None),
        ("(Laporan Wartawan Kabar Serayu, Mam)", ["Mam"], [], None),
        ("Sumber: Antara", [], [], "Antara"),
        ("Sumber : Humas Pemkab Kepahiang.", [], [], "Humas Pemkab Kepahiang"),
        ("Sumber: https://www.contoh.id/kabar/12", [], [], "https://www.contoh.id/kabar/12"),
        ("Editor: Admin", [], [], None),
        ("Penulis: redaksi@contoh.com", [], [], None),
    ],
)
def test_credit_lines_are_read(line: str, authors: list[str], editors: list[str], source: str | None) -> None:
    noted = Credits()
    assert credit_line(line, noted)
    assert (noted.authors, noted.editors, noted.source) == (authors, editors, source)
    texts, removed, _ = taken(STORY, line, STORY)
    assert (texts, removed) == ([STORY, STORY], [("credit-line", line)])


@pytest.mark.parametrize(
    "line",
    [
        "Editor film itu datang.",
        "Editor",
        "Editor:",
        "Kata Editor: AG",
        "“Editor: AG”",
        "Editor: “Siap!”",
        "Wartawan: Kapan selesai?",
        "Subeditor: AG",
        "Penulis: " + "a" * 250,
        "Sumber: 10:30",
        "",
    ],
)
def test_other_lines_credit_no_one(line: str) -> None:
    noted = Credits()
    assert not credit_line(line, noted)
    assert noted == Credits()


def test_credits_below_the_text_behind_single_breaks_come_off() -> None:
    texts, removed, noted = taken(STORY, "Begitu katanya.\nReporter: mam\nReporter: cah\nEditor: AG")
    assert texts == [STORY, "Begitu katanya."]
    assert removed == [("credit-line", line) for line in ("Reporter: mam", "Reporter: cah", "Editor: AG")]
    assert (noted.authors, noted.editors) == (["mam", "cah"], ["AG"])


def test_credits_above_the_text_come_off() -> None:
    texts, removed, noted = taken("Reporter: mam\nKEBUMEN – Kabar baik\ndari desa.", STORY)
    assert texts == ["Kabar baik\ndari desa.", STORY]
    assert removed == [("credit-line", "Reporter: mam"), ("dateline", "KEBUMEN –")]
    assert (noted.authors, noted.place) == (["mam"], "Kebumen")


def test_credits_in_a_paragraph_of_their_own_come_off_line_by_line() -> None:
    texts, removed, noted = taken(STORY, "Reporter: mam\nEditor: AG", "Begitu.")
    assert (texts, removed) == ([STORY, "Begitu."], [("credit-line", "Reporter: mam"), ("credit-line", "Editor: AG")])
    assert (noted.authors, noted.editors) == (["mam"], ["AG"])


def test_lines_in_the_middle_of_a_story_stay() -> None:
    crew = "Pemain: 12 orang\nEditor: AG\nLama: 40 menit"
    assert taken(STORY, crew, STORY)[0] == [STORY, crew, STORY]
    assert taken(STORY, crew)[0] == [STORY, crew]


def test_a_subheading_credits_no_one() -> None:
    told, noted = take([Paragraph(text=STORY), Paragraph(text="Reporter Cilik", heading=True), Paragraph(text=STORY)], SITE)
    assert [one.text for one in told if isinstance(one, Paragraph)] == [STORY, "Reporter Cilik", STORY]
    assert noted == Credits()


def test_what_a_block_credits_is_read_though_it_went() -> None:
    footer = [Removed(rule="tags-block", text="Tag: Kopi"), Removed(rule="tags-block", text="Penulis: mam Editor: AG")]
    told, noted = take([Paragraph(text=STORY), *footer], SITE)
    assert told == [Paragraph(text=STORY), *footer]
    assert (noted.authors, noted.editors) == (["mam"], ["AG"])


@pytest.mark.parametrize(
    ("closing", "byline", "labels", "agency"),
    [
        (" (mam)", "mam", [], None),
        ("(mam)", "mam", [], None),
        (" (mam/cah)", "mam/cah", [], None),
        (" ( mam / cah )", "mam/cah", [], None),
        (" (mam-cah)", "mam-cah", [], None),
        ("(saf)", "saf", [], None),
        (" (MAM)", "MAM", [], None),
        (" (Mam/Cah)", "Mam/Cah", [], None),
        (" (red)", "red", [], None),
        (" (mam).", "mam", [], None),
        (" (mam)***", "mam", [], None),
        (" ***", None, [], None),
        (" *", None, [], None),
        (" (*)", None, [], None),
        (" (***)", None, [], None),
        (" ##", None, [], None),
        (" *** (mam)", "mam", [], None),
        (" (ADV)", None, ["advertorial"], None),
        (" (adv/mam)", "mam", ["advertorial"], None),
        (" (mam/adv)", "mam", ["advertorial"], None),
        (" (mam) (ADV)", "mam", ["advertorial"], None),
        (" (Advertorial)", None, ["advertorial"], None),
        (" (pariwara)", None, ["advertorial"], None),
        (" (antara)", None, [], "Antara"),
        (" (mam/jpnn)", "mam", [], "JPNN"),
    ],
)
def test_closings_come_off(closing: str, byline: str | None, labels: list[str], agency: str | None) -> None:
    for texts, removed, noted in (taken(STORY, f"{STORY}{closing}"), taken(STORY, STORY, closing.strip())):
        assert texts == [STORY, STORY]
        assert "".join(text for _, text in removed).replace(" ", "") == closing.replace(" ", "")
        assert {rule for rule, _ in removed} <= {"closing", "label-line"}
        assert (noted.byline, noted.labels, noted.agency, noted.source) == (byline, labels, agency, None)


@pytest.mark.parametrize(
    "closing",
    [
        " (tamat)",
        " (habis)",
        " (bersambung)",
        " (lihat gambar)",
        " (25/3)",
        " (APBD 2021)",
        " (mam cah)",
        " ()",
        " (a)",
        " (mam",
        " mam)",
        " 5*5",
        " (foto)",
    ],
)
def test_brackets_that_are_no_initials_stay(closing: str) -> None:
    texts, removed, noted = taken(STORY, f"{STORY}{closing}")
    assert (texts, removed, noted.byline) == ([STORY, f"{STORY}{closing}"], [], None)


@pytest.mark.parametrize("text", ["Itu masuk APBD (apbd)", "Kata BPBD (BPBD).", "program “Jogo Tonggo” (JT)", "Badan (bpbd) itu sibuk."])
def test_brackets_inside_a_sentence_stay(text: str) -> None:
    assert taken(STORY, text)[0] == [STORY, text]


def test_the_label_of_an_advertorial_may_stand_on_a_line_of_its_own() -> None:
    for line in ("ADVERTORIAL", "Pariwara", "(ADV)", "[Adv]"):
        texts, removed, noted = taken(line, STORY)
        assert (texts, removed, noted.labels) == ([STORY], [("label-line", line)], ["advertorial"])


def test_a_story_of_nothing_but_closings_is_none() -> None:
    assert taken("(mam)")[0] == []
    assert taken("***", "(mam)", "Editor: AG")[0] == []
    assert take([], SITE) == ([], Credits())


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["mam/cah"], ["mam", "cah"]),
        (["Mam dan Cah", "Cah"], ["Mam", "Cah"]),
        (["Mam & Cah; Nug"], ["Mam", "Cah", "Nug"]),
        (["- Mam |"], ["Mam"]),
        (["Admin", "ADMIN2", "Admin Kebumen", "super admin", "Web Design", "Unknown", "Redaksi"], []),
        (["https://www.blogger.com/profile/1", "//blogger.com/x", "www.contoh.id", "redaksi@contoh.id", "TribunBengkulu.com"], []),
        (["Radar Bogor", "kebumenekspres.com"], []),
        (["a" * 61, "", " "], []),
        (["Dandan Sandang"], ["Dandan Sandang"]),
    ],
)
def test_people_are_names(printed: list[str], expected: list[str]) -> None:
    assert people(printed, SITE) == expected


def test_the_names_of_no_one_are_folded() -> None:
    assert {name.casefold() for name in NOBODY} == NOBODY


@steady
@given(st.text(), st.text(), st.text(max_size=12))
def test_no_text_is_lost(first: str, last: str, lead: str) -> None:
    told, _ = take([Paragraph(text=first, lead=lead), Paragraph(text=last)], SITE)
    kept = "".join("".join(one.text.split()) for one in told)
    assert set(kept) <= set(first + last)
    assert set("".join((first + last).split())) - set(kept) <= set(" ,.-–—:")
