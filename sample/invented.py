"""Invented stories: sentences from a vocabulary with affixes, the same ones for the same seed and number; and portals of them."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from html import escape

from sample import printed
from sample.portal import Portal, Resource
from sample.stories import Block, Story

FIRST = datetime(2019, 1, 1, 6, 0, tzinfo=printed.WIB)
APART = timedelta(minutes=37)
LENGTH = 3_000  # characters of a story

_ROOTS = "bangun tanam panen jual bahas tata kelola jaga cuci susun periksa siap angkut rawat tambal gali hitung ukur tinjau tutup".split()


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(words.split()) for words in text.split("|"))


_THINGS = _words(
    """jembatan gantung|saluran irigasi|jalan desa|pasar rakyat|kebun kopi|bibit padi|gedung sekolah|balai desa|sumur bor|pupuk organik
    |tanggul sungai|tambak udang|kolam ikan|gudang gabah|lapangan voli|taman baca|posyandu balita|pos ronda|terminal lama
    |tempat pelelangan ikan"""
)
_WHO = _words(
    """Warga|Petani|Nelayan|Pemuda|Pedagang|Relawan|Perangkat desa|Kelompok tani|Ibu rumah tangga|Karang taruna|Guru dan murid
    |Pengurus koperasi"""
)
_OFFICIALS = _words(
    """kepala dinas pertanian|camat setempat|kepala desa|ketua kelompok tani|sekretaris daerah|kepala sekolah|ketua koperasi
    |petugas penyuluh"""
)
_VILLAGES = _words(
    """Karangsari|Sidomulyo|Wonosari|Tanjung Agung|Sukarami|Margomulyo|Pulau Baai|Kedungwinong|Air Dingin|Padang Serai|Bumi Ayu
    |Rawa Makmur|Kembang Seri|Talang Benih|Pasar Ipuh|Banjarnegeri|Kutoarjo|Purwodadi|Tebat Monok|Sumber Urip"""
)
_TIMES = _words(
    """sejak awal bulan|selama dua pekan|pada musim kemarau|setelah panen raya|sebelum musim hujan|tahun ini|pada akhir pekan
    |sejak pagi hari"""
)

_SENTENCES = (
    "{who} di {village} {active} {thing} {time} bersama {official}",
    "Menurut {official}, {noun} {thing} akan selesai {time} bila cuaca mendukung",
    "{who} berharap {thing} itu dapat {passive} kembali {time}",
    "“Kami sudah lama menunggu {thing} ini, dan sekarang bisa {passive} bersama,” kata {official} {village}",
    "Sedikitnya {count} keluarga di {village} terbantu setelah {thing} {passive} {time}",
    "Biaya {noun} {thing} mencapai {count} juta rupiah, sebagian besar berasal dari dana desa",
    "Selain {active} {thing}, {who} juga bergotong royong merapikan {other} di sekitarnya",
    "Pemerintah kecamatan mencatat {count} kelompok telah {active} {thing} {time}",
    "{who} yang tinggal di dekat {thing} mengaku senang karena {other} ikut {passive}",
    "Keberhasilan {noun} {thing} di {village} kerap menjadi contoh bagi desa tetangga",
)


def active(root: str) -> str:
    """A root with the prefix of the active voice.

    >>> [active(root) for root in ("bangun", "tanam", "susun", "cuci", "kelola", "rawat", "ukur")]
    ['membangun', 'menanam', 'menyusun', 'mencuci', 'mengelola', 'merawat', 'mengukur']
    """
    return f"me{_nasal(root)}"


def _nasal(root: str) -> str:
    """A root behind a prefix that ends in a nasal: some of its first consonants melt into that."""
    melts = {"t": "n", "s": "ny", "k": "ng", "p": "m"}
    if root[0] in melts:
        return melts[root[0]] + root[1:]
    return {"b": "m", "c": "n", "d": "n", "j": "n", "a": "ng", "g": "ng", "h": "ng", "u": "ng"}.get(root[0], "") + root


def noun(root: str) -> str:
    """The noun of the doing: `pembangunan`."""
    return f"pe{_nasal(root)}an"


def invent(number: int, *, seed: str = "muatan", length: int = LENGTH, also: Iterable[str] = ()) -> Story:
    """The story of that number: about `length` characters, and the lines of `also` as paragraphs of their own."""
    sentences = _sentences(seed)
    chance = random.Random(f"{seed} {number}")
    who, root, thing, village = (chance.choice(words) for words in (_WHO, _ROOTS, _THINGS, _VILLAGES))
    title = f"{who} {village} {active(root)} {thing}".title()
    opening = f"{who} di {village} mulai {active(root)} {thing} yang ke-{number + 1} {chance.choice(_TIMES)}."
    # The sentences of the pool have 105 characters on average.
    chosen = chance.choices(sentences, k=max(length // 105, 3))
    paragraphs = [opening, *(" ".join(chosen[start : start + 3]) for start in range(0, len(chosen), 3)), *also]
    published = FIRST + number * APART
    return Story(
        slug=f"{printed.slug(title)}-{number}",
        title=title,
        published=published,
        modified=published,
        pages=(tuple(Block("paragraph", (paragraph,)) for paragraph in paragraphs),),
        section="Daerah",
        tags=("desa", thing),
    )


def paragraphs_of(story: Story) -> list[str]:
    """The paragraphs of a story, as its page prints them and as the archive is to hold them."""
    return ["\n".join(block.lines) for block in story.blocks]


@cache
def _sentences(seed: str) -> tuple[str, ...]:
    """The pool of sentences that all stories of a seed draw from; made once, because a story is to cost microseconds."""
    return tuple(_sentence(random.Random(f"{seed} sentence {number}")) for number in range(3_000))


def _sentence(chance: random.Random) -> str:
    root = chance.choice(_ROOTS)
    told = chance.choice(_SENTENCES).format(
        who=chance.choice(_WHO).lower(),
        village=chance.choice(_VILLAGES),
        active=active(root),
        passive=f"di{root}",
        noun=noun(root),
        thing=chance.choice(_THINGS),
        other=chance.choice(_THINGS),
        official=chance.choice(_OFFICIALS),
        time=chance.choice(_TIMES),
        count=chance.randint(12, 980),
    )
    return f"{told[0].upper()}{told[1:]}."


_PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="UTF-8">
<title>{title} - {portal}</title>
<link rel="canonical" href="{url}">
<meta property="og:title" content="{title}">
</head>
<body class="post-template-default single single-post postid-{number} single-format-standard">
<header id="masthead" class="site-header"><a class="custom-logo-link" href="{origin}/" rel="home">{portal}</a></header>
<main id="primary" class="site-main">
<article id="post-{number}" class="content-single post type-post status-publish hentry">
<header class="entry-header entry-header-single">
<span class="cat-links-content"><a href="{origin}/category/daerah/" rel="category tag">{section}</a></span>
<h1 class="entry-title"><strong>{title}</strong></h1>
<span class="posted-on"><time class="entry-date published" datetime="{published}">{day}</time></span>
</header>
<div class="entry-content entry-content-single clearfix">
{content}
</div>
</article>
</main>
{filling}<footer id="colophon" class="site-footer"><div class="site-info">Hak cipta &copy; {portal}</div></footer>
</body>
</html>
"""


def content_of(paragraphs: Sequence[str]) -> str:
    """Paragraphs as HTML."""
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


class InventedPortal(Portal):
    """A portal whose pages are one string in WordPress's markup with the story filled in: a page costs microseconds."""

    filling = ""
    """What stands behind the story: menus, headlines, scripts."""

    def path(self, story: Story) -> str:
        """`/2021/03/25/slug/`."""
        return f"/{story.published:%Y/%m/%d}/{story.slug}/"

    def frame(self) -> dict[str, object]:
        """Nothing: these pages have no base template."""
        return {}

    def missing(self) -> Resource:
        """The page that says there is nothing at this address."""
        text = "<html><head><title>404</title></head><body class='error404'><h1>Halaman tidak ditemukan</h1></body></html>"
        return Resource(body=text.encode(), status=404)

    def html(self, story: Story, *, content: str | None = None, url: str | None = None) -> str:
        """The page of a story, with `content` in place of its text and at `url` in place of its address, where given."""
        return _PAGE.format(
            title=escape(story.title),
            portal=self.title,
            origin=self.origin,
            url=url or self.url(story),
            number=story.number,
            section=story.section,
            published=story.published.isoformat(),
            day=printed.day(story.published),
            content=content if content is not None else content_of(paragraphs_of(story)),
            filling=self.filling,
        )
