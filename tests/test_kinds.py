"""Lists, tags, galleries, videos, soft 404s and stubs before a wall are told from articles, and each with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.kinds import (
    A_GALLERY,
    A_LIST,
    A_TAG,
    A_VIDEO,
    ABOUT_THE_PORTAL,
    HOME,
    NO_HEADLINE,
    NO_TEXT,
    NOT_FOUND,
    WALLED,
    Look,
    refusal,
)
from pipelines.markup import parse
from pipelines.paragraphs import Paragraph
from pipelines.selectors import Tree
from tests.steady import steady

SENTENCE = "Warga Desa Garung memanen kentang sejak Senin pagi, dan harga di pasar induk masih bertahan. "
STORY = [Paragraph(text=SENTENCE.strip() * 2)] * 5
STUB = [Paragraph(text=SENTENCE.strip() * 2), Paragraph(text="Langganan untuk membaca kelanjutan artikel ini.")]
TITLE = "Warga Garung Panen Kentang"
ARTICLE = "https://kabarserayu.com/2021/03/warga-garung-panen-kentang.html"


def look(markup: str = "", url: str = ARTICLE, *, title: str = TITLE, body: str = "", said: dict[str, object] | None = None) -> Look:
    """A page with a title, attributes of its body and some markup."""
    root = parse(f"<html><head><title>{title} - Kabar Serayu</title></head><body {body}><h1>{title}</h1>{markup}<p>Isi.</p></body></html>")
    assert root is not None
    return Look(Tree(root), url, said or {})


def teasers(count: int) -> str:
    return "".join(f'<h3><a href="/{number}">Harga Cabai di Pasar Wage Naik {number}</a></h3>' for number in range(count))


def linked(count: int) -> list[Paragraph]:
    return [Paragraph(text=f"Harga Cabai di Pasar Wage Naik {number}", linked=1.0) for number in range(count)]


def test_a_page_with_a_story_is_an_article() -> None:
    assert refusal(look(), TITLE, STORY) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", HOME),
        ("/", HOME),
        ("/?p=812", None),
        ("/redaksi/", ABOUT_THE_PORTAL),
        ("/tentang-kami", ABOUT_THE_PORTAL),
        ("/p/pedoman-media-siber.html", ABOUT_THE_PORTAL),
        ("/page/kebijakan-privasi", ABOUT_THE_PORTAL),
        ("/2021/03/redaksi-kami-pindah-kantor.html", None),
        ("/tentang-kami-warga-serayu", None),
        ("/berita/redaksi", None),
    ],
)
def test_the_home_page_and_pages_about_the_portal_are_no_articles(path: str, reason: str | None) -> None:
    assert refusal(look(url=f"https://kabarserayu.com{path}"), TITLE, STORY) == reason


@pytest.mark.parametrize(
    "url",
    [
        "https://kabarserayu.com/tag/kentang/",
        "https://kabarserayu.com/tag/kentang",
        "https://kabarserayu.com/topik/panen-raya",
        "https://kabarserayu.com/topic/panen-raya/2",
        "https://kabarserayu.disway.id/listtag/114/kentang",
    ],
)
def test_an_address_of_a_tag_is_no_articles(url: str) -> None:
    assert refusal(look(url=url), TITLE, STORY) == A_TAG


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://kabarserayu.com/category/daerah/",
            "https://kabarserayu.com/kategori/daerah/30",
            "https://kabarserayu.com/author/wulan/",
        ),
        *(
            "https://kabarserayu.com/indeks",
            "https://kabarserayu.com/index/",
            "https://kabarserayu.com/terpopuler",
            "https://kabarserayu.com/search/label/Daerah",
        ),
    ],
)
def test_an_address_of_a_list_is_no_articles(url: str) -> None:
    assert refusal(look(url=url), TITLE, STORY) == A_LIST


@pytest.mark.parametrize(
    "url",
    [
        "https://kabarserayu.com/kategori/daerah/warga-garung-panen-kentang-di-tengah-hujan-deras",
        "https://kabarserayu.com/tag-harga-di-pasar-kini-dipasang.html",
        "https://kabarserayu.com/indeks-harga-konsumen-naik/",
        "https://kabarserayu.com/2021/03/topik-debat-calon-bupati.html",
        "https://kabarserayu.com/terpopuler-di-pameran-adalah-kopi/",
        "https://kabarserayu.com/search-and-rescue-gelar-latihan/",
        "http://[rusak/",
    ],
)
def test_a_slug_with_such_words_is_an_articles(url: str) -> None:
    assert refusal(look(url=url), TITLE, STORY) is None


@pytest.mark.parametrize(
    ("url", "body", "kind"),
    [
        ("https://kabarserayu.com/rubrik/daerah", "", A_LIST),
        ("https://kabarserayu.com/daerah/page/3/", "", A_LIST),
        (ARTICLE, 'class="archive category category-daerah"', A_LIST),
        (ARTICLE, 'class="archive tag tag-kentang"', A_TAG),
        (ARTICLE, 'class="search search-results"', A_LIST),
    ],
)
def test_what_calls_itself_a_list_is_one_without_a_story(url: str, body: str, kind: str) -> None:
    page = look(url=url, body=body)
    assert refusal(page, "Daerah", []) == kind
    assert refusal(page, "Daerah", [*linked(6), *STORY[:1]]) == kind
    # Its story speaks for itself.
    assert refusal(page, TITLE, STORY) is None


def test_a_body_that_is_single_is_no_list() -> None:
    assert look(body='class="single single-post category-daerah"').listed is None


def test_headlines_of_others_with_a_line_each_are_a_list() -> None:
    told = [one for number in range(6) for one in (linked(6)[number], Paragraph(text=SENTENCE.strip()))]
    assert refusal(look(teasers(6)), "Kabar Serayu", told) == A_LIST
    assert refusal(look(teasers(30)), TITLE, STORY) is None
    assert refusal(look(teasers(30)), "Daerah", []) == A_LIST
    # Headlines of others between the headline and the prose: it belongs to none of them.
    assert refusal(look(teasers(6)), "Daerah", STORY, teasers=6) == A_LIST


@pytest.mark.parametrize(
    "title",
    [
        *(
            "404",
            "404 Not Found",
            "Error 404 - Kabar Serayu",
            "Halaman Tidak Ditemukan",
            "Maaf, halaman yang Anda cari tidak ditemukan",
            "Page not found",
        ),
        *(
            "Oops! Halaman tidak tersedia",
            "Berita tidak ditemukan",
            "Artikel ini tidak tersedia",
            "Nothing Found",
            "Not Found",
            "Halaman tidak dapat ditemukan",
        ),
    ],
)
def test_a_page_that_is_not_there_says_so(title: str) -> None:
    assert refusal(look(title=title), title, []) == NOT_FOUND
    assert refusal(look(teasers(8), title=title), title, [*linked(8), Paragraph(text=SENTENCE.strip())]) == NOT_FOUND


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Rumah Nomor 404 di Garung Terbakar",
            "Sebanyak 404 Warga Divaksin",
            "Surat Suara Tidak Ditemukan di TPS 3",
            "KRI 404 Bersandar di Cilacap",
            "404 Rumah di Garung Terendam Banjir",
            "Artikel Tidak Ditemukan di Lemari Arsip",
            "Berita Tidak Ada Habisnya dari Garung",
        ),
        *("Bangkai Kapal Belum Ditemukan", "Nelayan Hilang Tidak Ditemukan, Pencarian Ditutup", "Kode Error 404 Jadi Nama Kafe di Garung"),
    ],
)
def test_a_story_of_404_or_of_what_is_not_found_is_an_article(title: str) -> None:
    assert refusal(look(title=title), title, STORY) is None
    assert refusal(look(title=title), title, STORY[:2]) is None


@pytest.mark.parametrize(
    ("markup", "said", "told"),
    [
        ("", {}, STUB),
        ("", {"isAccessibleForFree": False}, STUB[:1]),
        ("", {"isAccessibleForFree": "False"}, STUB[:1]),
        ('<div class="paywall-box">Berlangganan</div>', {}, STUB[:1]),
        ("", {}, [STUB[0], Paragraph(text="Silakan berlangganan untuk melanjutkan membaca.")]),
        ("", {}, [STUB[0], Paragraph(text="Sudah berlangganan? Masuk di sini.")]),
        ("", {}, [STUB[0], Paragraph(text="Konten ini khusus pelanggan.")]),
        ("", {}, [STUB[0], Paragraph(text="Artikel premium, baca dengan akses penuh.")]),
    ],
)
def test_a_stub_before_a_wall_is_no_article(markup: str, said: dict[str, object], told: list[Paragraph]) -> None:
    assert refusal(look(markup, said=said), TITLE, told) == WALLED


@pytest.mark.parametrize(
    "sentence",
    [
        "Langganan untuk koran desa itu gratis bagi warga lansia di tiga dusun.",
        "Warga berlangganan sekarang lewat koperasi, kata ketua RT.",
        "Perpustakaan memberi akses tanpa batas kepada murid.",
    ],
)
def test_a_story_of_subscriptions_is_an_article(sentence: str) -> None:
    assert refusal(look(), TITLE, [*STORY, Paragraph(text=sentence)]) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Warga berlangganan sekarang lewat koperasi, kata ketua RT.",
        "Perpustakaan memberi akses tanpa batas kepada murid.",
        "Sebanyak 40 keluarga sudah berlangganan air bersih dari desa.",
        "Langganan untuk satu tahun dibayar sekali.",
    ],
)
def test_so_is_a_short_one(sentence: str) -> None:
    assert refusal(look(), TITLE, [*STORY[:1], Paragraph(text=sentence), *STORY[:1]]) is None


def test_a_whole_story_before_a_wall_that_readers_do_not_meet_is_an_article() -> None:
    assert refusal(look('<div class="paywall"></div>', said={"isAccessibleForFree": False}), TITLE, STORY) is None


PICTURES = '<div class="galeri">' + '<img src="/a.jpg">' * 5 + "</div>"
VIDEO = '<iframe src="https://www.youtube.com/embed/abc"></iframe>'


def test_pictures_or_a_video_without_text_are_no_article() -> None:
    short = [Paragraph(text="Warga memanen kentang.")]
    assert refusal(look(PICTURES), TITLE, []) == A_GALLERY
    assert refusal(look(PICTURES, title="Foto: Panen Kentang"), "Foto: Panen Kentang", [Paragraph(text=SENTENCE.strip())]) == A_GALLERY
    assert refusal(look(VIDEO), TITLE, []) == A_VIDEO
    assert refusal(look("<video src='/a.mp4'></video>"), TITLE, short) == A_VIDEO
    assert refusal(look(), TITLE, []) == NO_TEXT


@pytest.mark.parametrize("markup", ["", PICTURES, VIDEO, teasers(10)])
def test_a_story_stays_one_beside_pictures_videos_and_teasers(markup: str) -> None:
    assert refusal(look(markup), TITLE, STORY) is None
    assert refusal(look(markup), TITLE, [Paragraph(text=SENTENCE.strip() * 2)]) is None


def test_a_page_without_headline_is_none() -> None:
    assert refusal(look(), None, STORY) == NO_HEADLINE
    assert refusal(look(), "", STORY) == NO_HEADLINE


@steady
@given(
    st.text(), st.lists(st.builds(Paragraph, text=st.text(), linked=st.floats(0, 1), heading=st.booleans())), st.text(), st.integers(0, 30)
)
def test_any_page_is_an_article_or_has_a_reason(title: str, told: list[Paragraph], path: str, above: int) -> None:
    reasons = {None, HOME, ABOUT_THE_PORTAL, A_GALLERY, A_LIST, A_TAG, A_VIDEO, NO_HEADLINE, NO_TEXT, NOT_FOUND, WALLED}
    assert refusal(look(url=f"https://kabarserayu.com/{path}"), title, told, above) in reasons
