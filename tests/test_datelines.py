"""Datelines come off the story and are kept as its place; sentences that open alike stay."""

import pytest

from pipelines.datelines import dateline, is_place, spelled
from tests.taking import SITE, STORY, taken


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        # As in facts/families.md
        ("KEBUMEN(kebumenekspres.com)-", "Kebumen"),
        ("KEBUMEN (kebumenekspres.com) -", "Kebumen"),
        ("KEBUMEN, Kebumen24.com-", "Kebumen"),
        ("KEBUMEN.iNewscilacap.id -", "Kebumen"),
        ("JAKARTA, DISWAY.ID -", "Jakarta"),
        ("RADAR BOGOR–", None),
        ("IKOBENGKULU.COM–", None),
        # Their relatives
        ("Mataram, NTB (ANTARA News) -", "Mataram, NTB"),
        ("MATARAM, NTB (ANTARA) --", "Mataram, NTB"),
        ("KEBUMEN (Ekspres) –", "Kebumen"),
        ("KEBUMEN, (kebumenekspres.com) –", "Kebumen"),
        ("Kebumen ( kebumenekspres.com ) —", "Kebumen"),
        ("RAKYATBENGKULU.COM, KEPAHIANG -", "Kepahiang"),
        ("Rakyatbengkulu.com, Kepahiang |", "Kepahiang"),
        ("Liputan6.com, Jakarta -", "Jakarta"),
        ("jpnn.com, JAKARTA -", "Jakarta"),
        ("REPUBLIKA.CO.ID, JAKARTA --", "Jakarta"),
        ("www.kabar.co.id, Curup –", "Curup"),
        ("KEPAHIANG –", "Kepahiang"),
        ("KEPAHIANG–", "Kepahiang"),
        ("KEPAHIANG—", "Kepahiang"),
        ("KEPAHIANG -", "Kepahiang"),
        ("KEPAHIANG --", "Kepahiang"),
        ("KEPAHIANG- ", "Kepahiang"),
        ("Kepahiang – ", "Kepahiang"),
        ("KEPAHIANG-", "Kepahiang"),
        ("KEPAHIANG, BENGKULU –", "Kepahiang"),
        ("BOGOR, RADAR BOGOR –", "Bogor"),
        # A town that no list knows, behind the portal's own name
        ("RADAR BOGOR, CILEUNGSI –", "Cileungsi"),
        ("REJANG LEBONG –", "Rejang Lebong"),
        ("KOTA BENGKULU –", "Kota Bengkulu"),
        ("KAB. KEPAHIANG –", "Kab. Kepahiang"),
        ("OKU TIMUR –", "OKU Timur"),
        ("BAU-BAU –", "Bau-Bau"),
        # The portal is called like its place.
        ("Bengkulu (ANTARA) -", "Bengkulu"),
        ("BENGKULU –", "Bengkulu"),
    ],
)
def test_datelines_come_off(printed: str, place: str | None) -> None:
    for gap in ("", " "):
        texts, removed, noted = taken(f"{printed.strip()}{' ' if printed.endswith(' ') else gap}{STORY}", "Akhir.")
        assert texts == [STORY, "Akhir."]
        assert removed == [("dateline", printed.strip())]
        assert noted.place == place


@pytest.mark.parametrize(
    ("lead", "text", "place"),
    [
        ("Kepahiang", "Kepahiang Program Internet Satu Pintu tertunda.", "Kepahiang"),
        ("KEPAHIANG", "KEPAHIANG Program Internet Satu Pintu tertunda.", "Kepahiang"),
        ("Kota Bengkulu,", "Kota Bengkulu, Program Internet Satu Pintu tertunda.", "Kota Bengkulu"),
        ("Curup:", "Curup: Program Internet Satu Pintu tertunda.", "Curup"),
        ("GOMBONG –", "GOMBONG – Program Internet Satu Pintu tertunda.", "Gombong"),
        ("KUTOWINANGUN", "KUTOWINANGUN - Program Internet Satu Pintu tertunda.", "Kutowinangun"),
    ],
)
def test_a_bold_place_is_a_dateline(lead: str, text: str, place: str) -> None:
    texts, _, noted = taken(text, lead=lead)
    assert texts == ["Program Internet Satu Pintu tertunda."]
    assert noted.place == place


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Kepahiang-Curup ramai pada akhir pekan.", ""),
        ("Kepahiang – Curup ramai pada akhir pekan.", ""),
        ("KEPAHIANG-CURUP RAMAI PADA AKHIR PEKAN.", ""),
        ("KEPAHIANG-Curup ramai pada akhir pekan.", ""),
        ("Jakarta, kota yang tak pernah tidur, tidur juga.", ""),
        ("Jakarta – kota terbesar itu – kembali macet.", ""),
        ("Jakarta kembali macet.", ""),
        ("Kepahiang kembali diguyur hujan.", "Kepahiang"),
        ("Kepahiang, ibu kota kabupaten, diguyur hujan.", "Kepahiang"),
        ("Bupati Kepahiang – Wakilnya cuti – memimpin rapat.", ""),
        ("DPRD – Rapat ditunda.", ""),
        ("Badan Penanggulangan Bencana Daerah (BPBD) – Lembaga itu kekurangan perahu.", ""),
        ("PT. Maju (Tbk.) - Laba naik.", ""),
        ("Rp.500.000-1 juta dibagikan kepada warga.", ""),
        ("Pukul 08.00-10.00 jalan ditutup.", ""),
        ("Covid-19 - Vaksin tiba.", ""),
        ("Semoga – Amin.", ""),
        ("“Kebumen – Kabar baik,” kata Bupati.", ""),
        ("RADAR SUMUR– Alat itu dipasang.", ""),
        ("kebumen – kabar baik.", ""),
        ("Semuanya tebal", "Semuanya tebal"),
        ("Kebumen", "Kebumen"),
        ("KEBUMEN –", ""),
        ("", ""),
    ],
)
def test_opening_sentences_stay(text: str, lead: str) -> None:
    texts, removed, noted = taken(text, lead=lead)
    assert ("".join(texts), removed, noted.place) == (text, [], None)


def test_a_dateline_may_be_a_paragraph_of_its_own() -> None:
    texts, removed, noted = taken("KEBUMEN –", STORY)
    assert (texts, removed, noted.place) == ([STORY], [("dateline", "KEBUMEN –")], "Kebumen")
    texts, _, noted = taken(f"KEBUMEN –\n{STORY}")
    assert (texts, noted.place) == ([STORY], "Kebumen")


def test_only_the_first_paragraph_has_a_dateline() -> None:
    assert taken(STORY, "KEBUMEN – Kabar lain.")[0] == [STORY, "KEBUMEN – Kabar lain."]


def test_a_lead_that_is_no_longer_there_takes_nothing() -> None:
    assert dateline("Program Internet tertunda.", "Kepahiang", SITE) is None


@pytest.mark.parametrize(("printed", "place"), [("KEBUMEN", "Kebumen"), ("Sulsel", "Sulsel"), ("DI YOGYAKARTA", "DI Yogyakarta")])
def test_places_are_spelled_as_regions_spell_them(printed: str, place: str) -> None:
    assert spelled(printed) == place
    assert is_place(printed) or printed == "DI YOGYAKARTA"
