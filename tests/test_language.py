"""Indonesian and the languages of its regions are told from others by their small words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language import FEWEST, READ, is_local, share
from tests.steady import ADVERSARIAL, steady

TEXTS = {
    "Indonesian": (
        "Warga yang tinggal di lereng Sindoro mulai memanen tembakau pada pekan ini karena hujan tidak turun lagi sejak awal bulan. "
    ),
    "Javanese": (
        "Warga padha panen mbako ing gunung amarga udan ora tumiba maneh, lan regane uga luwih apik kanggo wong tani ing desa iki. "
    ),
    "Sundanese": (
        "Warga anu aya di lembur keur panén ku sabab hujan teu turun deui ti awal bulan, jeung hargana ogé leuwih alus pikeun patani. "
    ),
    "Malay of Minangkabau": (
        "Urang kampuang nan tingga di lereng gunuang alah mulai manuai padi, sarato indak ado hujan sajak awal bulan nan lalu ko. "
    ),
}
OTHERS = {
    "English": (
        "Farmers on the slopes of the volcano began their harvest this week because no rain has fallen since the first days of the month. "
    ),
    "Spanish": (
        "Los agricultores de las laderas del volcán empezaron su cosecha esta semana porque no ha llovido desde los primeros días del mes. "
    ),
    "Dutch": (
        "De boeren op de hellingen van de vulkaan begonnen deze week met de "
        "oogst omdat het sinds het begin van de maand niet geregend heeft. "
    ),
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_of_the_archipelago_is_one(language: str) -> None:
    assert is_local(TEXTS[language] * 3)


@pytest.mark.parametrize("language", OTHERS)
def test_another_is_none(language: str) -> None:
    assert not is_local(OTHERS[language] * 3)


def test_too_few_words_tell_nothing() -> None:
    assert share("the " * (FEWEST - 1)) is None
    assert is_local("the " * (FEWEST - 1))
    assert share("the " * FEWEST) == 0.0


def test_a_story_that_quotes_another_language_is_still_in_its_own() -> None:
    assert is_local(TEXTS["Indonesian"] * 3 + OTHERS["English"])


def test_only_the_beginning_is_read() -> None:
    assert share("yang " * READ + "the " * 10_000) == 1.0


@steady
@given(st.text())
def test_no_text_raises(text: str) -> None:
    told = share(text * 5)
    assert told is None or 0 <= told <= 1


def test_no_text_takes_long() -> None:
    start = time.process_time()
    for piece in (*ADVERSARIAL, "a'", "a’a "):
        is_local((piece * 100_000)[:100_000])
    assert time.process_time() - start < 5
