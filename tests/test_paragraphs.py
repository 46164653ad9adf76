"""A container becomes the paragraphs that its readers see, however its page sets them."""

import pytest

from archive.records import Removed
from pipelines.clean import prune
from pipelines.markup import parse
from pipelines.paragraphs import Paragraph, paragraphs
from pipelines.rules import Rules

LONG = "Sebanyak 120 keluarga di Desa Karangduwur mulai memakai sumur bor yang dibangun dari dana desa itu."
LONGER = "Selama tiga bulan terakhir mereka membeli air dari tangki keliling, seratus lima puluh ribu rupiah satu tangki."


def told(markup: str, rules: Rules | None = None) -> list[Paragraph | Removed]:
    tree = parse(f"<html><body><div id='isi'>{markup}</div></body></html>")
    assert tree is not None
    container = tree.find(".//*[@id='isi']")
    return prune(container, rules) if rules else paragraphs(container)


def texts(markup: str) -> list[str]:
    return [one.text for one in told(markup)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Satu.</p><p>Dua.</p>", ["Satu.", "Dua."]),
        ("<div>Satu.</div><div>Dua.</div>", ["Satu.", "Dua."]),
        ("<div>Satu.</div><div><br></div><div>Dua.</div>", ["Satu.", "Dua."]),
        ("<div><div><div>Satu.</div></div>Dua.</div>", ["Satu.", "Dua."]),
        ("Satu.<br><br>Dua.<br> <br>Tiga.", ["Satu.", "Dua.", "Tiga."]),
        ("Satu.<br>&nbsp;<br>Dua.<br>\u200b<br>Tiga.", ["Satu.", "Dua.", "Tiga."]),
        ("Awal cerita.<p>Lanjutannya.</p>Akhirnya.", ["Awal cerita.", "Lanjutannya.", "Akhirnya."]),
        ("<b>Awal</b> cerita.<p>Lanjutannya.</p>", ["Awal cerita.", "Lanjutannya."]),
        ("<p>Satu.<p>Dua.", ["Satu.", "Dua."]),
        ("<p></p><p>&nbsp;</p><p><br></p><p>Satu.</p>", ["Satu."]),
        ("<section><article>Satu.</article></section><center>Dua.</center>", ["Satu.", "Dua."]),
        ("Satu.<hr>Dua.", ["Satu.", "Dua."]),
        ("<blockquote>“Kami siap,” kata Bupati.</blockquote>Begitu.", ["“Kami siap,” kata Bupati.", "Begitu."]),
        ("<p>Satu.</p><h2>Anak Judul</h2><p>Dua.</p>", ["Satu.", "Anak Judul", "Dua."]),
    ],
)
def test_paragraphs_however_they_are_set(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_single_breaks_part_full_sentences() -> None:
    assert texts(f"{LONG}<br>{LONGER}<br>{LONG}") == [LONG, LONGER, LONG]


def test_single_breaks_keep_the_lines_of_verse_together() -> None:
    verse = "Pergi ke pasar membeli ketan,<br />\nketan dimasak di hari Selasa.<br />\nLapak yang baru jadi harapan."
    assert texts(f"<p>{verse}</p>") == ["Pergi ke pasar membeli ketan,\nketan dimasak di hari Selasa.\nLapak yang baru jadi harapan."]
    assert texts(f"<p>{LONG}</p>{verse}<br><br>Begitu.") == [LONG, verse.replace("<br />", ""), "Begitu."]


def test_a_long_line_without_its_end_goes_on() -> None:
    unfinished = LONG.rstrip(".")
    assert texts(f"{unfinished}<br>dan seterusnya.") == [f"{unfinished}\ndan seterusnya."]


@pytest.mark.parametrize("names", ["", "wp-block-verse"])
def test_preformatted_poems_keep_their_lines(names: str) -> None:
    assert texts(f"<pre class='{names}'>Hujan di hulu,\r\n  banjir di hilir.\n\nBegitu.</pre>") == [
        "Hujan di hulu,\nbanjir di hilir.",
        "Begitu.",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li>satu</li><li>dua</li></ul>",
        "<ul>\n  <li>satu</li>\n  <li>dua</li>\n</ul>",
        "<ol><li><p>satu</p></li>\n<li><p>dua</p></li></ol>",
        "<ul><li>\n<div>satu</div>\n</li><li><span>du</span>a</li></ul>",
    ],
)
def test_lists_keep_their_lines(markup: str) -> None:
    assert texts(f"Isinya:{markup}Sekian.") == ["Isinya:", "- satu\n- dua", "Sekian."]


def test_items_with_paragraphs_and_lists_inside_lose_no_text() -> None:
    assert texts("<ul><li><p>satu</p><p>dua</p></li><li>tiga<ul><li>empat</li></ul></li></ul>") == ["satu", "dua", "- tiga", "- empat"]
    assert texts("<ul><li></li><li> </li></ul>") == []


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>Desa</td><td>Karung</td></tr><tr><td>Taba</td><td>120</td></tr></table>",
        "<table>\n<thead><tr>\n<th>Desa</th>\n<th>Karung</th></tr></thead>\n<tr>\n<td> Taba </td>\n<td>120</td>\n</tr></table>",
        "<table><tr><td><p>Desa</p></td><td><p>Karung</p></td></tr><tr><td><p>Taba</p></td><td><p>120</p></td></tr></table>",
        '<figure class="wp-block-table"><table><tr><td>Desa</td><td>Karung</td></tr><tr><td>Taba</td><td>120</td></tr></table></figure>',
    ],
)
def test_tables_keep_their_lines(markup: str) -> None:
    assert texts(f"<p>Daftar.</p>{markup}Sekian.") == ["Daftar.", "Desa | Karung\nTaba | 120", "Sekian."]


def test_a_table_has_its_caption_on_a_line_of_its_own() -> None:
    assert texts("<table><caption>Daftar</caption><tr><td>Taba</td><td>120</td></tr></table>") == ["Daftar\nTaba | 120"]


def test_a_story_in_a_table_is_a_story() -> None:
    assert texts("<table><tr><td><img></td><td><p>Satu.</p><p>Dua.</p></td></tr></table>") == ["Satu.", "Dua."]


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src='a.jpg'><figcaption>Foto: warga</figcaption></figure>",
        "<figure>Foto: warga</figure>",
        '<figure class="wp-block-embed is-type-rich"><blockquote>Kicauan</blockquote></figure>',
        "<script>var kabar = 'baik';</script>",
        "<style>p {}</style>",
        "<noscript>nyalakan</noscript>",
        "<iframe src='x'>video</iframe>",
        "<form><label>Nama</label><input><textarea>isi</textarea></form>",
        "<nav><a href='/'>Beranda</a></nav>",
        "<button>Putar</button><svg><title>ikon</title></svg><select><option>1</option></select>",
        "<video>tak didukung</video><template><p>contoh</p></template>",
    ],
)
def test_what_is_no_text_of_the_story_is_passed_over(markup: str) -> None:
    assert texts(f"<p>Satu.</p>{markup}<p>Dua.</p>") == ["Satu.", "Dua."]


@pytest.mark.parametrize("markup", ["<figure><img></figure>", "<iframe></iframe>", "<form></form>", "<video></video>", "<nav>x</nav>"])
def test_bare_text_around_a_picture_is_two_paragraphs(markup: str) -> None:
    assert texts(f"Satu.{markup}Dua.") == ["Satu.", "Dua."]


def test_a_pull_quote_is_the_story() -> None:
    assert texts('<figure class="wp-block-pullquote"><blockquote><p>“Siap!”</p></blockquote></figure>') == ["“Siap!”"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("K<b>ebu</b>men", "Kebumen"),
        ("Bupati<i>,</i> dan <em>wakil</em>nya", "Bupati, dan wakilnya"),
        ("<span>Pem</span><span>kab</span>", "Pemkab"),
        ("Rp<wbr>5<sup>2</sup> juta<script>x</script>an", "Rp52 jutaan"),
        ("kata <a href='/b'>Bupati</a>.", "kata Bupati."),
        ("kata\n   Bupati\t<br/>", "kata Bupati"),
    ],
)
def test_markup_inside_words_adds_no_spaces(markup: str, text: str) -> None:
    assert texts(f"<p>{markup}</p>") == [text]


@pytest.mark.parametrize(
    ("markup", "lead"),
    [
        ("<b>Kepahiang</b> Program Internet", "Kepahiang"),
        ("<strong>KEBU</strong><b>MEN</b> – Kabar", "KEBUMEN"),
        (" \u200b<b> Kota Bengkulu </b> Warga", "Kota Bengkulu"),
        ("<b><i>Curup</i></b> Warga", "Curup"),
        ("<b>Semuanya tebal.</b>", ""),
        ("Kabar <b>tebal</b>", ""),
        ("<i>Miring</i> saja", ""),
    ],
)
def test_the_bold_lead_is_known(markup: str, lead: str) -> None:
    (paragraph,) = told(f"<p>{markup}</p>")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.lead == lead


def test_links_and_headings_are_known() -> None:
    found = told('<h3>Judul</h3><p>Baca <a href="/a">Juga!</a></p><p>Teks.</p>')
    assert [(one.heading, one.linked) for one in found if isinstance(one, Paragraph)] == [(True, 0.0), (False, 5 / 9), (False, 0.0)]


def test_blocks_come_back_where_they_stood() -> None:
    rules = Rules(drop=(".kotak",), cut=(".akhir",))
    markup = (
        'Satu<span class="kotak"> kata</span> saja.<div class="kotak"><p>Kotak.</p>Lagi.</div>Dua.'
        '<div class="share">Bagikan</div><p>Tiga.</p><div><i class="akhir">Akhir</i> ekor</div>Lain.'
        '<div class="ads">Iklan</div><p>Sisa.</p>'
    )
    found = [(one.rule if isinstance(one, Removed) else "", one.text) for one in told(markup, rules)]
    assert found == [
        ("", "Satu saja."),
        *[("drop", "kata"), ("drop", "Kotak."), ("drop", "Lagi.")],
        ("", "Dua."),
        ("share-block", "Bagikan"),
        ("", "Tiga."),
        *[("cut", "Akhir ekor"), ("cut", "Lain."), ("cut", "Iklan"), ("cut", "Sisa.")],
    ]


def test_the_end_counts_inside_a_block_that_would_go() -> None:
    found = told(f'<p>{LONG}</p><div class="share">Bagikan<p class="akhir">Akhir.</p></div><p>Lain.</p>', Rules(cut=(".akhir",)))
    assert [one.text for one in found if isinstance(one, Paragraph)] == [LONG, "Bagikan"]
    assert found[2:] == [Removed(rule="cut", text="Akhir."), Removed(rule="cut", text="Lain.")]


def test_five_thousand_levels_are_walked_without_recursion() -> None:
    for tag in ("div", "b", "blockquote", 'p class="ads"', "li"):
        assert told(f"<p>Awal.</p>{f'<{tag}>' * 5000}Dalam.", Rules())
