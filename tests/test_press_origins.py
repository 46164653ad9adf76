"""Every field says where it came from, and what found it there."""

from dataclasses import replace

import pytest

from archive.records import Article
from pipelines.rules import Rules
from tests import builders
from tests.pressing import RULES, STORY, pressed


def told_by(article: Article) -> dict[str, tuple[str, str]]:
    """Of each field where it came from, and what found it there."""
    assert list(article.sources) == sorted(article.sources)
    return {field: (source, by) for (field, source), (_, by) in zip(article.sources, article.found_by, strict=True)}


def test_every_field_says_where_it_came_from_and_what_found_it() -> None:
    tag = '<meta property="article:tag" content="air">'
    head = f'<meta property="article:section" content="Desa">{tag}{tag}'
    article = pressed(head=head, beside='<i class="tanggal">25 Maret 2021</i><i class="ubah">26 Maret 2021</i><img src="/a.jpg">')
    assert told_by(article) == {
        "body": ("rule", "div.isi"),
        "image": ("rule", "img@src"),
        "modified": ("rule", "i.ubah"),
        "published": ("rule", "i.tanggal"),
        "section": ("meta", "article:section"),
        "tags": ("meta", "article:tag"),
        "title": ("rule", "h1"),
    }
    assert (article.section, article.tags) == ("Desa", ("air",))


BARE = replace(RULES, title=("h2.judul", "h1"), body=("div.teks", "div.isi"), credits=("s",))
"""Rules of which the second is the one that finds."""
PROSE = "".join(
    f"<p>Warga dusun {number} mulai memakai sumur bor yang dibangun dari dana desa, kata kepala desa.</p>" for number in range(5)
)
SIGNED = "<div>Wulan Paramita | Kamis, 25 Maret 2021 14:05 WIB</div>"
LD = '<script type="application/ld+json">{{"@type": "NewsArticle", {}}}</script>'


@pytest.mark.parametrize(
    ("body", "beside", "head", "rules", "expected"),
    [
        # Rules: the first selector that finds anything
        (STORY, "", "", BARE, {"title": ("rule", "h1"), "body": ("rule", "div.isi")}),
        (f"<div class='teks'><img></div>{STORY}", "", "", BARE, {"body": ("rule", "div.isi")}),
        # The text's own lines, by the rows that take them off
        (
            f"<p>KEPAHIANG – Sumur bor mengalir.</p>{STORY}<p>Penulis: mam</p><p>Editor: AG</p><p>Sumber: Diskominfo</p>",
            "",
            "",
            RULES,
            {
                "place": ("text", "dateline"),
                "authors": ("text", "credit-line"),
                "editors": ("text", "credit-line"),
                "credited_source": ("text", "credit-line"),
            },
        ),
        (
            f"{STORY}<p>(mam/antara)</p>",
            "",
            "",
            RULES,
            {"byline": ("text", "closing"), "authors": ("text", "closing"), "credited_source": ("text", "closing")},
        ),
        # The lines around it
        (
            STORY,
            "<s>Penulis: Wulan Paramita</s><s>Editor: AG</s><s>Sumber: Diskominfo</s>",
            "",
            BARE,
            {
                "authors": ("visible", "credit-line"),
                "editors": ("visible", "credit-line"),
                "credited_source": ("visible", "credit-line"),
            },
        ),
        (
            PROSE,
            SIGNED,
            "<title>Sumur Bor</title>",
            Rules(),
            {
                "title": ("visible", "heading"),
                "body": ("visible", "prose"),
                "published": ("visible", "near-headline"),
                "authors": ("visible", "name-alone"),
            },
        ),
        (f"{PROSE}</div><div>(mam)</div><div>", "", "", Rules(), {"byline": ("visible", "closing"), "authors": ("visible", "closing")}),
        # Machines: the first of several names that names a person
        (
            STORY,
            "",
            '<meta name="author" content="Admin"><meta name="dc.creator" content="Wulan Paramita">',
            replace(RULES, authors=()),
            {"authors": ("meta", "dc.creator")},
        ),
        (
            STORY,
            "",
            LD.format('"headline": "Sumur Bor", "datePublished": "2021-03-25", "editor": {"name": "AG"}, "keywords": "air"'),
            RULES,
            {"published": ("json-ld", "datePublished"), "editors": ("json-ld", "editor"), "tags": ("json-ld", "keywords")},
        ),
        ("", "", LD.format(f'"headline": "Sumur Bor", "articleBody": "{PROSE[3:-4]}"'), Rules(), {"body": ("json-ld", "articleBody")}),
    ],
)
def test_what_found_a_field(body: str, beside: str, head: str, rules: Rules, expected: dict[str, tuple[str, str]]) -> None:
    told = told_by(pressed(body, beside=beside, head=head, rules=rules))
    assert {field: told.get(field) for field in expected} == expected


def test_the_address_is_the_last_to_tell_the_day() -> None:
    article = pressed(url=f"{builders.HOME}/2021/03/25/sumur-bor")
    assert told_by(article)["published"] == ("url", "path")
