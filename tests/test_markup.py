"""Bytes become text, text becomes a tree, whatever came over the line."""

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.found import RULE, Found
from pipelines.markup import LARGEST, decode, parse, text_of, tidy
from pipelines.selectors import Tree, elements
from tests.steady import steady

STORY = "<p>“Kami siap,” kata Bupati – Jum’at pagi di Kafé Kebumen.</p>"


def declared(charset: str, text: str = STORY) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (STORY.encode(), None),
        (STORY.encode(), "text/html"),
        (STORY.encode(), "text/html; charset=UTF-8"),
        (STORY.encode("utf-8-sig"), None),
        (STORY.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (codecs.BOM_UTF16_LE + STORY.encode("utf-16-le"), "text/html"),
        (codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"), None),
        (STORY.encode("cp1252"), "text/html; charset=windows-1252"),
        (STORY.encode("cp1252"), None),
        # Browsers read ISO-8859-1 as Windows-1252: the quotation marks are its.
        (STORY.encode("cp1252"), 'text/html; charset="ISO-8859-1"'),
        (STORY.encode("cp1252"), "text/html; charset=us-ascii"),
        # What is declared is wrong, and the bytes show it.
        (STORY.encode(), "text/html; charset=iso-8859-1"),
        (STORY.encode("cp1252"), "text/html; charset=utf-8"),
        (STORY.encode(), "text/html; charset=utf-16"),
        (STORY.encode("cp1252"), "text/html; charset=utf-7"),
        (STORY.encode("cp1252"), "text/html; charset=x-tidak-ada"),
        # Names of Python's codecs that are no page's.
        *[(STORY.encode("cp1252"), f"text/html; charset={name}") for name in ("undefined", "idna", "punycode", "base64", "unicode_escape")],
    ],
)
def test_the_text_is_read_whatever_is_declared(body: bytes, content_type: str | None) -> None:
    assert decode(body, content_type) == STORY


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("utf-16", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("undefined", "utf-8"),
        ("{{charset}}", "cp1252"),
    ],
)
def test_the_text_is_read_whatever_the_page_declares(charset: str, encoding: str) -> None:
    assert decode(declared(charset).encode(encoding)) == declared(charset)


def test_another_single_byte_encoding_counts_where_it_is_declared() -> None:
    text = declared("iso-8859-9", "<p>Türkiye, ışık</p>")
    assert decode(text.encode("iso-8859-9")) == text
    assert decode(text.encode("iso-8859-9"), "text/html; charset=iso-8859-9") == text
    old = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15"><p>€ 5</p>'
    assert decode(old.encode("iso-8859-15")) == old


@pytest.mark.parametrize("text", ["“Kami siap,” katanya.", "Kafé, “ya” dan ‘tidak’ – begitu…"])
def test_a_broken_byte_costs_one_character(text: str) -> None:
    body = text.encode() + b"\xc3 akhir"
    assert decode(body) == f"{text}\ufffd akhir"
    assert decode(body, "text/html; charset=iso-8859-1") == f"{text}\ufffd akhir"


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"\x00\x00", b"<!-- komentar -->", b"<!DOCTYPE html>", b"<?php echo 1 ?>"])
def test_nothing_is_no_tree(body: bytes) -> None:
    assert parse(decode(body)) is None


def test_controls_never_reach_the_tree() -> None:
    tree = parse(decode(b"<p>Kabar\x00baik\x01 &#1;dari&#x1F;\x0b desa&#0;&#10;kami&#xFFFE; &#x26; &#48;</p>"))
    assert tree is not None
    assert text_of(tree) == "Kabar baik dari desa kami & 0"
    # lxml reads such characters and refuses to write them again.
    tree.text = str(tree.xpath("string()"))


def test_binary_is_read_without_raising() -> None:
    for body in (bytes(range(256)) * 400, b"\x89PNG\r\n\x1a\n" + bytes(range(255, -1, -1)) * 40, b"%PDF-1.7\n\xff\xfe\x00<"):
        tree = parse(decode(body))
        assert tree is None or text_of(tree) is not None


def test_only_the_beginning_of_eight_megabytes_is_read() -> None:
    body = b"<html><body>" + "<p>Kabar baik dari desa – begitulah.</p>".encode() * 200_000
    assert len(body) > 8_000_000
    start = time.perf_counter()
    text = decode(body)
    tree = parse(text)
    assert time.perf_counter() - start < 10  # 0.3 s where it was written
    assert tree is not None
    assert len(text.encode()) <= LARGEST
    assert text_of(tree).startswith("Kabar baik dari desa – begitulah. Kabar")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "span"])
def test_five_thousand_levels_are_walked_without_recursion(tag: str) -> None:
    tree = parse(f"<html><body><p>Awal.</p>{f'<{tag}>' * 5000}Dalam.")
    assert tree is not None
    assert text_of(tree).startswith("Awal.")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<h1>Bupati Buka <i>Car Free Day</i>, Warga Antusias</h1>", "Bupati Buka Car Free Day, Warga Antusias"),
        ("<h1>K<b>ebu</b>men</h1>", "Kebumen"),
        ("<h1>Baris satu<br>baris dua</h1>", "Baris satu baris dua"),
        ("<div><p>Satu.</p><p>Dua.</p></div>", "Satu. Dua."),
        ("<ul><li>satu</li><li>dua</li></ul>", "satu dua"),
        ("<div>Oleh <script>var a = 1</script><style>a {}</style><noscript>gambar</noscript>AG</div>", "Oleh AG"),
        ("<h1>Harga\u200b \u00adBeras&nbsp;\n  Naik\ufeff</h1>", "Harga Beras Naik"),
        ("<h1></h1>", ""),
    ],
)
def test_text_is_what_readers_see(markup: str, text: str) -> None:
    tree = parse(markup)
    assert tree is not None
    assert text_of(tree) == text


def test_the_first_selector_that_finds_anything_wins() -> None:
    tree = parse('<h2 class="a"> </h2><h2 class="b">Satu</h2><h2 class="b">Dua</h2><time datetime="2021-03-25">kemarin</time>')
    assert tree is not None
    assert Tree(tree).found((".a", ".b", "h2")) == [Found("Satu", RULE, ".b"), Found("Dua", RULE, ".b")]
    assert Tree(tree).found((".c", "time@datetime")) == [Found("2021-03-25", RULE, "time@datetime")]
    assert Tree(tree).found(("time@title",)) == []
    assert [element.get("class") for element in elements(tree, (".b", ".a"))] == ["b", "b", "a"]


@steady
@given(st.text(st.characters()))
def test_tidy_text_stays_as_it_is_and_can_be_written(text: str) -> None:
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    assert tidied.encode().decode() == tidied
    assert "\n" not in tidied


@steady
@given(st.binary(), st.none() | st.text())
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    tree = parse(decode(body, content_type))
    assert tree is None or isinstance(text_of(tree), str)
