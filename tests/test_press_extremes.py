"""Pages that nobody wrote for readers: huge, nested without end, made of one thing only. Each gives an article or a reason, and soon."""

import time

import pytest

from pipelines.press import press
from pipelines.rules import Rules
from spiders.families.wordpress import WordPress
from tests import builders

SENTENCE = "Warga Desa Karangduwur mulai memakai sumur bor yang dibangun dari dana desa itu, kata kepala desa. "
HEAD = (
    "<html><head><title>Sumur Bor Mengalir di Karangduwur</title></head><body class='single single-post'>"
    "<h1 class='entry-title'>Sumur Bor Mengalir di Karangduwur</h1><div class='entry-content'>"
)
LEVELS = 5_000
SIZE = 8 * 1024 * 1024
LONGEST = 2.0
"""Seconds that a page may take."""


def nested(opening: str) -> bytes:
    return (HEAD + (opening + SENTENCE) * LEVELS).encode()


def full_of(piece: str) -> bytes:
    return (HEAD + piece * (SIZE // len(piece))).encode()


EXTREMES = {
    "nothing": b"",
    "every byte there is": bytes(range(256)) * 4_000,
    "only NULs": HEAD.encode() + bytes(500_000) + SENTENCE.encode(),
    "UTF-16 called UTF-8": (HEAD + SENTENCE * 20).encode("utf-16"),
    "nested divs": nested("<div>"),
    "nested advertisements": nested("<div class='ads'>"),
    "nested tables": nested("<table><tr><td>"),
    "nested lists": nested("<ul><li>"),
    "nested forms": nested("<form>"),
    "nested links": nested("<a href='/x'>"),
    "nested figures": nested("<figure><figcaption>"),
    "nested captions": nested("<span class='caption terkait'>"),
    "nested bold": nested("<b>"),
    "paragraphs without end": full_of(f"<p>{SENTENCE}</p>"),
    "breaks without end": full_of(f"{SENTENCE}<br>"),
    "one line without end": full_of(SENTENCE),
    "links without end": full_of(f"<li><a href='/baca/1'>{SENTENCE}</a></li>"),
    "cells without end": full_of(f"<tr><td>{SENTENCE}</td><td>b</td></tr>"),
    "headings without end": full_of(f"<h2 class='title'>{SENTENCE}</h2>"),
    "elements without end": full_of("<i>a</i>"),
    "class names without end": (HEAD + "<p class='" + "iklan terkait " * 500_000 + f"'>x</p>{SENTENCE}").encode(),
    "dates without end": full_of("<p>Kamis, 25 Maret 2021 | "),
    "brackets without end": full_of("(mam/"),
    "meta elements without end": (HEAD.replace("<title>", "<meta name='date' content='2021-03-25'>" * 100_000 + "<title>")).encode(),
    "JSON-LD without end": (HEAD + "<script type='application/ld+json'>" + '{"a":' * 200_000 + f"</script>{SENTENCE * 5}").encode(),
    "data of scripts without end": (
        HEAD + "<script>dataLayer.push({" + "'penulis': 'a', " * 400_000 + f"}})</script>{SENTENCE * 5}"
    ).encode(),
}


@pytest.mark.parametrize("rules", [Rules(), WordPress.rules], ids=["generic", "family"])
@pytest.mark.parametrize("body", EXTREMES.values(), ids=EXTREMES)
def test_no_page_raises_or_takes_long(body: bytes, rules: Rules) -> None:
    # What is measured is this process's own work: other tests run beside it.
    start = time.process_time()
    article = press(builders.page(body=body), rules)
    assert time.process_time() - start < LONGEST
    assert (article.refusal is None) == bool(article.title and article.body)
