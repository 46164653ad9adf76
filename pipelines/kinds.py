"""What a page is that is no article: a list of stories, a tag's, a gallery, a video, a page that is not there, the stub before a wall."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipelines.addresses import split
from pipelines.boilerplate import words_of
from pipelines.markup import answer, elements_at, number
from pipelines.paragraphs import Paragraph, Told
from pipelines.story import prose

A_LIST = "a list of stories"
A_TAG = "a tag's list of stories"
A_GALLERY = "a gallery without text"
A_VIDEO = "a video without text"
NOT_FOUND = "not found, though it answers as if it were"
WALLED = "behind a paywall"
NO_HEADLINE = "no headline"
NO_TEXT = "no text"

LISTED = re.compile(
    r"/(?:category|kategori|rubrik|kanal|author|penulis|indeks?|search|cari|terpopuler|terkini|archives?)(?:/|$)|/page/\d+/?$",
    re.IGNORECASE,
)
TAGGED = re.compile(r"/(?:tag|tags|topik|topic|listtag|label)(?:/|$)", re.IGNORECASE)
LIST_WORDS = frozenset("archive category tag search author blog home paged indeks".split())
"""Names of a WordPress `<body>` that lists stories, and of others that follow it."""
MISSING = re.compile(
    r"(?:error\s*)?404\b.{0,60}|(?:maaf|oops|ups)?\W{0,3}(?:halaman|berita|artikel|konten|laman)\s+(?:yang\s+(?:anda|kamu)\s+(?:cari|tuju|minta)\s+)?"
    r"(?:ini\s+)?(?:tidak|belum|tak)\s+(?:dapat\s+|bisa\s+)?(?:di)?(?:temukan|tersedia|ada|ketemu)\b.{0,80}|(?:page|post|article)\s+not\s+found.{0,60}"
    r"|not\s+found.{0,30}|nothing\s+(?:was\s+)?found.{0,60}",
    re.IGNORECASE,
)
WALL = re.compile(
    r"(?:silakan\s+)?(?:ber)?langganan\s+(?:sekarang|untuk|dulu|mulai)|sudah\s+(?:ber)?langganan|konten\s+(?:ini\s+)?(?:premium|khusus\s+pelanggan|berbayar)"
    r"|untuk\s+(?:melanjutkan|lanjut)\s+(?:membaca|baca)|akses\s+(?:penuh|tanpa\s+batas)|artikel\s+(?:premium|khusus\s+pelanggan)",
    re.IGNORECASE,
)
SHOWS = re.compile(r"^\s*(?:foto|galeri|gallery|potret|in picture)\b\s*(?:foto)?\s*[:|-]?", re.IGNORECASE)
STUB = 700
"""Characters of prose that a stub before a wall has at most."""
PICTURES = 4
"""Pictures that make a gallery."""
TEASERS = 5
"""Links to other stories, set as headings, that make a list."""
A_WALL_OF_TEASERS = 20
"""Links to other stories, set as headings, that make a page with little prose a list."""
LITTLE = 250
"""Characters of prose that are too little for an article beside so many teasers, pictures or a video."""

PLAYERS = answer(
    "//video or //iframe[contains(@src, 'youtu') or contains(@src, 'video') or contains(@src, 'dailymotion') or contains(@src, 'embed')]"
)
IMAGES = number(
    "count(//article//img | //main//img | //*[contains(@class, 'galeri') or contains(@class, 'gallery') or contains(@class, 'foto')]//img)"
)
HEADED_LINKS = elements_at("//h2//a[@href] | //h3//a[@href] | //h4//a[@href] | //a[@href][h2 or h3 or h4]")
PRICED = answer(
    "//*[contains(@class, 'paywall') or contains(@id, 'paywall')]"
    " or //*[contains(@class, 'premium-content') or contains(@class, 'konten-premium')]"
)
UNFREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a page looks like before anything is taken out of its tree."""

    listed: str | None
    """What kind of list its address or its `<body>` calls it."""
    plays: bool
    pictures: int
    shows: bool
    """Whether its title says that it shows pictures."""
    teasers: int
    walled: bool
    missing: bool


def look(tree: HtmlElement, url: str) -> Look:
    """What the page at `url` looks like."""
    parts = split(url)
    path = parts.path if parts else ""
    body = tree.find("body")
    words = frozenset(words_of(body.get("class") or "") if body is not None else ())
    tagged = bool(TAGGED.search(path)) or ("tag" in words and "archive" in words)
    listed = bool(LISTED.search(path)) or (
        "single" not in words and not LIST_WORDS.isdisjoint(words & {"archive", "category", "search", "author"})
    )
    titles = [tree.findtext(".//title") or "", *(h1.text_content() for h1 in tree.iter("h1"))]
    priced = any(UNFREE.search(script.text or "") for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    return Look(
        listed=A_TAG if tagged else A_LIST if listed else None,
        plays=PLAYERS(tree),
        pictures=int(IMAGES(tree)),
        shows=any(SHOWS.search(title) for title in titles),
        teasers=len(HEADED_LINKS(tree)),
        walled=priced or PRICED(tree),
        missing=any(MISSING.match(" ".join(title.split())[:200]) for title in titles),
    )


def refusal(page: Look, title: str | None, told: Sequence[Told], teasers: int = 0) -> str | None:
    """Why a page is no article, or None where it is one, by its look, what its container tells, and how many teasers stand above that."""
    text = [one for one in told if isinstance(one, Paragraph)]
    weight = sum(prose(one) for one in text) if teasers < TEASERS else 0.0
    if page.missing and (weight < STUB or (title and MISSING.match(title))):
        return NOT_FOUND
    if not title:
        return page.listed or NO_HEADLINE
    if (page.walled or any(WALL.search(one.text) for one in told)) and weight < STUB:
        return WALLED
    if page.listed and (weight < LITTLE or _teases(text)):
        return page.listed
    if weight < LITTLE:
        return _without_text(page, text, weight)
    return A_LIST if page.teasers >= TEASERS and _teases(text) else None


def _without_text(page: Look, text: Sequence[Paragraph], weight: float) -> str | None:
    if page.pictures >= PICTURES and (not weight or (page.shows and weight < LITTLE)):
        return A_GALLERY
    if weight >= LITTLE / 5 and page.teasers < A_WALL_OF_TEASERS:
        return None  # a short story
    if page.plays and weight < LITTLE / 2:
        return A_VIDEO
    if not weight and page.teasers >= TEASERS:
        return A_LIST
    return None if any(one.text for one in text) else NO_TEXT


def _teases(text: Sequence[Paragraph]) -> bool:
    """Whether most of what is told are headings that lead elsewhere, each with a line or two of prose."""
    links = sum(one.linked > LINKED and len(one.text) > 20 for one in text)
    return links >= TEASERS and links * 3 >= sum(prose(one) > 0 for one in text) * 2


LINKED = 0.9
