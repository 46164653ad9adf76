"""Synthetic stories: three kilobytes of text, its words drawn by Zipf's law over Indonesian roots with affixes."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from archive.records import Article, Removed, Stamp

ROOTS = """
air ajar aku alam aman anak angin api arah arus asal atur baca bagi baik bakar balai bangun banjir bantu barang baru batas bayar beli beras
berita besar bina buah buat buka bumi cabai cari cepat cuaca dagang daerah dalam dapat dasar datang desa dinas dukung gempa guna hadir
harga hasil hujan hutan ikan ikut isi jalan jembatan jual kampung kantor kaji kebun kelola kembang kerja kirim kota kuat lahan laut lapor
latih layan lebih lihat lindung longsor lulus luas masuk makan mudik musim naik nilai olah pasar panen pantai pakai pilih pimpin polisi
potong puluh pupuk rakyat ramai rumah rusak sawah sedia sekolah sepakat serah siap siswa sungai tahan tambah tanam tani tanggap tangkap
temu terima tinggi tolong tumbuh turun tutup ubah ukur umum undang untung usaha wajib warga
""".split()
AFFIXES = ("{}", "me{}", "di{}kan", "ber{}", "pe{}an", "ke{}an", "ter{}", "{}nya")
WORDS = [affix.format(root) for affix in AFFIXES for root in ROOTS]
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))
PARAGRAPHS, LENGTH = 8, 60
"""Paragraphs of a story, and words of each."""
PORTAL, HOME = "sintetis", "https://sintetis.example"
FACTS = {"name": PORTAL, "title": "Sintetis", "home": HOME, "region": "17", "zone": "Asia/Jakarta", "family": "WordPress"}
"""Of the portal, for `Archive.keep_portal`."""
START = datetime(2020, 1, 1, tzinfo=UTC)
AUTHORS = ("mam", "AG", "saf", "cah", "Siti Aminah", "Budi Santoso", "Redaksi")
PLACES = ("Bengkulu", "Curup", "Kepahiang", "Manna", "Arga Makmur", None)
SECTIONS = ("Daerah", "Ekonomi", "Olahraga", "Pendidikan")
FOUND = {
    "authors": ("text", "closing"),
    "body": ("rule", "div.entry-content"),
    "image": ("meta", "og:image"),
    "published": ("rule", "time.published@datetime"),
    "section": ("rule", "span.cat-links a"),
    "tags": ("rule", "a[rel=tag]"),
    "title": ("rule", "h1.entry-title"),
}


def text(chance: random.Random, words: int) -> str:
    """So many words, the first with a capital."""
    return " ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=words)).capitalize()


def stories(number: int, *, first: int = 0) -> Iterator[Article]:
    """So many stories from the one of that rank on, a minute apart, as the press reads them; the same ones every time."""
    for rank in range(first, first + number):
        chance = random.Random(rank)  # noqa: S311 - no secret
        at, url = START + timedelta(minutes=rank), f"{HOME}/{rank}"
        yield Article(
            url=url,
            portal=PORTAL,
            captured_at=at,
            page_sha256=f"{rank:064x}",
            title=text(chance, 8),
            body="\n\n".join(f"{text(chance, LENGTH)}." for _ in range(PARAGRAPHS)),
            published=Stamp(iso=at.date().isoformat(), precision="day", raw=at.strftime("%d/%m/%Y"), source="rule"),
            authors=(chance.choice(AUTHORS),),
            place=chance.choice(PLACES),
            section=chance.choice(SECTIONS),
            tags=tuple(chance.sample(ROOTS, 3)),
            image=f"{HOME}/foto/{rank}.jpg",
            canonical_url=url,
            sources=tuple((field, source) for field, (source, _) in FOUND.items()),
            found_by=tuple((field, by) for field, (_, by) in FOUND.items()),
            rules_version="0123456789ab",
            removed=(
                Removed(rule="baca-juga", text=f"Baca Juga: {text(chance, 8)}"),
                Removed(rule="share-line", text="Bagikan"),
                Removed(rule="dateline", text="BENGKULU, SINTETIS –"),
            ),
        )
