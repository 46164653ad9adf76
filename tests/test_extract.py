"""The fields of a page, each from where it stands in the markup, and the reasons why a page is no article."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import GONE, Page, Removed
from pipelines.extract import Draft, extract, next_page
from pipelines.found import Found, Origin
from pipelines.paragraphs import Paragraph
from pipelines.rules import Rules
from tests import builders
from tests.steady import steady
from tests.test_metadata import NEWS, ld

STORY = "".join(f"<p>Paragraf {number} tentang sumur bor yang mulai mengalir di Desa Karangduwur sejak Kamis.</p>" for number in range(5))


def drafted(markup: str, rules: Rules | None = None, **facts: Any) -> Draft:
    return extract(builders.page(body=markup.encode(), **facts), rules or Rules())


def page_of(head: str = "", body: str = STORY, title: str = "<h1>Sumur Bor</h1>") -> str:
    return f"<html><head>{head}</head><body>{title}<article>{body}</article></body></html>"


def canonical_of(draft: Draft) -> str | None:
    return draft.fields.canonical_url.value if draft.fields.canonical_url else None


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"status": 404}, GONE),
        ({"status": 410}, GONE),
        ({"status": 500}, "an unexpected status: status 500"),
        ({"status": 304}, "an unexpected status: status 304"),
        ({"headers": (("content-type", "application/pdf"),)}, "not HTML: application/pdf"),
        ({"headers": (("Content-Type", "Image/JPEG; x=1"),)}, "not HTML: image/jpeg"),
        ({"body": b""}, "an empty page"),
        ({"body": b"\x00 \n"}, "an empty page"),
        ({"body": b"<!-- x -->"}, "an empty page"),
        ({"body": f"<body>{STORY}</body>".encode()}, "no headline"),
        ({"body": b"<h1>Galeri</h1><article><figure><img></figure></article>"}, "no text"),
        ({"body": b"<h1>Galeri</h1>"}, "no text"),
    ],
)
def test_pages_that_are_no_article(facts: dict[str, Any], refusal: str) -> None:
    assert extract(builders.page(**{"headers": ()} | facts), Rules()).refusal == refusal


@pytest.mark.parametrize("content_type", ["text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml", ""])
def test_html_by_any_name_is_read(content_type: str) -> None:
    assert drafted(page_of(), headers=(("Content-Type", content_type),)).refusal is None


@pytest.mark.parametrize(
    ("rules", "path", "refusal"),
    [
        (Rules(address=r"/\d{4}/[^/]+\.html"), "/2021/a.html", None),
        (Rules(address=r"/\d{4}/[^/]+\.html"), "/2021/a.html?m=1", None),
        (Rules(address=r"/\d{4}/[^/]+\.html"), "/p/redaksi.html", "no article's address"),
        (Rules(article=("body.single",)), "/a", "no article's page"),
        (Rules(article=("body.single", "article")), "/a", None),
    ],
)
def test_the_rules_say_what_is_an_article(rules: Rules, path: str, refusal: str | None) -> None:
    assert drafted(page_of(), rules, url=builders.HOME + path).refusal == refusal


def test_an_address_that_is_none_is_no_articles() -> None:
    assert drafted(page_of(), Rules(address=".*"), url="http://[alamat]/").refusal == "no article's address"
    assert drafted(page_of('<link rel="canonical" href="/b">'), url="http://[alamat]/").fields.canonical_url is None


def test_no_depth_of_json_ld_raises() -> None:
    nest = "[" * 900 + "]" * 900
    story = json.dumps(NEWS)[:-1] + f', "author": {nest}, "keywords": {nest}, "image": {nest}}}'
    draft = drafted(page_of(ld(story)))
    assert (draft.fields.title, draft.fields.authors, draft.fields.image) == (Found("Sumur Bor JSON", "json-ld", "headline"), [], None)


RULES = Rules(
    title=("h2.judul",),
    published=("i.tanggal",),
    modified=("i.ubah",),
    body=("div.isi",),
    authors=("b.penulis",),
    editors=("b.editor",),
    section=("a.rubrik",),
    tags=("a.tag",),
    image=("img.utama@src",),
    image_caption=(".teksfoto",),
    next_page=("a.lanjut",),
)
PRINTED = (
    '<h2 class="judul">Aturan</h2><i class="tanggal">25 Maret 2021</i><i class="ubah">26 Maret 2021</i><b class="penulis">mam</b>'
    '<b class="editor">AG</b><a class="rubrik">Desa</a><a class="tag">air</a><a class="tag">sumur</a><img class="utama" src="/a.jpg">'
    '<u class="teksfoto">Sumur</u><a class="lanjut" href="?page=2">2</a><div class="isi"><p>Cerita.</p></div>'
)
SAID = {
    **NEWS,
    "dateModified": "2021-03-26T08:00:00+07:00",
    "author": [{"name": "JSON mam"}],
    "editor": {"name": "JSON AG"},
    "articleSection": ["JSON Desa"],
    "image": {"url": "/json.jpg"},
}
METAS = (
    '<meta property="og:title" content="Meta"><meta property="article:published_time" content="2021-03-25T09:00">'
    '<meta name="author" content="meta mam">'
    '<meta property="article:modified_time" content="2021-03-26T09:00"><meta property="article:section" content="Meta Desa">'
    '<meta property="article:tag" content="meta air"><meta property="og:image" content="/meta.jpg">'
    '<meta property="og:site_name" content="Kabar">'
    '<meta property="og:url" content="/meta">'
)


def test_the_rules_come_first() -> None:
    draft = drafted(page_of(ld(SAID) + METAS, STORY + PRINTED), RULES)
    assert draft.fields.title == Found("Aturan", "rule", "h2.judul")
    assert draft.fields.published[0] == Found("25 Maret 2021", "rule", "i.tanggal")
    assert draft.fields.modified[0] == Found("26 Maret 2021", "rule", "i.ubah")
    assert (draft.fields.authors[0], draft.fields.editors[0]) == (Found("mam", "rule", "b.penulis"), Found("AG", "rule", "b.editor"))
    assert draft.fields.section == Found("Desa", "rule", "a.rubrik")
    assert draft.fields.tags == [Found("air", "rule", "a.tag"), Found("sumur", "rule", "a.tag")]
    assert (draft.fields.image, draft.fields.image_caption) == (
        Found(f"{builders.HOME}/a.jpg", "rule", "img.utama@src"),
        Found("Sumur", "rule", ".teksfoto"),
    )
    assert (draft.origin, draft.told) == (Origin("rule", "div.isi"), [Paragraph(text="Cerita.")])
    assert draft.fields.next_page == f"{builders.HOME}/banjir?page=2"
    assert (canonical_of(draft), "kabar" in draft.fields.names) == (f"{builders.HOME}/meta", True)


def test_then_comes_what_the_page_says_to_machines() -> None:
    draft = drafted(page_of(ld(SAID) + METAS), RULES)
    assert draft.fields.title == Found("Sumur Bor JSON", "json-ld", "headline")
    assert [found.source for found in draft.fields.published] == ["json-ld", "meta"]
    assert [found.value for found in draft.fields.modified] == ["2021-03-26T08:00:00+07:00", "2021-03-26T09:00"]
    assert draft.fields.authors == [Found("JSON mam", "json-ld", "author"), Found("meta mam", "meta", "author")]
    assert draft.fields.editors == [Found("JSON AG", "json-ld", "editor")]
    assert (draft.fields.section, draft.fields.tags) == (
        Found("JSON Desa", "json-ld", "articleSection"),
        [Found("meta air", "meta", "article:tag")],
    )
    assert (draft.fields.image, draft.fields.image_caption, draft.origin) == (
        Found(f"{builders.HOME}/json.jpg", "json-ld", "image"),
        None,
        Origin("visible", "prose"),
    )


def test_then_what_it_shows_and_last_what_is_left() -> None:
    time = '<time itemprop="datePublished" datetime="2021-03-25">kemarin</time>'
    draft = drafted(page_of(METAS + "<title>Jendela</title>", time + STORY))
    assert (draft.fields.title, draft.fields.section, draft.fields.image) == (
        Found("Sumur Bor", "visible", "h1"),
        Found("Meta Desa", "meta", "article:section"),
        Found(f"{builders.HOME}/meta.jpg", "meta", "og:image"),
    )
    assert draft.fields.published == [
        Found("2021-03-25T09:00", "meta", "article:published_time"),
        Found("2021-03-25", "visible", "datePublished"),
    ]
    assert drafted(page_of(METAS, title="")).fields.title == Found("Meta", "meta", "og:title")
    assert drafted(page_of("<title>Jendela</title>", title="")).fields.title == Found("Jendela", "generic", "title")


@pytest.mark.parametrize("src", ["data:image/gif;base64,R0lGOD", "http://[x", "", "javascript:void(0)"])
def test_a_picture_without_an_address_is_none(src: str) -> None:
    draft = drafted(page_of(METAS, f'<img class="utama" src="{src}">{STORY}'), RULES)
    assert draft.fields.image == Found(f"{builders.HOME}/meta.jpg", "meta", "og:image")


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<link rel="canonical" href="/b">', f"{builders.HOME}/b"),
        ('<link rel="canonical" href="http://[alamat]/"><meta property="og:url" content="/c">', None),
        ('<meta property="og:url" content="https://lain.com/c">', "https://lain.com/c"),
        ('<link rel="canonical" href="javascript:x">', None),
        ("", None),
    ],
)
def test_the_canonical_address(markup: str, address: str | None) -> None:
    assert canonical_of(drafted(page_of(markup))) == address


def test_the_next_page_is_a_link_that_is_one() -> None:
    links = '<a class="lanjut" href="http://[x">?</a><a class="lanjut">tanpa</a><a class="lanjut" href="#">#</a>'
    rules = Rules(next_page=("a.lanjut",))
    page = builders.page(body=page_of("", f'{links}<a class="lanjut" href="/banjir/2/">2</a>').encode())
    assert next_page(page, rules) == f"{builders.HOME}/banjir/2/"
    assert (
        next_page(builders.page(body=page_of("", '<a class="lanjut" href="/banjir/2/">2</a>').encode()), rules)
        == f"{builders.HOME}/banjir/2/"
    )
    assert next_page(page, Rules(next_page=("a.lain",))) is None
    assert next_page(builders.page(body=page_of("", links).encode()), rules) is None
    assert next_page(builders.page(body=b""), rules) is None


@pytest.mark.parametrize(
    ("path", "links", "following"),
    [
        ("/banjir/", ["/banjir/2/", "/banjir/3/"], "/banjir/2/"),
        ("/banjir/2/", ["/banjir/", "/banjir/2/", "/banjir/3/"], "/banjir/3/"),
        ("/banjir", ["?page=2", "?page=all"], "/banjir?page=2"),
        ("/banjir?page=2", ["/banjir", "?page=2", "?page=3"], "/banjir?page=3"),
        ("/banjir?halaman=3", ["?halaman=1", "?halaman=4"], "/banjir?halaman=4"),
        ("/banjir/2/", ["/banjir/", "/banjir/1/"], None),
        ("/banjir/", ["/sumur/2/", "https://lain.com/banjir/2/", "/banjir/2/komentar", "/banjir/22/"], None),
        ("/2021/03/25/banjir/", ["/2021/03/26/banjir/", "/2021/03/25/"], None),
    ],
)
def test_without_rules_the_next_page_has_the_next_number(path: str, links: list[str], following: str | None) -> None:
    body = page_of("", "".join(f'<a href="{link}">x</a>' for link in links)).encode()
    found = next_page(builders.page(path, body=body), Rules())
    assert found == (following and builders.HOME + following)


def test_without_rules_a_link_called_next_may_skip_numbers() -> None:
    body = page_of("", '<a href="/read/7/banjir/15">2</a><a rel="next" href="/read/7/banjir/15">»</a><a rel="next" href="/read/8/x">»</a>')
    assert next_page(builders.page("/read/7/banjir", body=body.encode()), Rules()) == f"{builders.HOME}/read/7/banjir/15"


def test_the_first_container_with_text_is_the_storys() -> None:
    empty = '<div class="isi"><figure><img></figure></div>'
    assert drafted(page_of("", f'{empty}<div class="isi"><p>Cerita.</p></div>{STORY}'), RULES).told == [Paragraph(text="Cerita.")]


def test_a_container_without_text_is_not_filled_from_elsewhere() -> None:
    draft = drafted(page_of("", f'<div class="isi"><img></div>{STORY}', title='<h2 class="judul">Galeri</h2>'), RULES)
    assert (draft.refusal, draft.origin) == ("no text", Origin("rule", "div.isi"))


def test_the_headline_inside_the_container_is_not_the_story() -> None:
    draft = drafted(f"<article><h1>Sumur  <i>Bor</i></h1>{STORY}</article>")
    assert draft.told[0] == Removed(rule="headline", text="Sumur Bor")
    assert len(draft.told) == 6


def test_a_story_of_several_pages_is_put_together() -> None:
    rest = tuple(
        builders.page(
            f"/banjir/{number}/", body=f'<div class="isi"><p>Halaman {number}.</p><div class="share">Bagikan</div></div>'.encode()
        )
        for number in (2, 3)
    )
    draft = extract(builders.page(body=PRINTED.encode(), rest=(*rest, builders.page(body=b""))), RULES)
    bagikan = Removed(rule="share-block", text="Bagikan")
    assert draft.told == [*map(said, ("Cerita.", "Halaman 2.")), bagikan, said("Halaman 3."), bagikan]


def said(text: str) -> Paragraph:
    return Paragraph(text=text)


def test_json_ld_tells_the_story_where_the_page_is_put_together_by_scripts() -> None:
    told = [f"Kalimat {number} menceritakan panen kopi di lereng Sindoro yang naik dua kali lipat tahun ini." for number in range(4)]
    draft = drafted(page_of(ld(NEWS | {"articleBody": "\n\n".join(told)}), '<div id="root"></div>'))
    assert (draft.refusal, draft.origin) == (None, Origin("json-ld", "articleBody"))
    assert draft.told == [Paragraph(text=text) for text in told]


def test_a_story_without_a_known_container_is_found() -> None:
    sentences = "".join(
        f"<p>Kalimat {number} menceritakan panen kopi di lereng Sindoro yang naik dua kali lipat tahun ini.</p>" for number in range(9)
    )
    draft = drafted(f"<html><body><h1>Panen Kopi</h1><div><div>{sentences}</div></div></body></html>")
    texts = [one.text for one in draft.told if isinstance(one, Paragraph)]
    assert draft.origin == Origin("visible", "prose")
    assert texts == [
        f"Kalimat {number} menceritakan panen kopi di lereng Sindoro yang naik dua kali lipat tahun ini." for number in range(9)
    ]


@steady
@given(st.binary(max_size=300))
def test_no_page_raises(body: bytes) -> None:
    draft = extract(Page(url=builders.HOME, portal="", fetched_at=builders.START, body=body), RULES)
    assert draft.refusal
