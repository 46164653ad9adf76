"""How fast an archive is verified and its repeated lines are found, and in how much memory.

The archive is synthetic: articles of three kilobytes, their words drawn by Zipf's law over Indonesian roots with affixes, each on a page of
its own. What is looked at is the `arsip` command in a process of its own.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import click

from archive.reasons import ARCHIVED
from archive.records import Article, Page, Stamp
from archive.store import Archive
from bench.speed import machine

ARSIP = Path(sys.executable).parent / "arsip"
PORTAL, HOME = "sintetis", "https://sintetis.example"
START = datetime(2020, 1, 1, tzinfo=UTC)
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
PARAGRAPHS, LENGTH = 8, 50
CLOSING = "Dapatkan kabar pilihan kami setiap pagi lewat saluran resmi."
FILLING = "<div class='kolom'><a href='/{0}'>{1}</a></div>\n"
AT_ONCE = 1_000
"""Articles in one transaction."""
TARGET = 300
"""MiB that a command may take."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a command took."""

    seconds: float
    peak: int
    """Bytes of memory, at the moment when it was most."""


def fill(folder: Path, articles: int, page_size: int) -> None:
    """Make an archive of so many articles, each with its page (KiB) and its row of the ledger."""
    chance = random.Random(0)  # noqa: S311 - no secret
    with Archive(folder) as archive:
        archive.keep_portal(name=PORTAL, title="Sintetis", home=HOME, region="17", zone="Asia/Jakarta", family="WordPress")
        for start in range(0, articles, AT_ONCE):
            # Nobody else knows this folder.
            with archive.pages_db.atomic(), archive.articles_db.atomic():
                for number in range(start, min(start + AT_ONCE, articles)):
                    _keep(archive, number, page_size, chance)


def _keep(archive: Archive, number: int, page_size: int, chance: random.Random) -> None:
    paragraphs = [" ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=LENGTH)).capitalize() + "." for _ in range(PARAGRAPHS)]
    body = "\n\n".join([*paragraphs, CLOSING] if number % 3 else paragraphs)
    filling = "".join(FILLING.format(chance.randrange(10**6), chance.choice(WORDS)) for _ in range(page_size * 16))
    at, url = START + timedelta(minutes=number), f"{HOME}/{number}"
    page = Page(url=url, portal=PORTAL, fetched_at=at, body=f"<html>{body}{filling}".encode()[: page_size * 1024], robots="allowed")
    title = " ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=8)).capitalize()
    story = Article(
        url=url, portal=PORTAL, captured_at=at, page_sha256=page.sha256, title=title, body=body,
        published=Stamp(iso=at.date().isoformat(), precision="day", raw=at.strftime("%d/%m/%Y"), source="visible"),
    )  # fmt: skip
    archive.keep_page(page)
    archive.keep_article(story)
    archive.ledger.settle_page(page, ARCHIVED, story)


def run(folder: Path, *words: str) -> Run:
    """Run `arsip`; click.ClickException where it fails."""
    start = time.perf_counter()
    with subprocess.Popen([ARSIP, "--dir", folder, *words], stdout=subprocess.DEVNULL) as process:  # noqa: S603 our own command
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise click.ClickException(f"arsip {' '.join(words)} ended with status {process.returncode}.")
    return Run(seconds=time.perf_counter() - start, peak=usage.ru_maxrss * 1024)


def told(words: str, run: Run, articles: int) -> str:
    """The figures of a command, in a line."""
    met = "met" if run.peak <= TARGET * 2**20 else "not met"
    speed = f"{articles / run.seconds:>8,.0f} articles/s"
    return f"arsip {words:<20} {run.seconds:>7.1f} s {speed}  {run.peak / 2**20:.0f} MiB at most, target {TARGET} MiB: {met}"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--articles", type=click.IntRange(min=1), default=20_000, show_default=True, metavar="N", help="Articles of the archive.")
@click.option("--page-size", type=click.IntRange(min=8), default=60, show_default=True, metavar="KIB", help="Size of a page.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Where the archive is made, and kept; else it is thrown away.")
def main(*, articles: int, page_size: int, folder: Path | None) -> None:
    """How fast an archive is verified and its repeated lines are found, and in how much memory."""
    with tempfile.TemporaryDirectory() as passing:
        archive = folder or Path(passing)
        if not (archive / "articles.db").exists():
            fill(archive, articles, page_size)
        for words in ("verify", "verify --sample 1000", f"repeated {PORTAL}"):
            click.echo(told(words, run(archive, *words.split()), articles))
    click.echo(f"{articles:,} articles of 3 KB, pages of {page_size} KiB; {machine(f'{os.cpu_count()} cores')}.")


if __name__ == "__main__":
    main()
