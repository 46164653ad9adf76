"""Pages that list stories, read: which links are stories, on which day each was published, what comes next."""

from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.listings import Document
from spiders.lists import Lists, NoListError, by_day, list_page

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2021, 3, 25, 15, tzinfo=WIB)
HOME = "https://contoh.id"
HEADLINE = "Warga Serayu Perbaiki Jembatan Gantung"


def read(body: str, url: str = f"{HOME}/indeks", **lists: object):
    return list_page(Lists(**lists))(Document(url=url, body=body.encode(), headers={}, zone=WIB, at=NOW))  # type: ignore[arg-type]


def item(path: str, date: str = "", words: str = HEADLINE) -> str:
    return f'<li class="item"><a href="{path}">{words}</a> <span class="tanggal">{date}</span></li>'


@pytest.mark.parametrize(
    ("path", "words", "is_story"),
    [
        ("/berita/812-warga-perbaiki-jembatan", HEADLINE, True),
        ("/warga-serayu-perbaiki-jembatan/", HEADLINE, True),
        ("/2021/03/jembatan.html", HEADLINE, True),
        ("/read/70112345/jembatan", HEADLINE, True),
        ("https://www.contoh.id/warga-serayu-perbaiki-jembatan/", HEADLINE, True),
        ("/warga-serayu-perbaiki-jembatan/", "Baca", False),
        ("/tag/jembatan-gantung-serayu/", HEADLINE, False),
        ("/kategori/berita-utama-hari-ini", HEADLINE, False),
        ("/author/nama-penulis-kami", HEADLINE, False),
        ("/indeks", HEADLINE, False),
        ("/tentang", HEADLINE, False),
        ("/unggahan/foto-jembatan-gantung.jpg", HEADLINE, False),
        ("https://lain.id/warga-serayu-perbaiki-jembatan/", HEADLINE, False),
        ("mailto:redaksi-kabar-serayu@contoh.id", HEADLINE, False),
        ("http://[rusak/a-b-c", HEADLINE, False),
    ],
)
def test_a_link_of_some_words_to_a_slug_or_a_number_is_a_story(path, words, is_story):
    page = read(f"<ul>{item('/selalu-ada-di-sini-1')}{item(path, words=words)}</ul>")
    assert (len(page.announcements) == 2) is is_story


def test_where_rules_say_which_links_are_stories_no_words_are_counted():
    page = f'<h2 class="judul"><a href="/a">Baca</a></h2>{item("/warga-serayu-perbaiki-jembatan/")}'
    assert [each.url for each in read(page, links=("h2.judul a",)).announcements] == [f"{HOME}/a"]
    assert [each.url for each in read(page, address="/[a-z]").announcements] == [f"{HOME}/a"]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Kamis, 25 Maret 2021 | 14:05 WIB", "2021-03-25"),
        ("2 jam yang lalu", "2021-03-25"),
        ("kemarin 16.20", "2021-03-24"),
        ("24/03/2021", "2021-03-24"),
        ('<time datetime="2021-03-23T18:00:00+00:00">24 Mar</time>', "2021-03-24"),
        ('<time title="2021-03-23 08:05:00">1 jam lalu</time>', "2021-03-23"),
        ("Berita", None),
        ("", None),
    ],
)
def test_the_day_beside_a_link_is_the_story_s(printed, day):
    (told,) = read(f"<ul>{item('/warga-serayu-perbaiki-jembatan', printed)}</ul>").announcements
    assert told.day == day


def test_the_day_that_an_address_names_is_the_story_s():
    (told,) = read(f"<ul>{item('/2021/03/20/warga-serayu-perbaiki-jembatan', '1 jam lalu')}</ul>").announcements
    assert told.day == "2021-03-20"
    (told,) = read(f"<ul>{item('/2021/03/warga-serayu-perbaiki-jembatan', '20 Maret 2021')}</ul>").announcements
    assert told.day == "2021-03-20"


def test_the_day_of_a_neighbour_is_not_the_story_s():
    one, two = item("/warga-serayu-perbaiki-jembatan"), item("/warga-serayu-panen-raya-padi", "24 Maret 2021")
    days = {each.url.rpartition("/")[2]: each.day for each in read(f"<ul>{one}{two}</ul>").announcements}
    assert days == {"warga-serayu-perbaiki-jembatan": None, "warga-serayu-panen-raya-padi": "2021-03-24"}


def test_a_story_with_picture_and_headline_is_named_once_with_its_day():
    path = "/warga-serayu-perbaiki-jembatan"
    (told,) = read(f'<div><a href="{path}"><img alt=""></a><div><h3>{item(path, "24 Maret 2021")}</h3></div></div>').announcements
    assert (told.url, told.day) == (f"{HOME}{path}", "2021-03-24")


STORY = item("/warga-serayu-perbaiki-jembatan")


@pytest.mark.parametrize(
    ("links", "url", "following"),
    [
        ('<a rel="next" href="/indeks?halaman=2">»</a>', "/indeks", "/indeks?halaman=2"),
        ('<link rel="next" href="/page/2/">', "/", "/page/2/"),
        ('<a href="/indeks?page=3">Selanjutnya »</a>', "/indeks?page=2", "/indeks?page=3"),
        ('<a href="/lama">Older posts</a>', "/", "/lama"),
        ('<a href="/indeks?page=1">1</a> <a href="/indeks?page=3">3</a>', "/indeks?page=2", "/indeks?page=3"),
        ('<a href="/page/2">2</a>', "/", "/page/2"),
        ('<a href="/indeks?page=4">4</a>', "/indeks?page=2", None),
        ('<a href="/foto/2">2</a>', "/indeks", None),
        ('<a href="https://lain.id/page/2">2</a>', "/", None),
        ("", "/indeks", None),
    ],
)
def test_the_next_page_says_so_or_bears_the_next_number(links, url, following):
    found = read(f"<html><head></head><body><ul>{STORY}</ul>{links}</body></html>", f"{HOME}{url}").next
    assert found == (f"{HOME}{following}" if following else None)


def test_archives_are_further_lists():
    page = f'{STORY}<a href="/2021/03/">Maret</a><a href="/2021/02/">Februari</a><a href="/2021/">2021</a>'
    assert [each.url for each in read(page, archives=r"/\d{4}/\d{2}/").listings] == [f"{HOME}/2021/03/", f"{HOME}/2021/02/"]


def test_a_front_page_without_stories_is_no_list_and_a_page_behind_the_last_is_an_empty_one():
    with pytest.raises(NoListError, match="no list of stories"):
        read("<p>Tunggu sebentar</p>")
    assert read("<p>Tidak ada berita</p>", f"{HOME}/indeks?page=9").announcements == ()
    assert read("<p>Tidak ada berita</p><a rel=next href='?page=10'>»</a>", f"{HOME}/indeks?page=9").next is None


def test_behind_the_last_page_of_a_day_stands_the_day_before():
    day = by_day(list_page(Lists()), first=date(2021, 2, 28))

    def following(url: str, body: str) -> str | None:
        return day(Document(url=f"{HOME}{url}", body=body.encode(), headers={}, zone=WIB, at=NOW)).next

    paged = f'{STORY}<a href="/index-news?date=2021-3-1&page=2">2</a>'
    assert following("/index-news?date=2021-3-1", paged) == f"{HOME}/index-news?date=2021-3-1&page=2"
    assert following("/index-news?date=2021-3-1&page=2", STORY) == f"{HOME}/index-news?date=2021-2-28"
    assert following("/index-news?date=2021-3-1", "<a href='/'>Beranda</a><p>Tidak ada</p>") == f"{HOME}/index-news?date=2021-2-28"
    with pytest.raises(NoListError, match="no list of stories"):
        following("/index-news?date=2021-3-1", "<p>Tunggu sebentar</p>")
    assert following("/index-news?date=2021-2-28", STORY) is None


PIECES = [
    "<a href=",
    "</a>",
    "<ul>",
    "</ul>",
    "<li>",
    "'/a-b-c'",
    "'?page=2'",
    "'//['",
    ">",
    "<",
    "=",
    "24 Maret 2021",
    " ",
    "\x00",
    "satu dua tiga empat",
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_page_is_a_list_or_says_that_it_is_none(pieces):
    with suppress(NoListError):
        read("".join(pieces))
