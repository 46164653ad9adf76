"""Every page fixture becomes exactly its article, and however it is damaged an article or a refusal."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from archive.records import Article
from pipelines.boilerplate import CAPTIONS
from pipelines.extract import next_page
from pipelines.fields import AUTHORS, EDITORS, MODIFIED, PUBLISHED, SECTIONS, TITLES
from pipelines.found import GENERIC, JSON_LD, META, RULE, TEXT, URL, VISIBLE
from pipelines.press import press
from pipelines.rules import Rules
from spiders.fixtures import expectation
from tests.page_fixtures import FAMILIES, FOLDER, READ_WITHOUT_RULES, fixture, names

MUTATIONS = 100
ENOUGH = 8
"""Fixtures that hold a family's traps."""


@pytest.mark.parametrize("name", names())
def test_a_page_becomes_its_article_or_says_why_not(name: str) -> None:
    told = fixture(name)
    article = press(told.page, told.rules)
    assert article.refusal == told.refusal
    if not told.article:
        return
    made = expectation(article)
    if told.family == "generic":
        # Which of several sources is named, of those that agree, is the choice of a reader and not the page's.
        made, expected = ({field: each[field] for field in READ_WITHOUT_RULES} | moments_of(each) for each in (made, told.article))
    else:
        expected = dict(told.article)
    missed = {field: expected.pop(field) for field in told.missed}
    assert {field: made[field] for field in expected} == expected
    assert all(made[field] != value for field, value in missed.items()), "it is read now: take it off the list of what is missed"


def moments_of(article: dict[str, Any]) -> dict[str, object]:
    """The dates of a fixture's article as moments, or as days where there is no time."""
    isos = {"published": article["published"][0], "modified": article["modified"]}
    return {name: datetime.fromisoformat(iso) if iso and "T" in iso else iso for name, iso in isos.items()}


FOUND_BY: dict[str, set[str]] = {
    JSON_LD: set("headline datePublished dateModified author editor articleSection keywords image articleBody".split()),
    META: {*PUBLISHED, *MODIFIED, *AUTHORS, *EDITORS, *SECTIONS, *TITLES}
    | set("dateModified article:tag news_keywords og:image twitter:image canonical og:url".split()),
    VISIBLE: set("heading h1 lead-line breadcrumb img tag-link prose credit-line closing name-alone".split())
    | set("near-headline further-away datePublished caption".split()),
    TEXT: {"dateline", "credit-line", "closing", "label-line", *CAPTIONS},
    URL: {"path"},
    GENERIC: {"trafilatura", "title"},
}
"""All that can find a field but a selector: docs/architecture.md names them."""


@pytest.mark.parametrize("name", names())
def test_every_field_says_what_found_it(name: str) -> None:
    told = fixture(name)
    for rules in (told.rules, Rules(zone=told.rules.zone)):
        article = press(told.page, rules)
        assert [field for field, _ in article.found_by] == [field for field, _ in article.sources]
        for (field, source), (_, by) in zip(article.sources, article.found_by, strict=True):
            # Whom a picture is credited to may stand in its caption.
            fields = ("image_credit", "image_caption") if field == "image_credit" else (field,)
            known = [by for each in fields for by in getattr(rules, each)] if source == RULE else FOUND_BY[source]
            assert by in known, (field, source)


@pytest.mark.parametrize("name", [name for name in names() if not name.startswith("generic-")])
def test_without_rules_the_story_is_read_as_well(name: str) -> None:
    told = fixture(name)
    if told.article:
        made = expectation(press(told.page, Rules(zone=told.rules.zone)))
        assert (made["title"], made["body"]) == (told.article["title"], told.article["body"])


@pytest.mark.parametrize("name", names())
def test_phrases_stay_and_go(name: str) -> None:
    told = fixture(name)
    body = press(told.page, told.rules).body
    assert [phrase for phrase in told.without if phrase in body] == []
    assert [phrase for phrase in told.keep if phrase not in body.replace("\n", " ")] == []


def test_every_family_has_fixtures_and_every_fixture_both_files() -> None:
    families = [name.partition("-")[0] for name in names()]
    assert {family: families.count(family) >= ENOUGH for family in families} == dict.fromkeys(FAMILIES, True)
    assert [path.stem for path in sorted(FOLDER.glob("*.json"))] == names()


@pytest.mark.parametrize("change", [{"body": []}, {"title": ""}, {"published": None}, {"extra": 1}])
def test_an_empty_expectation_is_rejected(change: dict[str, object], tmp_path: Path) -> None:
    name = names()[0]
    copy(FOLDER / f"{name}.html.gz", tmp_path)
    told = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    (tmp_path / f"{name}.json").write_text(json.dumps(told | {"article": told["article"] | change}), encoding="utf-8")
    with pytest.raises(ValueError, match=f"{name}.json must expect"):
        fixture(name, tmp_path)


def test_a_page_of_wordpress_leads_to_its_own_next_page_only() -> None:
    told = fixture("wordpress-idtheme-beras-sphp")
    assert b"rel='next'" in told.page.body
    assert next_page(told.page, told.rules) is None
    links = b'<div class="page-links"><span class="current">1</span> <a href="/sphp/2/">2</a> <a href="/sphp/3/">3</a></div><footer'
    first = replace(told.page, body=told.page.body.replace(b"<footer", links, 1))
    assert next_page(first, told.rules) == "https://www.sungaimusiekspres.com/sphp/2/"
    assert press(first, told.rules).body == press(told.page, told.rules).body


@pytest.mark.parametrize("classes", ["page-template-default page", "archive category", "attachment single single-attachment", "home blog"])
def test_other_pages_of_wordpress_are_no_article(classes: str) -> None:
    told = fixture("wordpress-tagdiv-irigasi")
    body = told.page.body.replace(b"post-template-default single single-post", classes.encode())
    assert press(replace(told.page, body=body), told.rules).refusal == "no article's page"


@pytest.mark.parametrize("path", ["/p/redaksi.html", "/search/label/Daerah", "/2019/09/", "/"])
def test_other_pages_of_blogger_are_no_article(path: str) -> None:
    told = fixture("blogger-sumur-bor")
    assert press(replace(told.page, url=f"https://www.kabarserayu.com{path}"), told.rules).refusal == "no article's address"


def cut(page: bytes, dice: random.Random) -> bytes:
    return page[: dice.randrange(len(page))]


def cut_out(page: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.sample(range(len(page)), 2))
    return page[:start] + page[end:]


def repeated(page: bytes, dice: random.Random) -> bytes:
    tags = [position for position, byte in enumerate(page) if byte == ord("<")]
    start, end, where = dice.choice(tags), dice.choice(tags), dice.choice(tags)
    return page[:where] + page[min(start, end) : max(start, end)] * dice.randint(1, 5) + page[where:]


def recoded(page: bytes, dice: random.Random) -> bytes:
    text = page.decode("utf-8", "replace")
    return text.encode(dice.choice(["utf-16", "utf-16-le", "cp1252", "latin-1", "utf-8-sig", "utf-7", "ascii"]), "xmlcharrefreplace")


def flipped(page: bytes, dice: random.Random) -> bytes:
    noise = bytearray(page)
    for _ in range(dice.randint(1, 200)):
        noise[dice.randrange(len(noise))] = dice.choice([0, 0, 0xFF, 0x80, ord("<"), ord(">"), dice.randrange(256)])
    return bytes(noise)


def nested(page: bytes, dice: random.Random) -> bytes:
    where = page.index(b">", dice.randrange(len(page) // 2)) + 1
    levels = dice.choice([10, 500, 3000])
    opening = dice.choice([b"<div>", b"<ul><li>", b"<table><tr><td>", b'<p class="ads">', b"<blockquote><b>", b"<figure>", b"<span>"])
    return page[:where] + opening * levels + page[where:]


MUTATE: tuple[Callable[[bytes, random.Random], bytes], ...] = (cut, cut_out, repeated, recoded, flipped, nested)


def check_made(article: Article) -> None:
    """It is one of two things: a story with a headline, or a reason."""
    assert (article.refusal is None) == bool(article.title and article.body)
    assert all(paragraph.strip() for paragraph in article.body.split("\n\n")) or article.refusal
    assert "\x00" not in f"{article.title}{article.body}"
    assert article.fingerprint


@pytest.mark.parametrize("name", names())
def test_damaged_pages_give_an_article_or_a_reason(name: str) -> None:
    told = fixture(name)
    for number in range(MUTATIONS):
        dice = random.Random(f"{name} {number}")
        body = MUTATE[number % len(MUTATE)](told.page.body, dice)
        if dice.random() < 0.3:
            body = dice.choice(MUTATE)(body or b"<p>", dice)
        # Rules of its family, and none: then trafilatura has its say.
        check_made(press(replace(told.page, body=body), told.rules if number % 5 else Rules()))
