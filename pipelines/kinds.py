"""What a page is that is no article: a list of stories, a tag's, a gallery, a video, a page that is not there, the stub before a wall."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from pipelines import prose
from pipelines.addresses import split
from pipelines.boilerplate import SAID, words_of
from pipelines.markup import answer, elements_at, number, text_of, tidy
from pipelines.paragraphs import Paragraph, Told
from pipelines.selectors import Tree
from pipelines.story import TEASER

A_LIST = "a list of stories"
HOME = "the home page"
ABOUT_THE_PORTAL = "a page about the portal"
A_TAG = "a tag's list of stories"
A_GALLERY = "a gallery without text"
A_VIDEO = "a video without text"
NOT_FOUND = "not found, though it answers as if it were"
WALLED = "behind a paywall"
NO_HEADLINE = "no headline"
NO_TEXT = "no text"

LISTED = re.compile(r"/(?:rubrik|kanal)(?:/|$)|/page/\d+/?$", re.IGNORECASE)
LISTING = re.compile(
    r"/(?:(?P<tag>tags?|topi[kc]|listtag|label)|category|kategori|author|penulis|search|cari)(?P<rest>(?:/[^/]*){0,3})$"
    r"|/(?:indeks?|index|terpopuler|terkini)/?$",
    re.IGNORECASE,
)
STATIC = re.compile(
    r"/(?:p/|page/|halaman/|laman/|statis/|static/)?(?:tentang(?:-kami)?|about(?:-us)?|redaksi(?:onal)?|susunan-redaksi|box-redaksi|tim-redaksi|kontak(?:-kami)?|hubungi-kami"
    r"|contact(?:-us)?|pedoman(?:-pemberitaan)?(?:-media)?(?:-siber)?|kode-etik(?:-jurnalistik)?|disclaimer|penafian|privacy(?:-policy)?"
    r"|kebijakan-privasi|syarat-(?:dan-)?ketentuan|terms(?:-of-(?:use|service))?|karir|karier|lowongan|info-iklan|pasang-iklan|iklan|advertise"
    r"|sitemap|peta-situs|visi-(?:dan-)?misi)(?:\.html?|\.php)?/?",
    re.IGNORECASE,
)
"""Whole paths of pages that portals have about themselves."""
MOST_OF_A_TAG = 4
"""Words of the longest name of a tag or category in an address."""
LIST_WORDS = frozenset("archive category search author".split())
"""Names of a WordPress `<body>` that lists stories, and of others that follow it."""
MISSING = re.compile(
    r"(?:error\s*)?404(?:\W{0,3}$|\s*[-–—|:].{0,60}|\W{1,3}(?:error|not\s+found|page|halaman|file|tidak\s+ditemukan|maaf|oops)\b.{0,60})|(?:maaf|oops|ups)?\W{0,3}(?:halaman|berita|artikel|konten|laman)\s+(?:yang\s+(?:anda|kamu)\s+(?:cari|tuju|minta)\s+)?"
    r"(?:ini\s+)?(?:tidak|belum|tak)\s+(?:dapat\s+|bisa\s+)?(?:di)?(?:temukan|tersedia|ada|ketemu)(?=\W*$|\s*[.,!|:–—-]|\s+(?:lagi|atau)\b|\s+di\s+(?:sini|situs|server)\b).{0,80}|(?:page|post|article)\s+not\s+found.{0,60}"
    r"|not\s+found.{0,30}|nothing\s+(?:was\s+)?found.{0,60}",
    re.IGNORECASE,
)
WALL = re.compile(
    r"(?:^|\n|[.!?:]\s)(?:(?:sil[ah]{1,3}kan|ayo|yuk|mari|anda|kamu|dapatkan|nikmati|ini|adalah|dengan|atau|untuk|hanya|segera|punya)\s){0,4}"
    r"(?:(?:ber)?langganan\s+(?:sekarang|dulu|(?:mulai|hanya)\s+(?:dari\s+)?rp|untuk\s+(?:mem?baca|melanjutkan|lanjut|meng?akses|menikmati|mendapat))|sudah\s+(?:ber)?langganan|konten\s+(?:ini\s+)?(?:premium|khusus\s+pelanggan|berbayar)"
    r"|(?:artikel|berita|konten)\s+ini\s+(?:hanya\s+)?(?:khusus|untuk)\s+pelanggan|(?:untuk\s+)?(?:melanjutkan|lanjut)\s+(?:membaca|baca)"
    r"|akses\s+(?:penuh|tanpa\s+batas)|artikel\s+(?:premium|khusus\s+pelanggan))",
    re.IGNORECASE,
)
"""What calls on readers to pay, at the start of its sentence: a story may tell of subscriptions."""
REPORTS = re.compile(rf"\b{SAID}\b", re.IGNORECASE)
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

LINKED = 0.9
"""Share of a paragraph in links that makes it one."""

PLAYERS = answer(
    "//video or //iframe[contains(@src, 'youtu') or contains(@src, 'video') or contains(@src, 'dailymotion') or contains(@src, 'embed')]"
)
IMAGES = number(
    "count(//article//img | //main//img | //*[contains(@class, 'galeri') or contains(@class, 'gallery') or contains(@class, 'foto')]//img)"
)
HEADED_LINKS = elements_at("//h2//a[@href] | //h3//a[@href] | //h4//a[@href] | //a[@href][h2 or h3 or h4]")
WALLS = ("paywall", "premium-content", "konten-premium")
"""Parts of class names of a paywall."""


class Look:
    """What a page looks like; each question is answered when it is asked, because a page with a story is asked few."""

    def __init__(self, tree: Tree, url: str, said: dict[str, Any]) -> None:
        self._tree = tree.root
        self._classes = tree.names.spelled
        self._url = url
        self._said = said

    @cached_property
    def listed(self) -> str | None:
        """What kind of list its address or its `<body>` calls it."""
        parts, body = split(self._url), self._tree.find("body")
        path = parts.path if parts else ""
        words = frozenset(words_of(body.get("class") or "") if body is not None else ())
        if words >= {"tag", "archive"}:
            return A_TAG
        return A_LIST if LISTED.search(path) or ("single" not in words and not LIST_WORDS.isdisjoint(words)) else None

    @cached_property
    def told_list(self) -> str | None:
        """What its address surely is: a list, or a page about the portal; the slug of a story is longer than a tag's."""
        parts = split(self._url)
        if parts and parts.path in ("", "/") and not parts.query:
            return HOME
        if parts and STATIC.fullmatch(parts.path):
            return ABOUT_THE_PORTAL
        match = LISTING.search(parts.path) if parts else None
        if not match or len((match["rest"] or "").strip("/").split("-")) > MOST_OF_A_TAG:
            return None
        return A_TAG if match["tag"] else A_LIST

    @cached_property
    def titles(self) -> list[str]:
        """The title of its window and its headings of the first order."""
        return [tidy(self._tree.findtext(".//title") or ""), *(text_of(h1) for h1 in self._tree.iter("h1"))]

    @cached_property
    def missing(self) -> bool:
        """Whether one of these says that there is no such page."""
        return any(MISSING.match(title[:200]) for title in self.titles)

    @cached_property
    def teasers(self) -> int:
        """Links that are set as headings."""
        return len(HEADED_LINKS(self._tree))

    @cached_property
    def walled(self) -> bool:
        """Whether its markup knows a paywall."""
        return str(self._said.get("isAccessibleForFree")).lower() == "false" or any(
            mark in told for told in self._classes for mark in WALLS
        )

    @cached_property
    def plays(self) -> bool:
        """Whether it holds a video."""
        return PLAYERS(self._tree)

    @cached_property
    def gallery(self) -> bool:
        """Whether it holds enough pictures for a gallery."""
        return IMAGES(self._tree) >= PICTURES

    @cached_property
    def shows(self) -> bool:
        """Whether a title says that it shows pictures."""
        return any(SHOWS.search(title) for title in self.titles)


def refusal(page: Look, title: str | None, told: Sequence[Told], teasers: int = 0) -> str | None:
    """Why a page is no article, or None where it is one, by its look, what its container tells, and how many teasers stand above that."""
    text = [one for one in told if isinstance(one, Paragraph)]
    weight = sum(prose.of(one) for one in text) if teasers < TEASERS else 0.0
    if page.missing and (weight < STUB or (title and MISSING.match(title))):
        return NOT_FOUND
    if page.told_list or not title:
        return page.told_list or page.listed or NO_HEADLINE
    if weight < STUB and (page.walled or any(WALL.search(one.text) and not REPORTS.search(one.text) for one in told)):
        return WALLED
    if page.listed and (weight < LITTLE or _teases(text)):
        return page.listed
    if weight < LITTLE:
        return _without_text(page, text, weight)
    return A_LIST if _teases(text) and page.teasers >= TEASERS else None


def _without_text(page: Look, text: Sequence[Paragraph], weight: float) -> str | None:
    if page.gallery and (not weight or page.shows):
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
    links = sum(one.linked > LINKED and len(one.text) > TEASER for one in text)
    return links >= TEASERS and links * 3 >= sum(prose.of(one) > 0 for one in text) * 2
