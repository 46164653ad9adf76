"""Bytes to one parsed tree, and what can be asked of it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from lxml import etree, html
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from pipelines.rules import Selectors

LARGEST = 5_000_000
"""Bytes of a page that are read; news pages stay under a tenth of it, what is larger is no article to its end."""

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page: by its BOM, the header, its own declaration, as UTF-8, and last as Windows-1252, which reads anything."""
    body = body[:LARGEST]
    if body.startswith(b"\xef\xbb\xbf"):
        return body[3:].decode("utf-8", "replace")
    named = IN_HEADER.search(content_type or "")
    declared = DECLARED.search(body, 0, 4096)
    for encoding in (named and named[1], declared and declared[1].decode("ascii"), "utf-8"):
        try:
            if encoding:
                return body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    # A page that says UTF-8 and has a broken byte is still UTF-8 where it has other multi-byte characters.
    text = body.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 20 < sum(character > "\x7f" for character in text) else body.decode("cp1252", "replace")


def parse(text: str) -> HtmlElement | None:
    """The tree of a page, without comments; None where there is nothing to parse."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> tuple[CSSSelector, str | None]:
    css, _, attribute = selector.partition("@")
    return CSSSelector(css, translator="html"), attribute or None


def _matches(tree: HtmlElement, css: CSSSelector) -> list[HtmlElement]:
    # A CSS selector finds elements; the stubs know only that an XPath may find anything.
    return cast("list[HtmlElement]", css(tree))


def elements(tree: HtmlElement, selectors: Selectors) -> Iterator[HtmlElement]:
    """What the selectors find, first selector first; attributes after `@` are ignored."""
    for selector in selectors:
        yield from _matches(tree, _compiled(selector)[0])


def values(tree: HtmlElement, selectors: Selectors) -> list[str]:
    """The texts (or attributes) that the first selector with any finds."""
    for selector in selectors:
        css, attribute = _compiled(selector)
        found = [text for element in _matches(tree, css) if (text := tidy(element.get(attribute) or "" if attribute else text_of(element)))]
        if found:
            return found
    return []


def value(tree: HtmlElement, selectors: Selectors) -> str | None:
    """The first text (or attribute) that the selectors find, or None."""
    return next(iter(values(tree, selectors)), None)


def text_of(element: HtmlElement) -> str:
    """All text inside an element, words of neighbouring blocks kept apart."""
    return tidy(" ".join(element.itertext()) if len(element) else element.text or "")


def tidy(text: str) -> str:
    """Text on one line: white space of any kind is one space, invisible characters are gone."""
    return " ".join(text.translate(INVISIBLE).split())
