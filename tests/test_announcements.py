"""What listings announce: one address each, and the days on which it may lie."""

from zoneinfo import ZoneInfo

import pytest

from archive.ledger import Announcement
from spiders.announcements import LONGEST_ADDRESS, outside, own_addresses
from spiders.site import Site

WIB = ZoneInfo("Asia/Jakarta")
HOME = "https://contoh.id"
SITE = Site(HOME, "http://127.0.0.1:8000")


def own(*urls: str, known: tuple[str, ...] = ()) -> list[str]:
    found = own_addresses([Announcement(url=url) for url in urls], SITE, known=lambda asked: set(known) & set(asked))
    return [each.url.removeprefix(HOME) for each in found]


@pytest.mark.parametrize(
    "url",
    [
        "https://contoh.id/a-b-c/",
        "http://contoh.id/a-b-c/",
        "https://www.contoh.id/a-b-c/",
        "https://m.contoh.id/a-b-c/",
        "https://amp.contoh.id/a-b-c/",
        "http://127.0.0.1:8000/a-b-c/",
        "/a-b-c/",
        "https://contoh.id/a-b-c/?utm_source=fb&fbclid=1",
        "https://contoh.id/a-b-c/amp/",
        "https://contoh.id/a-b-c/?amp=1",
        "https://contoh.id/a-b-c/?m=1",
        "https://contoh.id/a-b-c/?page=2",
        "https://contoh.id/a-b-c/?page=all",
        "https://contoh.id/a-b-c/#komentar",
        "https://CONTOH.id:443/a-b-c/",
    ],
)
def test_an_address_in_every_dress_is_one(url):
    assert own(url, "https://contoh.id/a-b-c/", "https://contoh.id/a-b-c") == ["/a-b-c/"]


@pytest.mark.parametrize(
    "url",
    [
        "https://lain.id/a-b-c/",
        "https://contoh.id.lain.id/a/",
        "https://contoh.id/",
        "https://contoh.id",
        "https://contoh.id/" + "a" * LONGEST_ADDRESS,
    ],
)
def test_other_sites_the_front_page_and_endless_addresses_are_none(url):
    assert own(url) == []


def test_the_address_that_is_known_stays_with_its_slash_or_without():
    assert own(f"{HOME}/a/", known=(f"{HOME}/a",)) == ["/a"]
    assert own(f"{HOME}/a", known=(f"{HOME}/a/",)) == ["/a/"]
    assert own(f"{HOME}/a", known=(f"{HOME}/a/", f"{HOME}/a")) == ["/a"]
    assert own(f"{HOME}/a", f"{HOME}/a/") == ["/a"]
    assert own(f"{HOME}/?p=12", f"{HOME}/?p=13") == ["/?p=12", "/?p=13"]


def test_the_day_that_an_address_names_is_the_story_s():
    (told,) = own_addresses([Announcement(url=f"{HOME}/2021/03/25/a/")], SITE, known=lambda _: ())
    assert told.day == "2021-03-25"


@pytest.mark.parametrize(
    ("announcement", "is_outside"),
    [
        (Announcement(url="/a", day="2021-03-25"), False),
        (Announcement(url="/a", day="2021-03-19"), True),
        (Announcement(url="/a", day="2021-03-31"), True),
        (Announcement(url="/2021/03/a.html"), False),
        (Announcement(url="/2021/02/a.html"), True),
        (Announcement(url="/2021/04/a.html"), True),
        (Announcement(url="/a", lastmod="2021-03-19T16:59:59+00:00"), True),
        (Announcement(url="/a", lastmod="2021-03-19T17:00:00+00:00"), False),  # the 20th in Kebumen
        (Announcement(url="/a", lastmod="2021-06-01T00:00:00+00:00"), False),
        (Announcement(url="/a", day="2021-03-25", lastmod="2021-03-01T00:00:00+00:00"), False),
        (Announcement(url="/a"), False),
    ],
)
def test_what_is_known_to_lie_outside_the_days_is_left_out_and_nothing_else(announcement, is_outside):
    announcement = Announcement(url=f"{HOME}{announcement.url}", day=announcement.day, lastmod=announcement.lastmod)
    assert outside(announcement, since="2021-03-20", until="2021-03-30", zone=WIB) is is_outside
