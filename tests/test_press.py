"""press(page, rules): what comes of a draft, that it is pure, and that it needs no Scrapy."""

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.records import GONE, Removed
from pipelines.press import press
from pipelines.rules import Rules
from tests import builders
from tests.page_fixtures import fixture, names
from tests.pressing import RULES, STORY, pressed


def test_what_an_article_takes_from_its_page() -> None:
    page = builders.page(rest=(builders.page("/2"),), body=f'<h1>x</h1><div class="isi">{STORY}</div>'.encode())
    article = press(page, RULES)
    assert (article.url, article.portal, article.captured_at, article.page_sha256) == (page.url, page.portal, page.fetched_at, page.sha256)
    assert (article.pages, article.flags) == (2, ("short-body", "no-date"))
    assert (article.authors, article.tags, article.image, article.published) == ((), (), None, None)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"status": 404}, GONE),
        ({"status": 500}, "an unexpected status: status 500"),
        ({"headers": (("Content-Type", "application/pdf"),)}, "not HTML: application/pdf"),
        ({"body": b""}, "an empty page"),
        ({"body": b"<div class='isi'>Cerita.</div>"}, "no headline"),
        ({"body": b"<h1>Galeri</h1><div class='isi'></div>"}, "no text"),
        ({"body": b"<h1>x</h1><div class='isi'><p>Bagikan</p><p>Editor: AG</p><p>(mam)</p></div>"}, "no text"),
    ],
)
def test_a_page_that_is_no_article_says_why(facts: dict[str, Any], refusal: str) -> None:
    article = press(builders.page(**facts), RULES)
    assert (article.refusal, article.title, article.body, article.url) == (refusal, None, "", f"{builders.HOME}/banjir")


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Sumur Bor - Rakyat Bengkulu", "Sumur Bor"),
        ("Sumur Bor | RAKYAT BENGKULU", "Sumur Bor"),
        ("Sumur Bor – rakyatbengkulu.com", "Sumur Bor"),
        ("Sumur Bor &raquo; Rakyatbengkulu", "Sumur Bor"),
        ("Sumur - Bor | Kabar - Kita", "Sumur - Bor"),
        ("Sumur Bor - Bupati Meresmikan", "Sumur Bor - Bupati Meresmikan"),
        ("Sumur Bor-Rakyat Bengkulu", "Sumur Bor-Rakyat Bengkulu"),
        ("Rakyat Bengkulu", "Rakyat Bengkulu"),
        ("- Rakyat Bengkulu", "- Rakyat Bengkulu"),
        ("Rakyat Bengkulu - Sumur Bor", "Rakyat Bengkulu - Sumur Bor"),
        ("<i>Car Free Day</i>, Warga  Antusias", "Car Free Day, Warga Antusias"),
    ],
)
def test_the_sites_name_is_cut_from_the_title(printed: str, title: str) -> None:
    assert pressed(title=printed, head='<meta property="og:site_name" content="Kabar - Kita">').title == title


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://rakyatbengkulu.com/banjir/", "https://rakyatbengkulu.com/banjir/"),
        ("http://www.rakyatbengkulu.com/2020/banjir/?utm_source=x#a", "https://rakyatbengkulu.com/2020/banjir/"),
        ("/2020/banjir/amp/", "https://rakyatbengkulu.com/2020/banjir/"),
        # What a template prints on every page would make one story of them all.
        ("https://rakyatbengkulu.com/sumur/", "https://rakyatbengkulu.com/banjir"),
        ("https://rakyatbengkulu.com/berita/", "https://rakyatbengkulu.com/banjir"),
        ("https://rakyatbengkulu.com/?p=7", "https://rakyatbengkulu.com/banjir"),
        ("https://rakyatbengkulu.com/", "https://rakyatbengkulu.com/banjir"),
        ("https://lain.com/sumur/", "https://rakyatbengkulu.com/banjir"),
        ("http://[alamat]/", "https://rakyatbengkulu.com/banjir"),
        ("", "https://rakyatbengkulu.com/banjir"),
    ],
)
def test_a_story_is_known_by_its_own_address(canonical: str, url: str) -> None:
    article = pressed(head=f'<link rel="canonical" href="{canonical}">', url="https://rakyatbengkulu.com/banjir?fbclid=1#a")
    assert article.url == url
    assert pressed(url="https://rakyatbengkulu.com:443/banjir/amp/?m=1").url == "https://rakyatbengkulu.com/banjir/"


def test_a_story_whose_address_is_a_query_is_known_by_its_canonical_one() -> None:
    article = pressed(head='<link rel="canonical" href="/banjir/">', url="https://rakyatbengkulu.com/?p=12")
    assert article.url == "https://rakyatbengkulu.com/banjir/"


@pytest.mark.parametrize(
    ("body", "beside", "authors", "editors", "sources"),
    [
        (
            f"{STORY}<p>Penulis: mam</p><p>Editor: AG</p>",
            '<b class="penulis">cah</b>',
            ("mam",),
            ("AG",),
            {"authors": "text", "editors": "text"},
        ),
        (STORY, '<b class="penulis">cah</b><b class="editor">AG</b>', ("cah",), ("AG",), {"authors": "rule", "editors": "rule"}),
        (f"{STORY}<p>Editor AG</p>", '<b class="penulis">AG</b>', (), ("AG",), {"editors": "text"}),
        (f"{STORY}<p>Penulis: AG</p><p>Editor: AG</p>", "", ("AG",), ("AG",), {"authors": "text", "editors": "text"}),
        (f"{STORY}<p>(mam)</p>", '<b class="penulis">Admin</b>', ("mam",), (), {"authors": "text"}),
        (f"{STORY}<p>(mam)</p>", '<b class="penulis">cah</b>', ("cah",), (), {"authors": "rule"}),
        (f"{STORY}<p>(AG)</p><p>Editor: AG</p>", "", ("AG",), ("AG",), {"authors": "text", "editors": "text"}),
        (f"{STORY}<p>(red)</p>", '<b class="penulis">Rakyat Bengkulu</b>', (), (), {}),
        (STORY, '<b class="penulis">https://www.blogger.com/profile/1</b>', (), (), {}),
    ],
)
def test_who_wrote_it(body: str, beside: str, authors: tuple[str, ...], editors: tuple[str, ...], sources: dict[str, str]) -> None:
    article = pressed(body, beside=beside)
    assert (article.authors, article.editors) == (authors, editors)
    assert {field: source for field, source in article.sources if field in ("authors", "editors")} == sources


@pytest.mark.parametrize(
    ("beside", "head", "expected"),
    [
        ('<i class="tanggal">Kamis, 25 Maret 2021</i>', "", ("2021-03-25", "day", "rule", ())),
        (
            '<i class="tanggal">25 Maret 2021</i>',
            '<meta property="article:published_time" content="2021-03-25T08:30:00+07:00">',
            ("2021-03-25T08:30:00+07:00", "second", "meta", ()),
        ),
        (
            '<i class="tanggal">25 Maret 2021</i>',
            '<meta property="article:published_time" content="2014-01-01T08:30:00+07:00">',
            ("2021-03-25", "day", "rule", ("contradicted",)),
        ),
        (
            '<i class="tanggal">entah kapan</i><time itemprop="datePublished" datetime="2021-03-25T09:00">kemarin</time>',
            "",
            ("2021-03-25T09:00+07:00", "minute", "visible", ()),
        ),
        ('<i class="tanggal">Jumat, 25 Maret 2021</i>', "", ("2021-03-25", "day", "rule", ("weekday",))),
        ('<i class="tanggal">25 Maret 2031</i>', "", None),
        ('<i class="tanggal">entah kapan</i>', "", None),
        ("", "", None),
    ],
)
def test_when_it_was_published(beside: str, head: str, expected: tuple[object, ...] | None) -> None:
    published = pressed(beside=beside, head=head).published
    assert (published and (published.iso, published.precision, published.source, published.flags)) == expected


def test_dates_are_read_in_the_zone_of_the_portal() -> None:
    article = pressed(beside='<i class="tanggal">25 Maret 2021, 09:00</i>', rules=replace(RULES, zone="Asia/Jayapura"))
    assert article.published
    assert article.published.iso == "2021-03-25T09:00+09:00"


def test_a_second_date_beside_the_first_is_the_update() -> None:
    both = '<i class="tanggal">Tayang 25 Maret 2021, 09:00 WIB Diperbarui 25 Maret 2021, 10:30 WIB</i>'
    article = pressed(beside=both, fetched_at=builders.at(1))
    assert article.published
    assert article.modified
    assert (article.published.iso, article.modified.iso) == ("2021-03-25T09:00+07:00", "2021-03-25T10:30+07:00")
    own = pressed(beside=both + '<i class="ubah">26 Maret 2021</i>', fetched_at=builders.at(2)).modified
    assert own
    assert own.iso == "2021-03-26"


def test_dateparser_is_the_last_resort_and_said_so() -> None:
    published = pressed(beside='<i class="tanggal">2021, 25 Maret</i>').published
    assert published
    assert (published.iso, published.source, published.flags) == ("2021-03-25", "rule", ("dateparser",))
    later = pressed(beside='<i class="tanggal">2021, 24 Maret</i>', head='<meta name="datePublished" content="25 Maret 2021">').published
    assert later
    assert (later.iso, later.source, later.flags) == ("2021-03-25", "meta", ())


@pytest.mark.parametrize(
    ("caption", "kept", "removed"),
    [
        ("Sumur bor di balai desa", "Sumur bor di balai desa", ()),
        ("e9ca083a asn kerja depan komputer 2", None, (Removed(rule="image-name-line", text="e9ca083a asn kerja depan komputer 2"),)),
        ("", None, ()),
    ],
)
def test_the_name_of_a_file_is_no_caption(caption: str, kept: str | None, removed: tuple[Removed, ...]) -> None:
    article = pressed(beside=f'<img src="/a.jpg"><u>{caption}</u>')
    assert (article.image, article.image_caption, article.removed) == (f"{builders.HOME}/a.jpg", kept, removed)


def test_lines_come_off_in_the_order_of_the_page() -> None:
    body = (
        '<p>Bagikan</p><p>KEPAHIANG – Sumur mengalir.</p><div class="ads">Iklan</div><p>Baca Juga: Lain</p><p>Warga lega. (mam)</p>'
        '<p>Editor: AG</p><p>Rakyatbengkulu.com</p><div class="share">Sebarkan</div><p>Sumber: Diskominfo</p>'
    )
    article = pressed(body)
    assert (article.body, article.place, article.byline) == ("Sumur mengalir.\n\nWarga lega.", "Kepahiang", "mam")
    assert [line.text for line in article.removed] == [
        *(
            "Bagikan",
            "KEPAHIANG –",
            "Iklan",
            "Baca Juga: Lain",
            "(mam)",
            "Editor: AG",
            "Rakyatbengkulu.com",
            "Sebarkan",
            "Sumber: Diskominfo",
        ),
    ]
    assert (article.editors, article.credited_source) == (("AG",), "Diskominfo")


def test_an_advertorial_is_labelled_once() -> None:
    assert pressed(f"<p>PARIWARA</p>{STORY}<p>(ADV)</p>").labels == ("advertorial",)


@pytest.mark.parametrize("name", names())
def test_press_is_pure_and_pickles_both_ways(name: str) -> None:
    told = fixture(name)
    article = press(told.page, told.rules)
    page, rules = pickle.loads(pickle.dumps((told.page, told.rules)))
    assert press(page, rules) == article
    assert (page, rules) == (told.page, told.rules)
    assert pickle.loads(pickle.dumps(article)) == article


def test_press_loads_neither_scrapy_nor_what_it_seldom_needs() -> None:
    code = (
        "import sys; from pipelines.press import press; "
        "print(sorted({'scrapy', 'twisted', 'trafilatura', 'dateparser', 'spiders'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    assert done.stdout == "[]\n"


def test_a_date_of_the_template_dates_no_story() -> None:
    constant = "2014-01-01T00:00:00+07:00"
    head = f'<meta property="article:published_time" content="{constant}"><meta property="article:modified_time" content="{constant}">'
    beside = '<time itemprop="datePublished" datetime="2021-03-25">Kamis</time>'
    knowing = replace(RULES, constants=(constant,))
    blind, told = (pressed(head=head, rules=rules) for rules in (RULES, knowing))
    assert blind.published
    assert (blind.published.raw, told.published, told.modified) == (constant, None, None)
    blind, told = (pressed(head=head, beside=beside, rules=rules) for rules in (RULES, knowing))
    assert told.published
    assert (told.published.iso, told.published.source, told.modified) == ("2021-03-25", "visible", None)
    assert ["contradicted-date" in each.flags for each in (blind, told)] == [True, False]


def test_pictures_pasted_into_a_story_do_not_cut_it_off() -> None:
    picture = f'<p><img src="data:image/png;base64,{"iVBORw0KGgo" * 300_000}"></p>'
    article = pressed(f"{STORY}{picture}<p>Air itu dialirkan ke empat dusun.</p>")
    assert article.body.endswith("\n\nAir itu dialirkan ke empat dusun.")


def test_a_page_is_read_as_on_the_day_of_its_capture() -> None:
    # A date without its year is that of the latest such Wednesday: in 2021 there was one, and later years have others.
    story = "".join(
        f"<p>Warga dusun {number} mulai memakai sumur bor yang dibangun dari dana desa itu, kata kepala desa.</p>" for number in range(5)
    )
    article = pressed(story, beside="<div>Wulan Paramita | Rabu, 24 Maret 14:05 WIB</div>", rules=Rules())
    assert article.published
    assert (article.published.iso, article.authors) == ("2021-03-24T14:05+07:00", ("Wulan Paramita",))
