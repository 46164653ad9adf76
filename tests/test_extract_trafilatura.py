"""Trafilatura is asked where nothing else finds a story, and only there."""

import sys
from types import ModuleType

import pytest

from archive.records import Removed
from pipelines.found import Origin
from pipelines.paragraphs import Paragraph
from pipelines.rules import Rules
from tests.test_extract import PRINTED, RULES, STORY, drafted, page_of


def stand_in(monkeypatch: pytest.MonkeyPatch, text: str | None) -> list[object]:
    """Put a trafilatura in place that finds `text`; the list fills with the trees it is asked about."""
    asked: list[object] = []
    module = ModuleType("trafilatura")
    module.extract = lambda tree, **_: asked.append(tree) or text  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "trafilatura", module)
    return asked


@pytest.mark.parametrize(
    ("markup", "rules"),
    [
        (page_of(), Rules()),
        (f'<h1>x</h1><div class="entry-content">{STORY}</div>', Rules()),
        (f'<h1>x</h1><section itemprop="description articleBody">{STORY}</section>', Rules()),
        (f"<h1>x</h1><article>Pendek.</article><article>{STORY}</article>", Rules()),
        (PRINTED, RULES),
        ('<h2 class="judul">Galeri</h2><div class="isi"></div>', RULES),
    ],
)
def test_trafilatura_is_not_asked_where_the_story_is_found(markup: str, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = stand_in(monkeypatch, "Lain.")
    drafted(markup, rules)
    assert asked == []


def test_trafilatura_is_asked_where_nothing_else_finds_text(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "Sumur bor di Desa Karangduwur mulai mengalir sejak Kamis, dan warga tidak lagi membeli air dari tangki keliling."
    asked = stand_in(monkeypatch, f"{told} \n\n {told}\n{told}")
    # Prose in headings is none to ours.
    draft = drafted(f'<h1>x</h1><div><h4>{told}</h4><div class="share">Bagikan<i class="share">x</i></div></div>')
    assert len(asked) == 1
    assert (draft.refusal, draft.origin) == (None, Origin("generic", "trafilatura"))
    assert draft.told == [Removed(rule="share-block", text="Bagikanx"), *[Paragraph(text=told)] * 3]
    stand_in(monkeypatch, "Satu \n\n Dua")
    assert drafted(f"<h1>x</h1><div><h4>{told}</h4></div>").origin == Origin("visible", "prose")
    stand_in(monkeypatch, None)
    assert drafted("<h1>x</h1><p>Pendek.</p>").refusal == "no text"


def test_trafilatura_is_not_asked_about_a_nest(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = stand_in(monkeypatch, "Lain.")
    assert drafted(f"<h1>x</h1>{'<div>' * 1000}Teks.").refusal == "no text"
    assert asked == []
