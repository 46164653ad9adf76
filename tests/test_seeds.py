"""The two real articles, served word for word in their portals' templates and crawled."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import read
from sample.server import serve
from tests.crawling import arsip, crawl

SEEDS = Path(__file__).parents[2] / "shared" / "data" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the two real articles are not part of the public repository")


def article_of(portal: str, folder: Path) -> dict[str, object]:
    with serve([portal], stories={portal: SEEDS}, undated=date(2020, 9, 4)) as portals:
        done = crawl(portal, portals[portal].home, folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    database = Database(folder / "articles.db")
    (row,) = list(database.table("articles").rows)
    record = read.article(database, row["id"])
    database.close()
    return record


def seed_lines(name: str) -> list[str]:
    """The lines of a seed with white space made plain."""
    return [line for raw in (SEEDS / name).read_text(encoding="utf-8").splitlines() if (line := " ".join(raw.split()))]


def test_the_kebumen_article_is_exactly_what_its_author_wrote(tmp_path):
    found = article_of("kebumenekspres", tmp_path)
    lines = seed_lines("kebumenekspres-lpse.txt")
    title = lines.index("LPSE Sudah Dapat Diakses Kembali, Tatag: Mestinya Ada Penjelasan Penyebab Kerusakan")
    story = lines[title + 1 : lines.index("Berita Terbaru :")]
    story[0] = story[0].removeprefix("KEBUMEN(kebumenekspres.com)-")
    story[-1] = story[-1].removesuffix(" (mam)")
    assert found["title"] == lines[title]
    assert found["body"].split("\n\n") == story
    assert len(story) == 8
    assert (found["published"], found["published_precision"]) == ("2021-03-25", "day")
    assert found["published_raw"] == "Kamis, 25 Maret 2021"
    assert (found["place"], found["byline"], found["authors"], found["editors"]) == ("Kebumen", "mam", ["mam"], None)
    removed = [line["text"] for line in found["revisions"][0]["removed"]]
    assert {"KEBUMEN(kebumenekspres.com)-", "(mam)"} <= set(removed)


def test_the_bengkulu_article_is_exactly_what_its_author_wrote(tmp_path):
    found = article_of("rakyatbengkulu", tmp_path)
    lines = seed_lines("rakyatbengkulu-internet-satu-pintu.txt")
    start = next(number for number, line in enumerate(lines) if line.startswith("Kepahiang Program"))
    story = [line for line in lines[start : lines.index("Editor AG")] if not re.match(r"Baca Juga :", line)]
    story[0] = story[0].removeprefix("Kepahiang ")
    assert found["title"] == "Program Internet Satu Pintu Kepahiang Terpaksa Ditunda"
    assert found["body"].split("\n\n") == story
    assert len(story) == 7
    assert (found["place"], found["editors"], found["authors"]) == ("Kepahiang", ["AG"], None)
    assert found["image_caption"] is None
    removed = {line["text"] for line in found["revisions"][0]["removed"]}
    assert {
        "Baca Juga : Camat Menegaskan Tidak Ada Pemotongan BLT-DD di Bermani Ilir",
        "Baca Juga : Golkar Resmi Usung Dayat - Nata",
        "Editor AG",
        "Rakyatbengkulu.com",
        "Kepahiang",
        "e9ca083a asn kerja depan komputer 2",
    } <= removed


@pytest.mark.parametrize(
    ("portal", "words"),
    [("kebumenekspres", "pengumuman LPSE"), ("rakyatbengkulu", "internet satu pintu"), ("kebumenekspres", '"diakses kembali"')],
)
def test_search_finds_them_by_their_words(portal, words, tmp_path):
    found = article_of(portal, tmp_path)
    done = arsip("search", words, folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(str(found["id"]))
    assert done.stdout.rstrip().endswith("1 article")
