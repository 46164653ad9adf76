"""By what a CMS and a theme are known: every row of the table against its example, and any page whatever."""

import gzip
import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.marks import HEADER, HOST, MARKS, PATH, UNKNOWN, WAY, Mark, Seen, Verdict, recognised
from spiders.sniffing import FAMILIES
from tests.page_fixtures import FOLDER
from tests.steady import ADVERSARIAL, steady

SITE = "https://contoh.id/"
IDS = [f"{mark.cms}: {mark.says}" for mark in MARKS]


def verdict(*marks: Mark) -> Verdict:
    """What a site is on which the examples of these marks stand."""
    return recognised([seen(mark) for mark in marks], [mark.example for mark in marks if mark.where == WAY])


def seen(mark: Mark) -> Seen:
    if mark.where in (HOST, PATH):
        return Seen(url=mark.example, markup="")
    if mark.where == HEADER:
        name, _, value = mark.example.partition(": ")
        return Seen(url=SITE, markup="", headers={name: value})
    return Seen(url=SITE, markup="" if mark.where == WAY else f"<html>{mark.example}</html>")


@pytest.mark.parametrize("mark", MARKS, ids=IDS)
class TestEveryMark:
    def test_is_of_a_family_that_there_is(self, mark):
        assert mark.family in FAMILIES

    def test_names_its_cms_on_its_example_alone_where_it_is_sure_and_else_with_another(self, mark):
        alone = verdict(mark)
        if mark.sure:
            assert (alone.family, alone.cms) == (mark.family, mark.cms)
            return
        assert alone == Verdict()
        other = next(each for each in MARKS if each.cms == mark.cms and each is not mark and not each.sure and not each.theme)
        both = verdict(mark, other)
        assert (both.family, both.cms, len(both.evidence)) == (mark.family, mark.cms, 2)

    def test_is_not_on_the_example_of_another_cms(self, mark):
        others = [each for each in MARKS if each.cms != mark.cms]
        evidence = set(verdict(mark).evidence)
        assert not evidence & {told for each in others for told in verdict(each).evidence}


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark.theme], ids=lambda mark: mark.theme)
def test_a_theme_is_named_by_its_own_mark(mark):
    generator = next(each for each in MARKS if each.says.startswith("generator WordPress"))
    assert verdict(generator, mark).theme == ("newkarma" if "{}" in mark.theme else mark.theme)


def test_the_folder_of_a_theme_names_it_before_its_markup_does():
    page = '<meta name="generator" content="WordPress 6.4"><body class="elementor-kit-7"><link href="/wp-content/themes/Astra/style.css">'
    told = recognised([Seen(url=SITE, markup=page)])
    assert (told.cms, told.theme) == ("WordPress", "astra")
    assert told.evidence[:2] == ("generator WordPress 6.4", "theme folder Astra")


@pytest.mark.parametrize(
    ("page", "family"),
    [
        ("<meta content='blogger' name='generator'/><img src='https://contoh.id/wp-content/uploads/a.jpg'>", "blogger"),
        ('<meta name="generator" content="WordPress 5.7"/><img src="https://1.bp.blogspot.com/a.jpg">', "wordpress"),
        ('<p>Kami pindah dari WordPress 6.4 ke Blogger.</p><a href="https://www.blogger.com">Blogger</a>', UNKNOWN),
        ('<a href="https://contoh.id/read/702391/lima-tahap">A</a><div class="read__content">A</div>', UNKNOWN),
    ],
)
def test_what_a_page_links_to_or_tells_of_is_not_what_it_is(page, family):
    assert recognised([Seen(url=SITE, markup=page)]).family == family


FIXTURES = sorted(path.name.partition(".")[0] for path in FOLDER.glob("*.html.gz"))


@pytest.mark.parametrize("name", [name for name in FIXTURES if not name.startswith("generic")])
def test_a_page_of_a_family_is_known_as_such_or_not_at_all(name):
    assert recognised([fixture(name)]).family in (name.partition("-")[0], UNKNOWN)


def test_an_article_of_each_family_is_known_as_such():
    told = {(name.partition("-")[0], recognised([fixture(name)]).family) for name in FIXTURES}
    assert {(family, family) for family in FAMILIES if family != UNKNOWN} <= told


@pytest.mark.parametrize("name", ["generic-kompas-2024", "generic-grid-2021", "generic-okezone-2020", "generic-sindonews-2023"])
def test_a_portal_of_its_own_cms_is_taken_for_no_family(name):
    assert recognised([fixture(name)]) == Verdict()


def fixture(name: str) -> Seen:
    facts = json.loads((FOLDER / f"{name}.json").read_text())["page"]
    return Seen(url=facts["url"], markup=gzip.decompress((FOLDER / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace"))


@steady
@given(st.text(), st.text(), st.dictionaries(st.text(), st.text()), st.lists(st.text()))
def test_any_page_gives_an_answer(url, markup, headers, ways):
    assert recognised([Seen(url=url, markup=markup, headers=headers)], ways).family in FAMILIES


@steady
@given(st.lists(st.sampled_from(MARKS)))
def test_the_order_of_the_pages_says_nothing(marks):
    assert verdict(*marks).family == verdict(*reversed(marks)).family


@pytest.mark.parametrize("piece", [*ADVERSARIAL, '<meta name="generator" ', "<body ", '<article class="', "class='a ", "link: "])
def test_no_page_makes_the_patterns_backtrack(piece):
    page = Seen(url=SITE, markup=piece * (400_000 // len(piece)), headers={"link": piece * 2000})
    begun = process_time()
    recognised([page])
    assert process_time() - begun < 5
