"""Which ways are gone, and what instead of a closed one."""

import pytest

from spiders.listings import Reading, Way
from spiders.ways import Ways


def way(name: str, **facts: object) -> Way:
    return Way(name=name, url=f"https://contoh.id/{name}", read=lambda _: Reading(), **facts)  # type: ignore[arg-type]


REST, PAGED, NEWEST, NEWS, LIST = way("rest"), way("paged"), way("newest", newest=True), way("news", newest=True), way("list")
MAP = way("map", whole=True)


@pytest.mark.parametrize(
    ("ways", "besides", "first"),
    [
        ((REST, PAGED, LIST), True, ["rest"]),
        ((REST, PAGED, MAP, LIST), True, ["rest", "map"]),
        ((REST, PAGED, MAP, LIST), False, ["rest"]),
        ((NEWEST, NEWS, MAP, LIST), True, ["newest", "news", "map"]),
        ((NEWEST, NEWS), True, ["newest", "news"]),
        ((), True, []),
    ],
)
def test_the_first_way_to_all_stories_is_gone_with_those_to_the_newest_before_it(ways, besides, first):
    assert [each.name for each in Ways(ways, besides=besides).begin()] == first


def test_where_a_way_is_closed_the_next_is_gone_and_none_twice():
    walk = Ways((REST, NEWEST, MAP, PAGED, LIST), besides=True)
    assert walk.begin() == [REST, MAP]
    assert walk.closed(REST, "status 401") == [NEWEST]  # the map, which reaches all, is gone already
    assert walk.closed(MAP, "status 404") == [PAGED]
    walk.answered(PAGED)
    assert walk.closed(NEWEST, "status 404") == []
    assert [(each["way"], each["state"], each["reason"]) for each in walk.told()] == [
        ("rest", "closed", "status 401"),
        ("newest", "closed", "status 404"),
        ("map", "closed", "status 404"),
        ("paged", "answered", None),
        ("list", "not asked", None),
    ]


def test_a_closed_way_beside_another_that_is_open_needs_none_instead():
    walk = Ways((REST, MAP, LIST), besides=True)
    walk.begin()
    walk.answered(REST)
    assert walk.closed(MAP, "status 404") == []


def test_a_way_that_closed_before_it_was_needed_is_passed_over():
    walk = Ways((REST, MAP, LIST), besides=True)
    walk.begin()
    assert walk.closed(MAP, "status 404") == []
    assert walk.closed(REST, "status 401") == [LIST]


def test_a_way_with_several_entrances_is_closed_when_all_of_them_are():
    several = way("several", beside=("https://contoh.id/b", "https://contoh.id/c"))
    walk = Ways((several, LIST), besides=True)
    walk.begin()
    assert walk.closed(several, "status 404") == []
    assert walk.closed(several, "status 404") == []
    assert walk.closed(several, "status 500") == [LIST]
    walk = Ways((several, LIST), besides=True)
    walk.begin()
    walk.answered(several)
    assert [walk.closed(several, "status 404") for _ in range(2)] == [[], []]
    assert walk.told()[0]["state"] == "answered"
