"""What is proposed for a portal's facts, and the file that is written of them: whatever a page calls itself, it holds facts and no code."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.addresses import host_of
from spiders import portal_file
from spiders.base import PortalSpider
from spiders.front_page import front_page
from spiders.portal_file import Facts
from spiders.sniffing import FAMILIES
from tests.steady import steady
from tests.test_portals import PORTALS

FACTS = {"name": "contoh", "home": "https://contoh.id", "region": "33.05"}


def executed(facts: Facts) -> type[PortalSpider]:
    """The portal that the file defines, its class alone."""
    space: dict[str, object] = {"__name__": f"written.{facts.name}"}
    exec(compile(portal_file.source(facts), "written", "exec"), space)
    (portal,) = (value for value in space.values() if isinstance(value, type) and value is not facts.family)
    return portal


@steady
@given(st.sampled_from(sorted(FAMILIES)), st.text(), st.text())
def test_whatever_a_site_calls_itself_the_file_holds_a_docstring_and_four_facts(family, title, evidence):
    name = portal_file.title_from(title) or "Contoh"
    facts = Facts(family=FAMILIES[family], title=name, evidence=f"scrapy sniff, 2026-11-25: {evidence}", **FACTS)
    imported, told = ast.parse(portal_file.source(facts)).body
    assert isinstance(imported, ast.ImportFrom)
    assert isinstance(told, ast.ClassDef)
    assert [type(node) for node in told.body] == [ast.Expr, *[ast.Assign] * 4]
    assert all(isinstance(node.value, ast.Constant) for node in told.body)
    portal = executed(facts)
    assert (portal.name, portal.home, portal.region, portal.title) == (*FACTS.values(), name.rstrip("."))
    assert 10 < len(portal.evidence) < 120
    assert not portal.evidence.endswith(".")


@pytest.mark.parametrize(
    "title",
    ['Kabar """\n    import os\n    """', "Kabar\\", 'Kabar "Desa"', "Kabar\x00\x1b[31m", "Kabar {x} %s", "Tribun", "2 Kabar", "سلام"],
)
def test_a_name_that_would_break_the_file_does_not(title):
    facts = Facts(family=FAMILIES["tribun"], title=portal_file.title_from(title), evidence=title, **FACTS)
    assert executed(facts).name == "contoh"
    assert executed(facts).__name__ not in ("Tribun", "os")


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_a_name_is_proposed_as_the_catalogue_has_it(portal):
    assert portal_file.name_from(host_of(portal.home)) == portal.name


@steady
@given(st.text())
def test_a_proposed_name_is_one_that_a_file_can_bear(host):
    assert portal_file.NAME.fullmatch(portal_file.name_from(host))


@pytest.mark.parametrize(
    ("title", "home", "code"),
    [
        ("Kebumen Ekspres", "https://contoh.id", "33.05"),
        ("Contoh", "https://kebumenekspres.com", "33.05"),
        ("Tribun Bali", "https://bali.tribunnews.com", "51"),
        ("Kabar Bengkulu Utara", "https://contoh.id", "17.03"),
        ("Rakyat Bengkulu", "https://rakyatbengkulu.com", None),  # the province and its capital
        ("Kabar Kebumen dan Cilacap", "https://contoh.id", None),
        ("Kabar Desa", "https://contoh.id", None),
        ("Simpati", "https://simpati.id", None),  # Pati
        ("Metropolitan", "https://metropolitan.id", None),  # Metro in Lampung
    ],
)
def test_a_region_is_proposed_where_name_or_host_names_exactly_one(title, home, code):
    assert portal_file.region_from(title, home) == code


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_a_region_that_is_proposed_is_never_in_another_province_than_the_portal(portal):
    proposed = portal_file.region_from(portal.title, portal.home)
    assert proposed is None or proposed[:2] == portal.region[:2]


@pytest.mark.parametrize(
    ("markup", "title", "canonical"),
    [
        ('<meta property="og:site_name" content="Kabar Desa"><title>Berita - Lain</title>', "Kabar Desa", None),
        ("<title>Kabar Desa - Berita Terkini dari Lembah</title>", "Kabar Desa", None),
        ('<title>Kabar Desa, Berita</title><link rel="canonical" href="/x">', "Kabar Desa", "https://kabardesa.id/x"),
        ('<meta property="og:url" content="https://kabardesa.com/">', "Kabardesa", "https://kabardesa.com/"),
        ("", "Kabardesa", None),
    ],
)
def test_a_front_page_says_its_name_and_address(markup, title, canonical):
    told = front_page(markup, "https://kabardesa.id/", "kabardesa.id")
    assert (told.title, told.canonical) == (title, canonical)


@steady
@given(st.text())
def test_any_front_page_has_a_name(markup):
    assert portal_file.title_from(front_page(markup, "https://kabardesa.id/", "kabardesa.id").title)
