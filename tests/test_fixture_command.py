"""scrapy fixture, as a contributor runs it: one page is asked for as a crawl asks, and saved with what is made of it."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sample.server import RunningPortal, serve
from spiders.fixtures import fixtures_below, read_fixture
from tests.crawling import QUICKLY, one_sentence, scrapy
from tests.page_fixtures import FOLDER
from tests.servers import HTML, answering

BOTH = ("-s", "SPIDER_MODULES=spiders.portals,sample.spiders", *QUICKLY)
DIENG = "menyusuri-tujuh-telaga-kecil-di-dataran-tinggi-dieng"


@pytest.fixture(scope="module")
def harian() -> Iterator[RunningPortal]:
    """A sample portal with stories on several pages."""
    with serve(["harianserayu"]) as portals:
        yield portals["harianserayu"]


def fixture(tmp_path: Path, *arguments: str):
    """How the command ended; fixtures go to `pages`, and an archive would go to `archive`."""
    return scrapy("fixture", *arguments, "--into", str(tmp_path / "pages"), *BOTH, folder=tmp_path / "archive")


def test_a_page_is_asked_for_once_and_saved_with_its_article(tmp_path, harian):
    harian.requests.clear()
    done = fixture(tmp_path, "harianserayu", harian.url(DIENG), "--home", harian.home)
    assert (done.returncode, done.stderr) == (0, "")
    path = harian.portal.path(harian.portal.story(DIENG))
    assert [request.path for request in harian.requests] == ["/robots.txt", path, f"{path}/15", f"{path}/30"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["pages"]  # the archive is left alone
    (saved,) = fixtures_below(tmp_path / "pages")
    committed = read_fixture(FOLDER / "harianserayu" / f"{DIENG}.json")
    told = read_fixture(saved)
    assert (told.article, told.page.url) == (committed.article, harian.url(DIENG))
    assert [each.body for each in told.page.rest] == [each.body for each in committed.page.rest]
    assert "body       11 paragraphs on 3 pages, 16 lines taken off" in done.stdout
    assert "empty      modified\n" in done.stdout
    assert "suspicious" not in done.stdout
    assert "docs/adding-a-portal.md" not in done.stdout  # a page of the sample is nobody's


def test_what_was_corrected_is_not_written_over_unless_asked(tmp_path, harian):
    asked = ("harianserayu", harian.url(DIENG), "--home", harian.home)
    assert fixture(tmp_path, *asked).returncode == 0
    (saved,) = fixtures_below(tmp_path / "pages")
    saved.write_text(saved.read_text().replace('"Ratna Wulandari"', '"Ratna W."'))
    (saved.parent / f"{DIENG}.4.html.gz").write_bytes(gzip.compress(b"an older page"))
    harian.requests.clear()
    again = fixture(tmp_path, *asked)
    assert again.returncode == 2
    assert "--again writes over it and what was corrected in it." in one_sentence(again.stderr)
    assert harian.requests == []
    assert "Ratna W." in saved.read_text()
    assert fixture(tmp_path, *asked, "--again").returncode == 0
    assert "Ratna W." not in saved.read_text()
    assert sorted(path.name for path in saved.parent.iterdir()) == [
        *(f"{DIENG}.{end}" for end in ("2.html.gz", "3.html.gz", "html.gz", "json"))
    ]


def test_a_list_is_a_fixture_of_its_refusal(tmp_path, harian):
    done = fixture(tmp_path, "harianserayu", f"{harian.home}/kategori/berita", "--home", harian.home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Read as no article: no article's address." in done.stdout
    (saved,) = fixtures_below(tmp_path / "pages")
    assert json.loads(saved.read_text())["refusal"] == "no article's address"
    assert read_fixture(saved).page.url == "https://harianserayu.disway.example/kategori/berita"
    assert len(list(saved.parent.iterdir())) == 2  # the list's further pages are not needed


def test_robots_txt_is_obeyed_and_nothing_is_saved(tmp_path, harian):
    harian.requests.clear()
    refused = harian.portal.url(harian.portal.refused)
    done = fixture(tmp_path, "harianserayu", refused, "--home", harian.home)
    assert done.returncode == 1
    assert one_sentence(done.stderr) == f"scrapy fixture: {refused} could not be fetched: robots.txt forbids it."
    assert [request.path for request in harian.requests] == ["/robots.txt"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "https://kebumenekspres.com/2021/03/a.html answered with status 404; there is no page to keep."),
        ({"/robots.txt": (503, HTML, "")}, "/robots.txt: status 503."),
        ({"/2021/03/a.html": (403, HTML, "")}, "could not be fetched: refused by the server status 403."),
        ({"/2021/03/a.html": (302, HTML, "https://lain.example/")}, "could not be fetched: leads to another site https://lain.example/."),
        (
            {"/2021/03/a.html": (302, HTML, "http://169.254.169.254/")},
            "could not be fetched: leads to another site http://169.254.169.254/.",
        ),
    ],
    ids=["missing", "no robots.txt", "forbidden", "elsewhere", "unsafe"],
)
def test_a_page_that_does_not_come_is_one_sentence(tmp_path, answers, says):
    with answering(answers) as portal:
        done = fixture(tmp_path, "kebumenekspres", "https://kebumenekspres.com/2021/03/a.html", "--home", portal.home)
    assert done.returncode == 1
    assert one_sentence(done.stderr).endswith(says)
    assert list(tmp_path.iterdir()) == []


def test_a_saved_page_is_taken_as_it_is(tmp_path):
    page = read_fixture(FOLDER / "rakyatbengkulu" / "petani-kopi-kepahiang-mulai-panen.json")
    (tmp_path / "kopi.html").write_bytes(page.page.body)
    done = fixture(tmp_path, "rakyatbengkulu", page.page.url, "--file", str(tmp_path / "kopi.html"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "commit it only if you wrote it" in done.stdout
    (saved,) = fixtures_below(tmp_path / "pages")
    told = read_fixture(saved)
    assert (told.article, told.page.body, told.page.headers) == (page.article, page.page.body, ())


def test_what_is_suspicious_is_said(tmp_path):
    (tmp_path / "a.html").write_text(
        "<body class=single-post><h1 class=entry-title>Jembatan</h1><div class=entry-content><p>Putus karena</div>"
    )
    done = fixture(tmp_path, "rakyatbengkulu", "https://rakyatbengkulu.com/a/", "--file", str(tmp_path / "a.html"))
    assert done.returncode == 0
    suspicious = [line for line in done.stdout.splitlines() if line.startswith("suspicious")]
    assert "suspicious no date of publication could be read" in suspicious
    assert "suspicious the story does not end with a sentence" in suspicious
    assert "empty      published, modified, authors, editors, place, section, tags, image, image_caption, image_credit" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Name a portal and the address of one of its pages."),
        (["rakyatbengkulu"], "Name a portal and the address of one of its pages."),
        (["kabarangin", "https://a.id/"], "There is no portal 'kabarangin'"),
        (["rakyatbengkulu", "https://kebumenekspres.com/a"], "is no address of rakyatbengkulu, whose home is https://rakyatbengkulu.com."),
        (["rakyatbengkulu", "jalan.html"], "jalan.html is no address of rakyatbengkulu"),
        (["rakyatbengkulu", "https://rakyatbengkulu.com/a", "--home", "loopback"], "home=loopback is not an address"),
        (
            ["rakyatbengkulu", "https://rakyatbengkulu.com/a", "--file", "tiada.html"],
            "tiada.html cannot be read: No such file or directory.",
        ),
        (["rakyatbengkulu", "https://rakyatbengkulu.com/a", "--file", "a", "--home", "http://127.0.0.1:1"], "not from both."),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(tmp_path, arguments, says):
    done = fixture(tmp_path, *arguments)
    assert done.returncode == 2
    assert says in one_sentence(done.stderr)
    assert list(tmp_path.iterdir()) == []
