"""Prose is text in sentences outside links, and the story stands where most of it stands together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Removed
from pipelines import prose
from pipelines.markup import parse
from pipelines.paragraphs import Paragraph, placed
from tests.steady import steady

SENTENCE = "Warga Desa Garung memanen kentang sejak Senin pagi, dan harga di pasar induk masih bertahan."
SHORT = "Hujan turun sejak pagi hari."


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        (Paragraph(text=SENTENCE), len(SENTENCE)),
        (Paragraph(text=SHORT), len(SHORT)),
        (Paragraph(text=f"{SENTENCE}\n{SENTENCE}"), 2 * len(SENTENCE)),
        (Paragraph(text=f"“{SHORT}”"), len(SHORT) + 2),
        # Long lines are prose whatever they end with
        (Paragraph(text=SENTENCE.removesuffix(".")), len(SENTENCE) - 1),
        # Labels, dates and headlines are none
        (Paragraph(text="Daerah"), 0),
        (Paragraph(text="Air surut."), 0),
        (Paragraph(text="Kamis, 25 Maret 2021 | 14:34 WIB"), 0),
        (Paragraph(text="Warga Garung Panen Kentang di Tengah Hujan"), 0),
        (Paragraph(text="Warga Garung Panen\nKamis, 25 Maret 2021\nWulan Paramita"), 0),
        (Paragraph(text=SENTENCE, heading=True), 0),
        # What leads elsewhere is none
        (Paragraph(text=SENTENCE, linked=1.0), 0),
        (Paragraph(text=SENTENCE, linked=0.5), len(SENTENCE) / 2),
        # Lists are stories in parts only
        (Paragraph(text=f"- {SENTENCE}"), (len(SENTENCE) + 2) * prose.IN_LIST),
        (Removed(rule="drop", text=SENTENCE), 0),
        (Paragraph(text=""), 0),
    ],
)
def test_characters_that_are_prose(told: Paragraph | Removed, counted: float) -> None:
    assert prose.of(told) == pytest.approx(counted)


def container(markup: str, headline: int | None = None) -> list[str | None]:
    """The ids of the elements that hold the story."""
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    page = placed(root)
    return [element.get("id") for element in prose.containers(page, [prose.of(one.told) for one in page], headline)]


PARAGRAPHS = f"<p>{SENTENCE}</p>" * 4
TEASERS = "".join(f"<li><a href='/{number}'>{SENTENCE}</a></li>" for number in range(9))


@pytest.mark.parametrize(
    "markup",
    [
        f"<div id='isi'>{PARAGRAPHS}</div>",
        f"<div id='isi'>{SENTENCE}<br><br>{SENTENCE}<br><br>{SENTENCE}</div>",
        f"<div id='isi'><div>{SENTENCE}</div><div>{SENTENCE}</div><div>{SENTENCE}</div></div>",
        f"<div><div id='isi'>{PARAGRAPHS}</div><ul>{TEASERS}</ul></div>",
        f"<div id='isi'>{PARAGRAPHS}</div><aside id='samping'>{PARAGRAPHS}<p>{SHORT}</p></aside>",
        f"<div id='isi' itemprop='articleBody'>{PARAGRAPHS}</div><div id='lain'>{PARAGRAPHS}<p>{SENTENCE}</p></div>",
        f"<article id='isi'>{PARAGRAPHS}</article><div id='lain'><p>{SENTENCE}</p></div>",
        f"<div id='lain'><p>{SENTENCE}</p></div><div id='isi'>{PARAGRAPHS}</div><footer>{PARAGRAPHS}</footer>",
        f"<div id='isi'>{PARAGRAPHS}<blockquote><p>{SENTENCE}</p></blockquote><ul><li>{SENTENCE}</li></ul></div>",
        # Terms of use are one paragraph, however long
        f"<div id='isi'>{PARAGRAPHS * 4}</div><div id='syarat'><p>{SENTENCE * 40}</p></div>",
    ],
)
def test_the_story_stands_where_most_of_the_prose_stands_together(markup: str) -> None:
    assert container(markup) == ["isi"]


def test_where_there_is_no_prose_there_is_no_story() -> None:
    assert container(f"<ul>{TEASERS}</ul><p>Daerah</p>") == []


def test_what_stands_above_the_headline_counts_little() -> None:
    markup = f"<div id='atas'>{PARAGRAPHS}{PARAGRAPHS}</div><h1>Panen</h1><div id='isi'>{PARAGRAPHS}</div>"
    assert container(markup, 8) == ["isi"]


def test_parts_under_the_same_name_are_one_story() -> None:
    part = "<div class='bagian' id='{0}'>{1}</div>"
    parts = part.format(1, PARAGRAPHS * 5) + "<div>Iklan</div>" + part.format(2, f"<p>{SENTENCE}</p>")
    markup = f"<div>{parts}</div><div class='lain' id='3'>{PARAGRAPHS}</div>"
    assert container(markup) == ["1", "2"]
    assert container(markup.replace("class='bagian' id='2'", "class='lain' id='2'")) == ["1"]


@steady
@given(st.text(), st.floats(0, 1), st.booleans())
def test_prose_is_no_more_than_the_text(text: str, linked: float, heading: bool) -> None:
    assert 0 <= prose.of(Paragraph(text=text, linked=linked, heading=heading)) <= len(text)
