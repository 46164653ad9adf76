"""Bytes to one parsed tree, its text, and XPath with types."""

import codecs
import re
from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element

LARGEST = 1_000_000
"""Bytes of a page that are read, without the files that it embeds; news pages stay under a third of it."""
EMBEDDED = re.compile(rb"data:[\w/+.-]{1,40};base64,[A-Za-z0-9+/=]{100,}")
"""A file within the page: pictures that were pasted into a story make megabytes of it."""

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SINGLE_BYTE = ("cp125", "iso8859", "koi8", "mac")
"""Codecs that a page may ask for; Python has others by name (`undefined`, `punycode`) that are no page's."""

CONTROLS = bytes(range(0x9)) + b"\x0b\x0c" + bytes(range(0xE, 0x20)) + b"\x7f"
WITHOUT_CONTROLS = bytes.maketrans(CONTROLS, b" " * len(CONTROLS))
NO_CHARACTERS = re.compile(b"\xef\xbf[\xbe\xbf]")
ENTITIES = re.compile(r"&#(?:0*(?:\d|[12]\d|3[01])|[xX]0*(?:1?[\da-fA-F]|[fF]{3}[efEF]));")
"""Characters that libxml2 reads and lxml refuses to write again: bare, two that are none at all, and written as numbers."""
INVISIBLE = dict.fromkeys(
    [
        *(*range(0x9), *range(0xE, 0x1C), 0x7F),  # control characters that are no white space
        *(0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF),
        *range(0xD800, 0xE000),  # halves of characters, cut apart in JSON-LD; no file takes them
    ]
)

BLOCKS = frozenset(
    "p div section article main header footer aside h1 h2 h3 h4 h5 h6 ul ol dl dt dd blockquote pre table hr center address details"
    " summary fieldset form body".split()
)
"""Elements that stand on lines of their own."""
APART = BLOCKS | frozenset("br li tr td th caption option figure figcaption nav form iframe object embed video audio".split())
"""Elements whose text is never one word with the text beside them."""
UNREAD = frozenset("script style noscript template".split())
"""Elements that readers do not see."""


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page: by its BOM; as UTF-8 where it is; as the encoding that the header or the page declares; last as Windows-1252.

    What is declared is wrong more often than text of another encoding is UTF-8 by chance, so it is asked only after that.
    """
    if len(body) > LARGEST:
        body = EMBEDDED.sub(b"", body)[:LARGEST]
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return body.removeprefix(bom).decode(encoding, "replace")
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # UTF-8 with a broken byte is still UTF-8 where more of its characters are whole.
    if not broken or len(text) - len(text.encode("ascii", "ignore")) > 2 * broken:
        return text
    named = IN_HEADER.search(content_type or "")
    declared = DECLARED.search(body, 0, 4096)
    for name in (named and named[1], declared and declared[1].decode("ascii")):
        if name and (codec := _single_byte(name)):
            return body.decode(codec, "replace")
    return body.decode("cp1252", "replace")


def _single_byte(name: str) -> str | None:
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        return None
    # Who says ISO-8859-1 means Windows-1252, where its quotation marks are; so browsers read it.
    return encoding if encoding.startswith(SINGLE_BYTE) and encoding != "iso8859-1" else None


def parse(text: str) -> Element | None:
    """The tree of a page, without comments; None where there is nothing to parse."""
    # lxml.html's own parser asks Python for the class of every element; a page is read in half the time without.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        data = ENTITIES.sub(" ", text).encode("utf-8", "replace").translate(WITHOUT_CONTROLS)
        tree = etree.fromstring(NO_CHARACTERS.sub(b" ", data), parser)
    except etree.LxmlError:
        return None
    return tree if tree is not None and (len(tree) or (tree.text or "").strip()) else None


def answer(xpath: str) -> Callable[[Element], bool]:
    """A question about an element: an XPath that is true or false of it."""
    return cast("Callable[[Element], bool]", etree.XPath(f"boolean({xpath})"))


def number(xpath: str) -> Callable[[Element], float]:
    """An XPath that counts or measures."""
    return cast("Callable[[Element], float]", etree.XPath(xpath))


def elements_at(xpath: str) -> Callable[[Element], list[Element]]:
    """An XPath that finds elements."""
    return cast("Callable[[Element], list[Element]]", etree.XPath(xpath))


def text_of(element: Element) -> str:
    """All text inside an element as readers see it: neighbouring blocks kept apart, words with markup inside left whole."""
    if not len(element):
        return tidy(element.text or "")
    pieces = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        if each.tag in APART:
            pieces.append(" ")
        if event == "end":
            pieces.append((each.tail or "") if each is not element else "")
        elif each.tag in UNREAD and each is not element:
            walk.skip_subtree()
        else:
            pieces.append(each.text or "")
    return tidy("".join(pieces))


def tidy(text: str) -> str:
    """Text on one line: white space of any kind is one space, invisible characters are gone."""
    return " ".join(text.translate(INVISIBLE).split())
