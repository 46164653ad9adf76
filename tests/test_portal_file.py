"""The text of a portal's file: that of every file there is, and nothing that cannot be loaded."""

import inspect
from pathlib import Path

import pytest

from spiders.families import families
from spiders.portal_file import class_name_of, portal_file
from tests.test_portals import PORTALS

FACTS = {
    "family": "wordpress",
    "class_name": "SuaraContoh",
    "title": "Suara Contoh",
    "describes": "news site of Kepahiang in Bengkulu",
    "name": "suaracontoh",
    "home": "https://suaracontoh.id",
    "region": "17.08",
    "evidence": "its front page, seen in 2026",
}


FILES = {portal: Path(inspect.getfile(portal)).read_text(encoding="utf-8") for portal in PORTALS}


@pytest.mark.parametrize("portal", [each for each in PORTALS if "rules = " not in FILES[each]], ids=lambda portal: portal.name)
def test_the_file_of_a_portal_without_rules_of_its_own_is_what_its_facts_make(portal):
    title, _, describes = portal.__doc__.partition(", ")
    made = portal_file(
        family=portal.family,
        class_name=portal.__name__,
        title=title,
        describes=describes,
        name=portal.name,
        home=portal.home,
        region=portal.region,
        evidence=portal.evidence,
        closed=portal.closed,
    )
    assert made == FILES[portal]


@pytest.mark.parametrize("family", families())
def test_a_file_of_every_family_holds_a_portal_with_its_facts(family):
    room = {"__name__": f"spiders.portals.{FACTS['name']}"}
    exec(portal_file(**FACTS | {"family": family, "closed": 2024}), room)
    portal = room["SuaraContoh"]
    assert issubclass(portal, families()[family])
    assert (portal.name, portal.home, portal.region, portal.title) == ("suaracontoh", "https://suaracontoh.id", "17.08", "Suara Contoh")
    assert (portal.rules.zone, portal.evidence, portal.closed) == ("Asia/Jakarta", "its front page, seen in 2026", 2024)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"family": "joomla"}, "There is no family 'joomla'; they are blogger, disway, promedia, sitemap, tribun, wordpress"),
        ({"name": "suara-contoh"}, "'suara-contoh' is no name for a portal"),
        ({"title": "Suara Contoh, harian"}, "holds a comma"),
        ({"title": ' """ + quit()'}, "The title of a portal is one line of text"),
        ({"describes": "a\nb"}, "The describes of a portal is one line of text"),
        ({"evidence": " "}, "The evidence of a portal is one line of text"),
        ({"home": "https://a.id\\"}, "The home of a portal is one line of text"),
        ({"evidence": "seen " * 40}, "is longer than the 140 characters"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(wrong, says):
    with pytest.raises(ValueError, match=says) as told:
        portal_file(**FACTS | wrong)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("title", "name", "taken", "called"),
    [
        ("Rakyat Bengkulu", "rakyatbengkulu", (), "RakyatBengkulu"),
        ("Rakyat Bengkulu", "rakyatbengkulu_disway", ("RakyatBengkulu", "RakyatBengkuluPortal"), "RakyatbengkuluDisway"),
        ("KLIKPOSITIF", "klikpositif", (), "Klikpositif"),
        ("metro.id", "metro", (), "MetroId"),
        ("Tribun", "tribun", (), "TribunPortal"),
        ("7 Menit", "tujuhmenit", (), "Tujuhmenit"),
    ],
)
def test_a_class_is_called_like_its_portal_and_like_no_other(title, name, taken, called):
    assert class_name_of(title, name, taken) == called


def test_a_family_is_called_like_its_module():
    assert {name: family.__module__ for name, family in families().items()} == {name: f"spiders.families.{name}" for name in families()}
