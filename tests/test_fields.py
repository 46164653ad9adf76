"""Candidates for each field as the markup gives them: in order of trust, of this story, of this page."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.fields import Fields, fields, is_picture, next_link
from pipelines.found import GENERIC, JSON_LD, META, RULE, URL, VISIBLE, Found
from pipelines.markup import parse
from pipelines.rules import Rules
from pipelines.selectors import Tree
from tests.builders import page
from tests.steady import ADVERSARIAL, steady

TITLE = "Warga Garung Panen Kentang"
PATH = "/2021/03/25/warga-garung-panen-kentang"


def read(head: str = "", body: str = f"<h1>{TITLE}</h1>", rules: Rules | None = None, path: str = PATH) -> Fields:
    root = parse(f"<html><head>{head}</head><body>{body}<p>Isi.</p></body></html>")
    assert root is not None
    return fields(Tree(root), page(path), rules or Rules())


def meta(**named: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{content}">' for name, content in named.items())


def ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | said)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        # The heading that readers saw, confirmed
        (ld(headline=TITLE), f"<h1>{TITLE}</h1>", Found(TITLE, VISIBLE, "heading")),
        (
            meta(og__title=f"{TITLE} - Rakyat Bengkulu", og__site_name="Rakyat Bengkulu"),
            f"<h1>Rakyat Bengkulu</h1><h2>{TITLE}</h2>",
            Found(TITLE, VISIBLE, "heading"),
        ),
        (f"<title>{TITLE} | Daerah</title>", f"<h3>{TITLE}</h3><h3>Daerah</h3>", Found(TITLE, VISIBLE, "heading")),
        # One heading, and titles for search engines
        ("<title>Panen! Klik di Sini - Rakyat Bengkulu</title>", f"<h1>{TITLE}</h1>", Found(TITLE, VISIBLE, "h1")),
        # No heading at all
        (ld(headline=TITLE), "", Found(TITLE, JSON_LD, "headline")),
        (meta(og__title=f"{TITLE} - rakyatbengkulu.com"), "", Found(TITLE, META, "og:title")),
        (f"<title>{TITLE} - rakyatbengkulu.com</title>", "", Found(TITLE, GENERIC, "title")),
        # The site's name is no headline
        (
            meta(og__title="Rakyat Bengkulu", og__site_name="Rakyat Bengkulu"),
            f"<h1>Rakyat Bengkulu</h1><h1>{TITLE}</h1>",
            Found(TITLE, VISIBLE, "h1"),
        ),
        ("", "", None),
    ],
)
def test_the_headline(head: str, body: str, expected: Found | None) -> None:
    assert read(head, body).title == expected


def test_a_rule_finds_the_headline_first() -> None:
    told = read(
        ld(headline="Lain Sekali Judulnya"),
        f'<b class="j">{TITLE} - rakyatbengkulu.com</b><h1>Lain Sekali Judulnya</h1>',
        Rules(title=("b.j",)),
    )
    assert told.title == Found(TITLE, RULE, "b.j")


def test_dates_come_from_all_who_tell_them() -> None:
    head = ld(headline=TITLE, datePublished="2021-03-25T14:34:06+07:00", dateModified="2021-03-26") + meta(
        article__published_time="2021-03-25T14:34:07+07:00", article__modified_time="2021-03-27"
    )
    seen = '<time itemprop="datePublished" datetime="2021-03-25T14:34:08+07:00">25/3</time>'
    body = f'<h1>{TITLE}</h1>{seen}<i class="d" title="2021-03-25T14:34:05+07:00">Kamis</i>'
    told = read(head, body)
    machines = [
        Found("2021-03-25T14:34:06+07:00", JSON_LD, "datePublished"),
        Found("2021-03-25T14:34:07+07:00", META, "article:published_time"),
    ]
    assert told.published == [*machines, Found("2021-03-25T14:34:08+07:00", VISIBLE, "datePublished"), Found("2021-03-25", URL, "path")]
    # Where a portal's rules know its date, its elements are not guessed at.
    ruled = read(head, body, Rules(published=("i.d@title",))).published
    assert ruled == [
        Found("2021-03-25T14:34:05+07:00", RULE, "i.d@title"),
        Found("Kamis", RULE, "i.d@title"),
        *machines,
        Found("2021-03-25", URL, "path"),
    ]
    assert told.modified == [Found("2021-03-26", JSON_LD, "dateModified"), Found("2021-03-27", META, "article:modified_time")]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2021/03/25/panen", ["2021-03-25"]),
        ("/2021/3/5/panen", ["2021-03-05"]),
        ("/baca/12/20210325/panen", ["2021-03-25"]),
        ("/2021/03/panen.html", []),
        ("/panen-2021", []),
        ("/read/20210325", []),
    ],
)
def test_the_day_that_an_address_names(path: str, day: list[str]) -> None:
    assert [found.value for found in read(path=path).published] == day


def test_json_ld_of_another_story_is_not_asked() -> None:
    other = ld(headline="Contoh Judul Berita Bawaan Templat", datePublished="2014-01-01", author={"name": "Contoh Penulis"})
    told = read(other + meta(og__title=TITLE), "")
    assert (told.title, told.said, told.authors) == (Found(TITLE, META, "og:title"), {}, [])
    seen = read(other + f"<title>{TITLE}</title>")
    assert seen.title == Found(TITLE, VISIBLE, "heading")
    assert (seen.said, seen.authors) == ({}, [])
    assert [found.source for found in seen.published] == [URL]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ld(headline=TITLE, author={"@type": "Person", "name": "Wulan Paramita"}), [Found("Wulan Paramita", JSON_LD, "author")]),
        (
            ld(headline=TITLE, author=[{"name": "Wulan Paramita"}, {"name": "Joko Prasetya"}]),
            [Found("Wulan Paramita", JSON_LD, "author"), Found("Joko Prasetya", JSON_LD, "author")],
        ),
        (ld(headline=TITLE, author={"@type": "Organization", "name": "Rakyat Bengkulu"}), []),
        (meta(author="Wulan Paramita"), [Found("Wulan Paramita", META, "author")]),
        ('<script>dataLayer.push({"penulis": "Wulan Paramita", "editor": "AG"})</script>', [Found("Wulan Paramita", META, "penulis")]),
    ],
)
def test_authors_are_people(head: str, expected: list[Found]) -> None:
    assert read(head).authors == expected


def test_editors_are_apart_from_authors() -> None:
    told = read('<script>dataLayer.push({"penulis": "Wulan Paramita", "editor": "AG"})</script>' + meta(content_editor="Joko Prasetya"))
    assert told.editors == [Found("Joko Prasetya", META, "content_editor"), Found("AG", META, "editor")]


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (meta(article__section="Daerah"), "", Found("Daerah", META, "article:section")),
        (ld(headline=TITLE, articleSection="Ekonomi"), "", Found("Ekonomi", JSON_LD, "articleSection")),
        (
            "",
            f'<div class="breadcrumb"><a>Beranda</a> <a>Daerah</a> <a>Wonosobo</a> <a>{TITLE}</a></div>',
            Found("Wonosobo", VISIBLE, "breadcrumb"),
        ),
        (
            meta(article__section="Umum"),
            '<ul id="breadcrumbs"><li><a>Home</a></li><li><a>Daerah</a></li></ul>',
            Found("Daerah", VISIBLE, "breadcrumb"),
        ),
        ("", '<div class="breadcrumb"><a>Home</a></div>', None),
        ("", f'<div class="breadcrumb"><a>{"Kabar " * 9}</a></div>', None),
    ],
)
def test_the_section(head: str, body: str, expected: Found | None) -> None:
    assert read(head, f"<h1>{TITLE}</h1>{body}").section == expected


@pytest.mark.parametrize(
    ("head", "rules", "expected"),
    [
        (meta(article__tag="panen, kentang"), Rules(), [Found("panen", META, "article:tag"), Found("kentang", META, "article:tag")]),
        (meta(news_keywords="panen,kentang,"), Rules(), [Found("panen", META, "news_keywords"), Found("kentang", META, "news_keywords")]),
        (
            ld(headline=TITLE, keywords=["panen", "kentang"]),
            Rules(),
            [Found("panen", JSON_LD, "keywords"), Found("kentang", JSON_LD, "keywords")],
        ),
        (meta(article__tag="lain"), Rules(tags=("i",)), [Found("panen", RULE, "i")]),
        ("", Rules(), []),
    ],
)
def test_tags(head: str, rules: Rules, expected: list[Found]) -> None:
    told = read(head, f"<h1>{TITLE}</h1><i># panen</i>", rules).tags
    assert told == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://rakyatbengkulu.com/panen.jpg", "https://rakyatbengkulu.com/panen.jpg"),
        ("/foto/panen.jpg", "https://rakyatbengkulu.com/foto/panen.jpg"),
        ("/img/logo.png", None),
        ("/img/default-image.jpg", None),
        ("/avatar.png", None),
        ("data:image/gif;base64,R0", None),
        ("http://[rusak/", None),
    ],
)
def test_the_picture_is_the_storys(address: str, expected: str | None) -> None:
    told = read(meta(og__image=address)).image
    assert (told and told.value) == expected


def test_a_picture_of_a_logo_in_its_story_is_one() -> None:
    assert is_picture("https://kabarserayu.com/foto/logo-baru-kabupaten-wonosobo-diluncurkan.jpg")
    assert not is_picture("https://kabarserayu.com/logo-300x60.png")


BASE = "https://kabarserayu.com/2021/03/warga-garung-panen"


@pytest.mark.parametrize(
    ("base", "link", "follows"),
    [
        (BASE, '<a href="?page=2">2</a>', True),
        (BASE, f'<a href="{BASE}/2/">2</a>', True),
        (BASE, f'<a href="{BASE}/2">Selanjutnya</a>', True),
        (f"{BASE}/", f'<a href="{BASE}/2/">2</a>', True),
        (BASE, f'<a href="{BASE}?halaman=2">2</a>', True),
        (f"{BASE}?page=2", f'<a href="{BASE}?page=3">3</a>', True),
        (f"{BASE}/2/", f'<a href="{BASE}/3/">3</a>', True),
        (BASE, f'<a rel="next" href="{BASE}?page=2">Lanjut</a>', True),
        # The address carries what names no page
        ("https://kabarserayu.com/baca?id=512", '<a href="/baca?id=512&page=2">2</a>', True),
        ("https://kabarserayu.com/baca?id=512&page=2", '<a href="/baca?page=3&id=512">3</a>', True),
        ("https://kabarserayu.com/baca/51234", '<a href="/baca/51234/2">2</a>', True),
        (BASE, f'<a href="{BASE}?p=2">2</a>', True),
        ("https://kabarserayu.com/banjir", '<a href="/banjir/2/">2</a>', True),
        ("https://kabarserayu.com/banjir/2/", '<a href="/banjir/3/">3</a>', True),
        # Other pages and other stories
        ("https://kabarserayu.com/berita/45", '<a href="/berita/46">Harga Cabai</a>', False),
        ("https://kabar-serayu.com/?p=12", '<a href="/?p=13">Harga Cabai</a>', False),
        ("https://kabarserayu.com/2021/03/24", '<a href="/2021/03/25">25</a>', False),
        ("https://kabarserayu.com/baca?id=512", '<a href="/baca?id=513&page=2">2</a>', False),
        (BASE, f'<a href="{BASE}?page=3">3</a>', False),
        (BASE, f'<a href="{BASE}?page=1">1</a>', False),
        (f"{BASE}?page=3", f'<a href="{BASE}?page=2">2</a>', False),
        (BASE, f'<a href="{BASE}-2">Harga Kentang</a>', False),
        (BASE, '<a href="/2021/03/harga-cabai?page=2">2</a>', False),
        (BASE, f'<a href="{BASE}#komentar-2">2</a>', False),
        (BASE, '<a rel="next" href="/2021/03/harga-cabai">Berita Berikutnya</a>', False),
        (BASE, '<a href="http://[rusak/2">2</a>', False),
        (BASE, '<a href="https://kabarlereng.com/2021/03/warga-garung-panen/2">2</a>', False),
    ],
)
def test_the_next_page_is_the_storys_own(base: str, link: str, follows: bool) -> None:
    root = parse(f"<html><body><a>x</a>{link}</body></html>")
    assert root is not None
    assert (next_link(Tree(root), Rules(), base) is not None) is follows


def test_no_address_takes_long() -> None:
    start = time.process_time()
    for piece in (*ADVERSARIAL, "?&", "/1", "?page=1&", "?&page=", "a?page=1&b", "icon", "/2021/03/"):
        address = (piece * 100_000)[:100_000]
        root = parse("<html><body><a>x</a></body></html>")
        assert root is not None
        root.find(".//a").set("href", f"/2021?{address}2")
        next_link(Tree(root), Rules(), "https://kabarserayu.com/2021")
        is_picture(address)
    assert time.process_time() - start < 5


@steady
@given(st.text(), st.text(), st.text(alphabet="abc/?&=12#", max_size=30))
def test_no_page_raises(content: str, title: str, path: str) -> None:
    plain = content.replace('"', "").replace("<", "")
    told = read(
        meta(og__title=plain, author=plain, article__published_time=plain, og__image=plain),
        f"<h1>{title.replace('<', '')}</h1>",
        path=f"/{path}",
    )
    assert told.canonical_url is None or told.canonical_url.value.startswith("http")
