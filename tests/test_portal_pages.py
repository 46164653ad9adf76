"""Every page fixture of a portal, `tests/pages/<portal>/`, becomes what it expects by the rules of its portal; and what a fixture holds."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from archive.records import Article, Page
from pipelines.press import press
from spiders.fixtures import files_of, fixture_files, fixtures_below, read_fixture, slug_of
from tests.builders import at
from tests.page_fixtures import FOLDER

LOADER = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["spiders.portals", "sample.spiders"]}))
FIXTURES = list(fixtures_below(FOLDER))
STORY = FOLDER / "harianserayu" / "menyusuri-tujuh-telaga-kecil-di-dataran-tinggi-dieng.json"


def pressed(path: Path) -> tuple[Page, Article]:
    """The page of a fixture and what its portal's rules make of it."""
    page = read_fixture(path).page
    return page, press(page, LOADER.load(page.portal).rules)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_of_a_portal_becomes_what_its_fixture_expects(path):
    if differences := read_fixture(path).differences(pressed(path)[1]):
        pytest.fail("\n".join([str(path.relative_to(FOLDER)), *differences]), pytrace=False)


def test_every_file_is_that_of_a_fixture():
    folders = [path for path in FOLDER.iterdir() if path.is_dir()]
    told = {file for path in FIXTURES for file in files_of(path.parent, path.stem)}
    assert {file for folder in folders for file in folder.rglob("*")} == told


def test_the_sample_portals_of_every_family_have_fixtures_with_a_story_and_some_with_none():
    told = [read_fixture(path) for path in FIXTURES]
    families = {LOADER.load(each.page.portal).family for each in told if each.article}
    assert families == {"blogger", "disway", "promedia", "sitemap", "tribun", "wordpress"}
    assert {each.refusal for each in told if each.refusal} >= {"no article's address", "a list of stories"}
    assert max(len(each.page.rest) for each in told) == 2


def copied(tmp_path: Path, **changes: object) -> Path:
    """A fixture of two files, with other expectations."""
    page, article = pressed(STORY)
    files = fixture_files("cerita", replace(page, rest=()), replace(article, pages=1))
    told = json.loads(files.pop("cerita.json")) | changes
    folder = tmp_path / page.portal
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "cerita.json").write_text(json.dumps(told), encoding="utf-8")
    return folder / "cerita.json"


def test_a_difference_is_shown_line_by_line():
    page, article = pressed(STORY)
    told = read_fixture(STORY)
    assert told.differences(article) == []
    other = replace(article, place="Wonosobo", body=article.body.replace("Tujuh telaga", "Enam telaga", 1))
    lines = told.differences(other)
    changed = [line.strip() for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert [line[:30] for line in changed if "telaga kecil" in line] == ['-    "Tujuh telaga kecil di da', '+    "Enam telaga kecil di dat']
    assert [line for line in changed if "place" in line] == ['-  "place": "Banjarnegara",', '+  "place": "Wonosobo",']
    assert len(changed) == 4
    refused = told.differences(press(replace(page, body=b""), LOADER.load(page.portal).rules))
    assert '+  "refusal": "an empty page"' in refused


def test_what_is_known_to_be_missed_is_no_difference_until_it_is_read(tmp_path):
    told = read_fixture(STORY)
    article = pressed(STORY)[1]
    other = replace(article, place="Wonosobo")
    missed = replace(told, missed={"place": "the dateline stands in a picture"})
    assert missed.differences(other) == []
    assert missed.differences(article) == ["place is read as it should be now: take it out of `missed`"]


@pytest.mark.parametrize(
    "change",
    [
        {"article": None},
        {"refusal": "a list of stories"},
        {"article": {"title": "Judul"}},
        {"article": json.loads(STORY.read_text())["article"] | {"body": []}},
        {"article": json.loads(STORY.read_text())["article"] | {"title": ""}},
        {"article": json.loads(STORY.read_text())["article"] | {"pengarang": "salah tulis"}},
    ],
    ids=["nothing", "both", "a part", "no body", "no title", "another field"],
)
def test_an_expectation_that_cannot_be_is_rejected(change, tmp_path):
    with pytest.raises(ValueError, match=r"cerita\.json must expect an article with url, title, .*, or a refusal"):
        read_fixture(copied(tmp_path, **change))


def test_a_fixture_is_the_same_on_every_day_and_read_back_whole(tmp_path):
    page, article = pressed(STORY)
    files = fixture_files(STORY.stem, page, article)
    assert files == fixture_files(STORY.stem, page, article)
    assert [gzip.decompress(files[name]) for name in sorted(files) if name.endswith(".gz")] == [
        each.body
        for each in (*page.rest, page)  # `slug.2`, `slug.3`, and `slug.html.gz` behind them
    ]
    assert {content[4:8] for name, content in files.items() if name.endswith(".gz")} == {bytes(4)}
    folder = tmp_path / page.portal
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert {path.name for path in files_of(folder, STORY.stem)} == set(files)
    assert read_fixture(folder / STORY.name) == read_fixture(STORY)


def test_all_that_press_looks_at_is_kept(tmp_path):
    page = Page(
        url="https://rakyatbengkulu.com/a/",
        portal="rakyatbengkulu",
        fetched_at=at(1),
        body="<h1>Jum’at\u2028</h1>".encode("utf-16"),
        requested_url="https://rakyatbengkulu.com/?p=7",
        headers=(("Content-Type", "text/html; charset=utf-16"), ("Server", "contoh")),
    )
    refused = Article(url=page.url, portal=page.portal, captured_at=page.fetched_at, page_sha256=page.sha256, refusal="no\u2028text")
    folder = tmp_path / page.portal
    folder.mkdir()
    for name, content in fixture_files("a", page, refused).items():
        (folder / name).write_bytes(content)
    told = read_fixture(folder / "a.json")
    assert told.page == replace(page, headers=page.headers[:1])
    assert (told.article, told.refusal) == (None, "no\u2028text")


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://a.id/read/702391/lima-tahap-kopi-dempo", "lima-tahap-kopi-dempo"),
        ("https://a.id/2021/03/LPSE-Dapat_Diakses.html", "lpse-dapat-diakses"),
        ("https://a.id/2020/07/06/jalan-dibuka/", "jalan-dibuka"),
        ("https://a.id/2021/03/", "2021-03"),
        ("https://a.id/?p=12", "p-12"),
        ("https://a.id/", "home"),
        ("https://a.id/../../%2e%2e/", "2e-2e"),
        (f"https://a.id/{'kata-' * 20}akhir", "kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata"),
        (f"https://a.id/{'k' * 80}", "k" * 60),
    ],
)
def test_a_fixture_is_called_like_its_address(url, slug):
    assert slug_of(url) == slug
