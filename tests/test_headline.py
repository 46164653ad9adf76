"""The headline is a heading of the page that its titles confirm, without the site's name."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.headline import confirmed, folded, headings, printed, without_site
from pipelines.markup import parse
from tests.steady import ADVERSARIAL, steady

NAMES = frozenset({"kabarserayu.com", "kabarserayu", "kabar serayu"})
TITLE = "Petani Lereng Sindoro Panen Tembakau"


def tree(*parts: str):
    """The tree of a page with these parts in its body."""
    root = parse(f"<html><head><title>x</title></head><body>{''.join(parts)}<p>Isi.</p></body></html>")
    assert root is not None
    return root


@pytest.mark.parametrize(
    "told",
    [
        TITLE,
        f"{TITLE} - Kabar Serayu",
        f"{TITLE} | Kabar Serayu",
        f"{TITLE} — Daerah — Kabar Serayu",
        f"{TITLE} » Kabar Serayu",
        f"{TITLE} : Kabar Serayu",
        f"Kabar Serayu: {TITLE}",
        f"Kabar Serayu | {TITLE}",
        f"Daerah > {TITLE}",
        TITLE.upper(),
        f"  {TITLE}. ",
        "Petani Lereng Sindoro, Panen Tembakau!",
        "Petani Lereng Sindoro Panen Tem...",
        "Petani Lereng Sindoro Panen Temb…",
    ],
)
def test_a_title_confirms_the_heading_whose_words_it_gives(told: str) -> None:
    page = tree("<h1>Kabar Serayu</h1>", "<h2>Berita Terkini</h2>", f"<h2>{TITLE}</h2>", "<h3>Harga Cabai di Pasar Wage Turun</h3>")
    assert confirmed(page, [told], NAMES) == TITLE


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("Kabar Serayu", "it is the site's name"),
        ("Daerah", "it is a section"),
        ("Harga Beras di Pasar Induk Naik - Kabar Serayu", "it is another story"),
        (f"Warga Menonton {TITLE} di Alun-Alun", "the words stand within a longer title"),
        ("Petani ...", "it breaks off too soon"),
        ("", "it is empty"),
    ],
)
def test_other_titles_confirm_nothing(told: str, why: str) -> None:
    page = tree("<h1>Kabar Serayu</h1>", "<h2>Daerah</h2>", f"<h2>{TITLE}</h2>")
    assert confirmed(page, [told], NAMES) is None, why


def test_the_surest_title_has_its_say_first() -> None:
    other = "Harga Cabai di Pasar Wage Turun"
    page = tree(f"<h2>{other}</h2>", f"<h1>{TITLE}</h1>")
    assert confirmed(page, [TITLE, other], NAMES) == TITLE
    assert confirmed(page, ["Situs Berita Warga Sindoro", other], NAMES) == other


def test_the_longest_of_the_headings_within_a_title_is_the_headline() -> None:
    page = tree("<h2>Panen Raya di Garung</h2>", "<h1>Panen Raya di Garung: Harga Kentang Jatuh</h1>")
    assert (
        confirmed(page, ["Panen Raya di Garung: Harga Kentang Jatuh - Kabar Serayu"], NAMES) == "Panen Raya di Garung: Harga Kentang Jatuh"
    )


def test_quotation_marks_and_dashes_may_differ() -> None:
    page = tree("<h1>“Luk Ulo” Bangkit – Warga Senang</h1>", "<h2>Daerah</h2>")
    assert confirmed(page, ['"Luk Ulo" Bangkit - Warga Senang | Kabar Serayu'], NAMES) == "“Luk Ulo” Bangkit – Warga Senang"


def test_a_short_headline_counts_where_it_is_the_only_heading() -> None:
    assert confirmed(tree("<h1>Air Surut</h1>"), ["Air Surut"], NAMES) == "Air Surut"
    assert confirmed(tree("<h1>Air Surut</h1>", "<h2>Daerah</h2>"), ["Daerah", "Air Surut"], NAMES) is None


@pytest.mark.parametrize(
    "markup",
    [
        f'<div class="judul">{TITLE}</div>',
        f'<div class="post-title">{TITLE}</div>',
        f'<span itemprop="headline">{TITLE}</span>',
        f'<div id="title-artikel">{TITLE}</div>',
        f'<h1><a href="/tembakau">{TITLE}</a></h1>',
        '<h3 class="x"><span>Petani Lereng</span> Sindoro Panen Tembakau</h3>',
    ],
)
def test_what_is_set_as_a_heading_or_called_one_is_one(markup: str) -> None:
    assert headings(tree(markup)) == [TITLE]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{TITLE}</p>",
        f'<a class="title" href="/a">{TITLE}</a>',
        f"<h1>{'Kabar ' * 60}</h1>",
        "<h1> </h1>",
        f'<div class="titles">{f"<p>{TITLE}</p>" * 8}</div>',
    ],
)
def test_other_elements_are_none(markup: str) -> None:
    assert headings(tree(markup)) == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"{TITLE} - Kabar Serayu", TITLE),
        (f"{TITLE} | KabarSerayu.com", TITLE),
        (f"{TITLE}|Kabar Serayu", TITLE),
        (f"{TITLE} – kabarserayu", TITLE),
        (f"KabarSerayu.com: {TITLE}", TITLE),
        (f"Kabar Serayu - {TITLE}", TITLE),
        (TITLE, TITLE),
        ("Harga Cabai - Tomat Naik - Kabar Serayu", "Harga Cabai - Tomat Naik"),
        # What stands behind the dash is no site's name.
        ("Kopi Sindoro - Rasa yang Kembali", "Kopi Sindoro - Rasa yang Kembali"),
        ("Ulang Tahun Kabar Serayu Dihadiri Warga", "Ulang Tahun Kabar Serayu Dihadiri Warga"),
        ("Kabar Serayu - Home", "Kabar Serayu - Home"),
        ("Kabar Serayu", "Kabar Serayu"),
        ("", ""),
    ],
)
def test_the_name_of_the_site_comes_off_a_title(title: str, expected: str) -> None:
    assert without_site(title, NAMES) == expected


def test_the_headings_of_the_first_order_are_printed_and_the_site_is_none() -> None:
    page = tree("<h1>Kabar Serayu</h1>", f"<h1>{TITLE}</h1>", "<h1>KABARSERAYU.COM</h1>", "<h1></h1>", "<h2>Daerah</h2>")
    assert printed(page, NAMES) == [TITLE]


@steady
@given(st.lists(st.text('Aab -|:.…“"', max_size=40), max_size=5), st.lists(st.text('Aab -|:.…“"', max_size=60), max_size=3))
def test_a_headline_that_comes_out_stands_on_the_page(texts: list[str], told: list[str]) -> None:
    page = tree(*(f"<h2>{text}</h2>" for text in texts))
    sure = confirmed(page, told, NAMES)
    assert sure is None or sure in headings(page)


@steady
@given(st.text(), st.sampled_from([" - ", " | ", ": ", " » "]))
def test_a_title_without_the_site_is_a_part_of_it(text: str, mark: str) -> None:
    for title in (text, f"{text}{mark}Kabar Serayu", f"Kabar Serayu{mark}{text}"):
        assert without_site(title, NAMES) in title
        assert folded(folded(title)) == folded(title)


def test_no_title_takes_long() -> None:
    page = tree(f"<h1>{TITLE}</h1>", "<h2>Daerah</h2>")
    start = time.process_time()
    for piece in (*ADVERSARIAL, " - ", "a | ", "a: ", " - Kabar Serayu"):
        title = (piece * 100_000)[:100_000]
        without_site(title, NAMES)
        confirmed(page, [title, f"{title}{TITLE}", f"{TITLE}{title}", f"{title}..."], NAMES)
    assert time.process_time() - start < 5
