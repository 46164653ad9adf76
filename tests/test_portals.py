"""Every portal states its facts, whichever it is; and a spider's own parts."""

import ast
import inspect
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from archive import regions
from spiders.base import PortalSpider
from spiders.families.wordpress import WordPress
from spiders.listings import Way
from spiders.options import Options
from spiders.site import Site, origin_of
from tests.page_fixtures import FOLDER

LOADER = SpiderLoader.from_settings(get_project_settings())
PORTALS = [LOADER.load(name) for name in LOADER.list()]
SAMPLES = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["sample.spiders"]})).list()
FACTS = ("name", "home", "region", "evidence", "closed", "rules")
"""What a portal may state, in this order."""


@pytest.mark.parametrize("portal", PORTALS, ids=LOADER.list())
class TestEveryPortal:
    def test_states_facts_and_no_code(self, portal):
        *imports, told = ast.parse(Path(inspect.getfile(portal)).read_text()).body
        assert {type(node) for node in imports} == {ast.ImportFrom}
        assert isinstance(told, ast.ClassDef)
        docstring, *facts = told.body
        assert isinstance(docstring, ast.Expr)
        values = {fact.targets[0].id: fact.value for fact in facts}
        assert list(values) == [fact for fact in FACTS if fact in values]
        assert set(FACTS) - set(values) <= {"closed", "rules"}
        rules = values.pop("rules", None)
        assert {type(value) for value in values.values()} == {ast.Constant}
        assert rules is None or ast.unparse(rules).startswith(f"replace({ast.unparse(told.bases[0])}.rules, ")

    def test_is_called_like_its_file_and_like_no_sample_portal(self, portal):
        assert portal.name == Path(inspect.getfile(portal)).stem
        assert portal.__module__ == f"spiders.portals.{portal.name}"
        assert portal.name not in SAMPLES

    def test_has_a_home_a_region_and_a_name(self, portal):
        assert origin_of(portal.home) == portal.home
        assert portal.rules.zone == regions.zone_of(portal.region)
        assert portal.title
        assert portal.title in portal.rules.site_names

    def test_says_on_what_evidence_it_stands_and_when_it_closed(self, portal):
        assert 10 < len(portal.evidence) < 120
        assert not portal.evidence.endswith(".")
        assert portal.closed is None or 1995 <= portal.closed <= datetime.now(UTC).year

    def test_has_at_least_two_ways_to_find_its_stories(self, portal):
        ways = list(portal().ways())
        assert len({way.name for way in ways}) == len(ways) >= 2
        assert all(isinstance(way, Way) and way.url.startswith(portal.home) for way in ways)

    def test_asks_only_a_mirror_when_it_is_given_one(self, portal):
        spider = portal(home="http://127.0.0.1:8000")
        assert all(spider.site.asked(way.url).startswith("http://127.0.0.1:8000/") for way in spider.ways())


def test_the_catalogue_has_a_hundred_portals_and_one_in_each_province():
    assert len(PORTALS) >= 100
    provinces = {region.code for region in regions.regions() if region.kind == "province"}
    assert len(provinces) == 38
    assert {portal.region[:2] for portal in PORTALS} == provinces


def test_no_two_portals_are_one():
    for fact in ("home", "__name__"):
        assert len({getattr(portal, fact) for portal in PORTALS}) == len(PORTALS)
    # A portal in both of its lives has two files, on two hosts.
    assert {"kebumenekspres", "rakyatbengkulu", "rakyatbengkulu_disway"} <= {portal.name for portal in PORTALS}


def test_a_home_is_https():
    assert [portal.name for portal in PORTALS if not portal.home.startswith("https://")] == []


def test_a_folder_of_page_fixtures_is_called_like_its_portal():
    folders = [path.name for path in FOLDER.iterdir() if path.is_dir()]
    assert [name for name in folders if name not in LOADER.list() and name not in SAMPLES] == []
    assert {"rakyatbengkulu", "kebumenekspres", "harianserayu"} <= set(folders)


@pytest.mark.parametrize("fact", ["name", "home", "region"])
def test_a_missing_fact_fails_with_a_sentence_that_names_portal_and_fact(fact):
    facts = {
        "name": "contoh",
        "home": "https://contoh.id",
        "region": "33.05",
        "__doc__": "Contoh, a portal.",
        "__module__": "spiders.portals.contoh",
    }
    with pytest.raises(TypeError, match=f"The portal .*ontoh states no `{fact}`"):
        type("Contoh", (WordPress,), {name: value for name, value in facts.items() if name != fact})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"home": "contoh.id"}, "is not an address"),
        ({"region": "99.99"}, "No region has the code '99.99'"),
        ({"__doc__": " "}, "has no docstring"),
    ],
)
def test_a_fact_that_cannot_be_fails_with_a_sentence(wrong, says):
    facts = {"name": "contoh", "home": "https://contoh.id", "region": "33.05", "__doc__": "Contoh, a portal."}
    with pytest.raises(TypeError, match=says):
        type("Contoh", (WordPress,), facts | wrong)


def test_a_portal_may_differ_from_its_family_in_a_rule():
    class Contoh(WordPress):
        """Contoh, a portal."""

        name = "contoh"
        home = "https://www.contoh.id/"
        region = "91"
        rules = replace(WordPress.rules, body=("div.isi",))

    assert (Contoh.rules.body, Contoh.rules.title) == (("div.isi",), WordPress.rules.title)
    assert Contoh.rules.zone == "Asia/Jayapura"
    assert Contoh.home == "https://www.contoh.id"
    assert issubclass(Contoh, PortalSpider)


@pytest.mark.parametrize(
    ("url", "official", "asked"),
    [
        ("https://contoh.id/a/", "https://contoh.id/a/", "http://127.0.0.1:8000/a/"),
        ("http://www.contoh.id/a/?utm_source=x&p=1#b", "https://contoh.id/a/?p=1", "http://127.0.0.1:8000/a/?utm_source=x&p=1#b"),
        ("http://127.0.0.1:8000/a/", "https://contoh.id/a/", "http://127.0.0.1:8000/a/"),
        ("/a/", "https://contoh.id/a/", "/a/"),
        ("https://lain.id/a/", "https://lain.id/a/", "https://lain.id/a/"),
        ("https://contoh.id.lain.id/a/", "https://contoh.id.lain.id/a/", "https://contoh.id.lain.id/a/"),
        ("http://127.0.0.1:9000/a/", "http://127.0.0.1:9000/a/", "http://127.0.0.1:9000/a/"),
    ],
)
def test_an_address_is_kept_on_the_official_origin_and_asked_on_the_mirror(url, official, asked):
    site = Site("https://contoh.id", "http://127.0.0.1:8000/")
    assert site.official(url) == official
    assert site.asked(url) == asked


def test_a_mirror_that_is_the_home_itself_is_none():
    assert Site("https://contoh.id", "https://contoh.id/").mirror is None
    assert Site("https://contoh.id").asked("https://contoh.id/a") == "https://contoh.id/a"


def test_options_are_read_from_the_strings_of_a_command_line():
    assert Options.read() == Options()
    assert Options.read(_job="6487ec79", _version="7") == Options()  # as scrapyd starts a crawl
    read = Options.read(home="http://127.0.0.1:8000/x", since="2021-03-01", until="2021-03-31", limit="5")
    assert read == Options(home="http://127.0.0.1:8000", since="2021-03-01", until="2021-03-31", limit=5)
