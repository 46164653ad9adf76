"""Where the story begins and ends on a page of an unknown CMS, and what stands around it."""

import pytest

from archive.records import Removed
from pipelines import story
from pipelines.clean import blocks
from pipelines.markup import parse
from pipelines.paragraphs import Paragraph, placed
from pipelines.rules import Rules
from pipelines.story import Story

TITLE = "Warga Garung Panen Kentang"
ONE = "Warga Desa Garung memanen kentang sejak Senin pagi, dan harga di pasar induk masih bertahan."
TWO = "Kepala desa mengatakan panen tahun ini lebih baik daripada tahun lalu karena hujan turun teratur."
THREE = "Sebagian hasil panen dikirim ke pasar di kota, sisanya disimpan warga di lumbung milik bersama."
PARAGRAPHS = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
NAMES = frozenset({"kabarserayu.com", "kabarserayu", "kabar serayu"})


def find(markup: str, title: str = TITLE, *, headings: frozenset[str] = frozenset(), **parts: bool) -> Story:
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    return story.find(placed(root, blocks(root, Rules(), captions=True)), title, NAMES, headings, **parts)


def texts(found: Story) -> list[str]:
    return [one.text for one in found.told if isinstance(one, Paragraph)]


def gone(found: Story) -> list[tuple[str, str]]:
    return [(one.rule, one.text) for one in found.told if isinstance(one, Removed)]


@pytest.mark.parametrize(
    "markup",
    [
        f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>",
        f"<h1>{TITLE}</h1><div>{ONE}<br><br>{TWO}<br><br>{THREE}</div>",
        f"<div><h1>{TITLE}</h1>{PARAGRAPHS}</div>",
        f"<h1>{TITLE.upper()}</h1><p>25 Maret 2021</p><div>{PARAGRAPHS}</div>",
        f"<h2>{TITLE}</h2><div><p>Kamis, 25 Maret 2021</p><p>Wulan Paramita</p>{PARAGRAPHS}</div>",
        f"<h1>{TITLE}</h1><div>{PARAGRAPHS}<p><a href='/a'>Harga Cabai di Pasar Wage Naik</a></p></div>",
        f"<h1>{TITLE}</h1><div>{PARAGRAPHS}<h3>Komentar Anda</h3><p>Daerah</p></div>",
        f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div><div><p>{'Kami menghargai privasi pembaca dan menyimpan data dengan aman.'}</p></div>",
        f"<p>{ONE.replace('Garung', 'Kejajar')}</p><h1>{TITLE}</h1><div>{PARAGRAPHS}</div>",
    ],
)
def test_the_story_begins_with_its_first_prose_and_ends_with_its_last(markup: str) -> None:
    assert texts(find(markup)) == [ONE, TWO, THREE]


def test_a_page_without_prose_tells_no_story() -> None:
    assert find(f"<h1>{TITLE}</h1><p>Daerah</p>") == Story()
    assert find("") == Story()


def test_the_headline_within_the_container_is_taken_off() -> None:
    found = find(f"<div><p>Kabar Serayu</p><h1>{TITLE}</h1>{PARAGRAPHS}</div>")
    assert gone(found) == [("headline", TITLE)]
    assert found.headline == TITLE


def test_of_two_places_of_the_headline_the_one_above_the_story_counts() -> None:
    found = find(f"<ul><li>{TITLE}</li></ul><p>Daerah</p><h1>{TITLE}</h1><p>25 Maret 2021</p><div>{PARAGRAPHS}</div>")
    assert found.before == ["25 Maret 2021"]


def test_without_a_title_on_the_page_a_heading_above_the_prose_is_the_headline() -> None:
    markup = f"<h1>Kabar Serayu</h1><h2>{TITLE}</h2><p>25 Maret 2021</p><div>{PARAGRAPHS}</div>"
    found = find(markup, "Situs Berita Warga", headings=frozenset({TITLE, "Kabar Serayu"}))
    assert (found.headline, found.before) == (TITLE, ["25 Maret 2021"])
    assert find(markup, "Situs Berita Warga", headings=frozenset({"Lain Lagi dan Panjang"})).headline is None


@pytest.mark.parametrize(
    ("opening", "kept"),
    [
        ("KEBUMEN –", True),
        ("KEBUMEN", True),
        ("1. Harga", False),
        ("<h3>1. Harga Kentang</h3>", True),
        ("Wulan Paramita", False),
        ("25 Maret 2021", False),
    ],
)
def test_above_the_first_prose_only_a_dateline_is_the_storys(opening: str, kept: bool) -> None:
    found = find(f"<h1>{TITLE}</h1><div><p>{opening}</p>{PARAGRAPHS}</div>")
    assert (len(texts(found)) == 4) is kept
    if not kept:
        assert gone(found) == [("lead-line", opening)]


def test_a_first_paragraph_set_apart_is_known_by_its_dateline() -> None:
    opened = f"KEBUMEN, KabarSerayu.com – {ONE}"
    found = find(f"<h1>{TITLE}</h1><p>25 Maret 2021</p><p>{opened}</p><div class='isi'><p>{TWO}</p><p>{THREE}</p><p>{ONE}</p></div>")
    assert texts(found) == [opened, TWO, THREE, ONE]


@pytest.mark.parametrize("ending", ["(mam)", "Begitu kata mereka.", "***", "“Kami senang.”"])
def test_short_lines_that_can_end_a_story_stay(ending: str) -> None:
    assert texts(find(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}<p>{ending}</p></div>")) == [ONE, TWO, THREE, ending]


@pytest.mark.parametrize("ending", ["Wulan Paramita", "Daerah", "Dibaca 214 kali", "<h3>Siap membaca lagi.</h3>"])
def test_lines_that_cannot_are_taken_off(ending: str) -> None:
    found = find(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}<p>{ending}</p></div>")
    assert texts(found) == [ONE, TWO, THREE]
    assert [rule for rule, _ in gone(found)] == ["tail-line"]


def test_a_story_that_goes_on_may_break_off_with_a_heading() -> None:
    markup = f"<h1>{TITLE}</h1><div>{PARAGRAPHS}<h3>2. Cuaca yang ramah</h3></div>"
    assert texts(find(markup)) == [ONE, TWO, THREE]
    assert texts(find(markup, goes_on=True)) == [ONE, TWO, THREE, "2. Cuaca yang ramah"]


def test_a_story_that_is_continued_may_begin_with_a_subheading() -> None:
    markup = f"<h1>{TITLE}</h1><div><h3>Daerah</h3><h3>Cuaca yang ramah</h3>{PARAGRAPHS}</div>"
    assert texts(find(markup)) == [ONE, TWO, THREE]
    assert texts(find(markup, continued=True)) == ["Cuaca yang ramah", ONE, TWO, THREE]
    linked = f"<h1>{TITLE}</h1><div><h3><a href='/lain'>Cuaca yang ramah</a></h3>{PARAGRAPHS}</div>"
    assert texts(find(linked, continued=True)) == [ONE, TWO, THREE]


def test_a_paragraph_printed_before_is_no_prose_again() -> None:
    found = find(f"<div><p>{ONE}</p></div><h1>{TITLE}</h1><div>{PARAGRAPHS}</div>")
    assert texts(found)[-2:] == [TWO, THREE]


def test_what_stands_around_is_told_apart() -> None:
    found = find(
        f"<p>Kamis, 1 April 2021</p><h1>{TITLE}</h1>"
        "<p><span>Wulan Paramita</span><span>25 Maret 2021</span></p><time datetime='2021-03-25T14:34:00+07:00'>14:34</time>"
        f"<div>{PARAGRAPHS}</div><p>Editor: AG</p><h4>Berita Terkait</h4><p>Penulis: Joko Prasetya</p>"
    )
    assert found.above == ["Kamis, 1 April 2021"]
    assert found.before[0] == "Wulan Paramita · 25 Maret 2021"
    assert found.times == ["2021-03-25T14:34:00+07:00"]
    # Behind the heading of a list stands what is other stories'.
    assert found.after == ["Editor: AG"]


def test_dates_of_other_stories_are_not_told() -> None:
    found = find(
        f"<h1>{TITLE}</h1><div class='related'><p>Harga Cabai</p><time datetime='2020-01-01'>1 Januari 2020</time></div>"
        f"<p>25 Maret 2021</p><div>{PARAGRAPHS}</div>"
    )
    assert found.before == ["25 Maret 2021"]
    assert found.times == []


def test_captions_between_headline_and_story() -> None:
    caption = "Warga mengangkut kentang di Garung (Foto: Wulan Paramita)"
    for markup in (f"<p>{caption}</p>", f"<figure><img src='/a.jpg'><figcaption>{caption}</figcaption></figure>"):
        found = find(f"<h1>{TITLE}</h1>{markup}<div>{PARAGRAPHS}</div>")
        assert found.captions == [caption]
        assert texts(found) == [ONE, TWO, THREE]


def test_teasers_above_the_prose_are_counted() -> None:
    links = "".join(f"<p><a href='/{number}'>Harga Cabai di Pasar Wage Naik {number}</a></p>" for number in range(6))
    assert find(f"<h1>{TITLE}</h1>{links}<div>{PARAGRAPHS}</div>").teasers == 6
    assert find(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}{links}</div>").teasers == 0
