"""A page of an unknown CMS: its own story, else what JSON-LD or trafilatura tell; and fields filled from around it."""

import json
import sys

import pytest

from pipelines import unknown
from pipelines.fields import fields
from pipelines.found import GENERIC, JSON_LD, META, VISIBLE, Found
from pipelines.markup import parse
from pipelines.paragraphs import Paragraph
from pipelines.rules import Rules
from pipelines.selectors import Tree
from tests.builders import page

TITLE = "Warga Garung Panen Kentang"
ONE = "Warga Desa Garung memanen kentang sejak Senin pagi, dan harga di pasar induk masih bertahan."
TWO = "Kepala desa mengatakan panen tahun ini lebih baik daripada tahun lalu karena hujan turun teratur."
THREE = "Sebagian hasil panen dikirim ke pasar di kota, sisanya disimpan warga di lumbung milik bersama."
STORY = [ONE, TWO, THREE]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)


def read(body: str, head: str = "", *, listed: bool = True, size: int = 2_000):
    """The reading of a page, and its fields as they are filled."""
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    found = page("/panen", body=b" " * size)
    known = fields(Tree(root), found, Rules())
    reading = unknown.read(root, known, found, Rules(), listed=listed)
    return [one.text for one in reading.told if isinstance(one, Paragraph)], reading, known


def ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE} | said)}</script>'


def test_the_page_tells_its_own_story() -> None:
    texts, reading, _ = read(f"<h1>{TITLE}</h1><p>Oleh Wulan Paramita</p><div>{PARAGRAPHS}</div>", ld(articleBody="Ringkas saja."))
    assert (texts, reading.origin.source) == (STORY, VISIBLE)
    assert reading.around.credits.authors == ["Wulan Paramita"]


def test_json_ld_tells_it_where_scripts_would() -> None:
    texts, reading, _ = read(f"<h1>{TITLE}</h1><div id='app'>Memuat…</div>", ld(articleBody="\n\n".join(STORY).replace("dan", "&amp; dan")))
    assert reading.origin.source == JSON_LD
    assert texts == [text.replace("dan", "& dan") for text in STORY]


@pytest.mark.parametrize("body", [ONE, "", 12, None, [ONE]])
def test_a_summary_in_json_ld_is_no_story(body: object) -> None:
    texts, reading, _ = read(f"<h1>{TITLE}</h1><div><p>{TWO}</p></div>", ld(articleBody=body))
    assert (texts, reading.origin.source) == ([TWO], VISIBLE)


def test_a_short_story_is_believed_where_others_tell_little_more() -> None:
    short = [ONE, TWO]
    texts, reading, _ = read(f"<h1>{TITLE}</h1><div><p>{ONE}</p><p>{TWO}</p></div>", ld(articleBody="\n".join(short)), listed=False)
    assert (texts, reading.origin.source) == (short, VISIBLE)


def test_trafilatura_is_believed_where_it_finds_more(monkeypatch: pytest.MonkeyPatch) -> None:
    body = f"<h1>{TITLE}</h1><div><p>{ONE}</p></div>"
    for told, expected in ((STORY, (STORY, GENERIC)), ([ONE, TWO], ([ONE], VISIBLE))):
        monkeypatch.setattr("trafilatura.extract", lambda *_, told=told, **__: "\n".join(told))
        texts, reading, _ = read(body, listed=False)
        assert (texts, reading.origin.source) == expected


@pytest.mark.parametrize(("listed", "size"), [(True, 2_000), (False, unknown.ASKED_OF_TRAFILATURA + 1)])
def test_trafilatura_is_not_asked_about_lists_and_pages_too_large(listed: bool, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert read("<h1>Panen</h1>", listed=listed, size=size)[1].origin.source == VISIBLE


def test_the_headline_above_the_date_in_the_container_is_the_pages() -> None:
    _, _, known = read(f"<div><div>{TITLE}</div><div>25 Maret 2021</div>{PARAGRAPHS}</div>")
    assert known.title == Found(TITLE, VISIBLE, "lead-line")


def test_a_heading_above_the_prose_is_better_than_the_windows_title() -> None:
    _, _, known = read(f"<h2>Situs Warga</h2><h2>{TITLE}</h2><div>{PARAGRAPHS}</div>", "<title>Portal Berita Warga Sindoro</title>")
    assert known.title == Found(TITLE, VISIBLE, "heading")


def test_the_picture_in_the_container_is_the_storys() -> None:
    _, _, known = read(
        f"<h1>{TITLE}</h1><div><img src='/ikon/share-icon.png'><img data-src='/panen.jpg' src='/blank.gif'>{PARAGRAPHS}</div>"
    )
    assert known.image == Found("https://rakyatbengkulu.com/panen.jpg", VISIBLE, "img")
    _, _, told = read(f"<h1>{TITLE}</h1><div><img src='/panen.jpg'>{PARAGRAPHS}</div>", '<meta property="og:image" content="/lain.jpg">')
    assert told.image == Found("https://rakyatbengkulu.com/lain.jpg", META, "og:image")


def test_tags_that_readers_see_below_the_story_are_its_own() -> None:
    tags = '<div class="tags"><a href="/tag/panen">#Panen</a> <a href="/tag/kentang">Kentang</a></div>'
    cloud = '<aside><div><ul><li><a href="/tag/lain">Lain</a></li></ul></div></aside>'
    _, _, known = read(
        f"<div><div><h1>{TITLE}</h1><div>{PARAGRAPHS}</div>{tags}</div></div>{cloud}", '<meta name="news_keywords" content="x">'
    )
    assert known.tags == [Found("Panen", VISIBLE, "tag-link"), Found("Kentang", VISIBLE, "tag-link")]


def test_a_page_without_prose_tells_nothing() -> None:
    texts, reading, known = read("<ul><li><a href='/a'>Daerah</a></li></ul>", listed=False)
    assert texts == []
    assert known.title is None
    assert reading.teasers == 0
