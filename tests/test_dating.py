"""Of the dates on a page, the one that most of it confirms, in the zone that readers see; a constant of the template loses."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Stamp
from pipelines.dating import Dating, choose
from pipelines.found import JSON_LD, META, RULE, URL, VISIBLE, Found, Origin
from tests.steady import steady

NOW = datetime(2021, 4, 1, 5, tzinfo=UTC)
DAY = "Kamis, 25 Maret 2021"
PRINTED = "Kamis, 25 Maret 2021 14:34 WIB"


def dated(
    *published: tuple[str, str], modified: tuple[tuple[str, str], ...] = (), further: tuple[str, ...] = (), zone: str = "Asia/Jakarta"
) -> Dating:
    return choose(
        [Found(value, source, "published") for source, value in published],
        [Found(value, source, "modified") for source, value in modified],
        [Found(value, VISIBLE, "further") for value in further],
        zone=zone,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("published", "iso", "source", "flags"),
    [
        # One source
        ([(VISIBLE, PRINTED)], "2021-03-25T14:34+07:00", VISIBLE, ()),
        ([(VISIBLE, DAY)], "2021-03-25", VISIBLE, ()),
        ([(URL, "2021-03-25")], "2021-03-25", URL, ()),
        ([(JSON_LD, "2021-03-25T07:34:06Z")], "2021-03-25T07:34:06+00:00", JSON_LD, ()),
        # A time beats none on the same day
        ([(VISIBLE, DAY), (META, "2021-03-25T14:34:06+07:00")], "2021-03-25T14:34:06+07:00", META, ()),
        ([(RULE, DAY), (VISIBLE, PRINTED)], "2021-03-25T14:34+07:00", VISIBLE, ()),
        # WIB stamped as UTC: the clock time is the same, so the zone is wrong
        ([(META, "2021-03-25T14:34:06+00:00"), (VISIBLE, PRINTED)], "2021-03-25T14:34:06+07:00", META, ("zone",)),
        ([(JSON_LD, "2021-03-25T14:34:06Z"), (VISIBLE, PRINTED)], "2021-03-25T14:34:06+07:00", JSON_LD, ("zone",)),
        ([(META, "2021-03-25T14:34:06+00:00"), (VISIBLE, "25/03/2021 14:34")], "2021-03-25T14:34:06+07:00", META, ("zone",)),
        # A Z that is true: seven hours lie between the two
        ([(JSON_LD, "2021-03-25T07:34:06Z"), (VISIBLE, PRINTED)], "2021-03-25T07:34:06+00:00", JSON_LD, ()),
        ([(JSON_LD, "2021-03-25T14:34:06+07:00"), (VISIBLE, PRINTED)], "2021-03-25T14:34:06+07:00", JSON_LD, ()),
        # Readers saw another time than machines are told
        ([(JSON_LD, "2021-03-25T09:00:00+07:00"), (VISIBLE, PRINTED)], "2021-03-25T14:34+07:00", VISIBLE, ()),
        # Pages that print their hours from 1 to 12
        ([(JSON_LD, "2021-03-25T14:34:06+07:00"), (VISIBLE, "25 - Mar - 2021, 02:34")], "2021-03-25T14:34:06+07:00", JSON_LD, ()),
        # The template's constant is contradicted by the page
        (
            [(JSON_LD, "2014-01-01T00:00:00+07:00"), (META, "2021-03-25T14:34:06+07:00"), (VISIBLE, PRINTED)],
            "2021-03-25T14:34:06+07:00",
            META,
            ("contradicted",),
        ),
        ([(JSON_LD, "2014-01-01T00:00:00+07:00"), (VISIBLE, PRINTED)], "2021-03-25T14:34+07:00", VISIBLE, ("contradicted",)),
        ([(META, "2014-01-01"), (URL, "2021-03-25"), (VISIBLE, DAY)], "2021-03-25", VISIBLE, ("contradicted",)),
        # An address agrees with what machines are told, against another date near the headline
        (
            [(JSON_LD, "2021-03-25T14:34:06+07:00"), (URL, "2021-03-25"), (VISIBLE, "1 April 2021")],
            "2021-03-25T14:34:06+07:00",
            JSON_LD,
            (),
        ),
        # A rule was written for the portal
        ([(RULE, PRINTED), (JSON_LD, "2020-01-01"), (META, "2020-01-01")], "2021-03-25T14:34+07:00", RULE, ("contradicted",)),
        # Counted back from the day of the capture
        ([(VISIBLE, "1 minggu yang lalu"), (META, "2021-03-24T09:00:00+07:00")], "2021-03-24T09:00:00+07:00", META, ()),
        # No date, or none that a story can have
        ([(JSON_LD, "1970-01-01T00:00:00Z"), (VISIBLE, PRINTED)], "2021-03-25T14:34+07:00", VISIBLE, ()),
        ([(META, "0000-00-00"), (VISIBLE, "dibaca 2021 kali"), (URL, "2021-03-25")], "2021-03-25", URL, ()),
        ([(META, "2031-03-25T14:34:06+07:00"), (VISIBLE, DAY)], "2021-03-25", VISIBLE, ()),
    ],
)
def test_the_date_of_publication(published: list[tuple[str, str]], iso: str, source: str, flags: tuple[str, ...]) -> None:
    chosen = dated(*published).published
    assert chosen
    assert (chosen.iso, chosen.source, chosen.flags) == (iso, source, flags)


@pytest.mark.parametrize("published", [[], [(VISIBLE, "Wonosobo")], [(JSON_LD, "1970-01-01")], [(META, "")], [(META, "2031-01-01")]])
def test_where_no_date_can_be_read_there_is_none(published: list[tuple[str, str]]) -> None:
    assert dated(*published) == Dating(None, None)


def test_the_zone_is_the_portals_where_none_is_printed() -> None:
    chosen = dated((VISIBLE, "25 Maret 2021 14:34"), zone="Asia/Makassar").published
    assert chosen
    assert chosen.iso == "2021-03-25T14:34+08:00"
    moved = dated((META, "2021-03-25T14:34:00+00:00"), (VISIBLE, "25 Maret 2021 14:34"), zone="Asia/Jayapura").published
    assert moved
    assert moved.iso == "2021-03-25T14:34:00+09:00"


def test_published_wins_over_updated() -> None:
    told = dated((VISIBLE, "Terbit: 25 Maret 2021 14:34 WIB Diperbarui: 26 Maret 2021 08:00 WIB"))
    assert told.published
    assert told.modified
    assert (told.published.iso, told.modified.iso) == ("2021-03-25T14:34+07:00", "2021-03-26T08:00+07:00")
    apart = dated((VISIBLE, "Diperbarui: 26 Maret 2021 08:00 WIB"), (VISIBLE, PRINTED))
    assert apart.published
    assert apart.modified
    assert (apart.published.iso, apart.modified.iso) == ("2021-03-25T14:34+07:00", "2021-03-26T08:00+07:00")


def test_a_page_that_prints_only_an_update_was_published_by_then() -> None:
    told = dated((VISIBLE, "Diperbarui: 26 Maret 2021 08:00 WIB"))
    assert told.published
    assert told.published.iso == "2021-03-26T08:00+07:00"


def test_what_readers_saw_may_be_the_time_of_the_change() -> None:
    told = dated((JSON_LD, "2021-03-25T09:00:00+07:00"), (VISIBLE, PRINTED), modified=((JSON_LD, "2021-03-25T14:34:00+07:00"),))
    assert told.published
    assert told.modified
    assert (told.published.iso, told.modified.iso) == ("2021-03-25T09:00:00+07:00", "2021-03-25T14:34:00+07:00")


def test_a_source_that_is_wrong_about_one_zone_is_wrong_about_the_other() -> None:
    told = dated((META, "2021-03-25T14:34:06+00:00"), (VISIBLE, PRINTED), modified=((META, "2021-03-25T16:00:00+00:00"),))
    assert told.modified
    assert told.modified.iso == "2021-03-25T16:00:00+07:00"


def test_no_story_changed_before_it_was_published() -> None:
    for constant in ("2014-01-01T00:00:00+07:00", "2021-03-24", "2021-03-25T14:33:00+07:00"):
        assert dated((VISIBLE, PRINTED), modified=((META, constant),)).modified is None
    same = dated((VISIBLE, DAY), modified=((META, "2021-03-25T18:00:00+07:00"),)).modified
    assert same
    assert same.iso == "2021-03-25T18:00:00+07:00"


@pytest.mark.parametrize(
    ("published", "modified", "further", "origins"),
    [
        ([(VISIBLE, PRINTED)], [], [], (Origin(VISIBLE, "published"), None)),
        # Templates give both dates alike; each is told by its own.
        (
            [(META, "2021-03-25T14:34:06+07:00")],
            [(META, "2021-03-25T14:34:06+07:00")],
            [],
            (Origin(META, "published"), Origin(META, "modified")),
        ),
        # What is corrected, taken apart, called an update or read by dateparser was found where it was printed.
        ([(META, "2021-03-25T14:34:06Z"), (VISIBLE, PRINTED)], [], [], (Origin(META, "published"), None)),
        (
            [(RULE, "Terbit: 25 Maret 2021 14:34 Diperbarui: 26 Maret 2021 08:00")],
            [],
            [],
            (Origin(RULE, "published"), Origin(RULE, "published")),
        ),
        ([], [(META, "Diperbarui 26 Maret 2021 08:00")], [], (Origin(META, "modified"), Origin(META, "modified"))),
        ([(META, "2021, 25 Maret")], [], [], (Origin(META, "published"), None)),
        # Further away
        ([], [], [DAY], (Origin(VISIBLE, "further"), None)),
        ([(VISIBLE, DAY)], [], [PRINTED], (Origin(VISIBLE, "further"), None)),
        ([(VISIBLE, DAY)], [], ["Updated: 26 Maret 2021 08:00 WIB"], (Origin(VISIBLE, "published"), Origin(VISIBLE, "further"))),
        ([], [], [], (None, None)),
    ],
)
def test_each_date_says_what_found_it(
    published: list[tuple[str, str]], modified: list[tuple[str, str]], further: list[str], origins: tuple[Origin | None, Origin | None]
) -> None:
    told = dated(*published, modified=tuple(modified), further=tuple(further))
    assert (told.published_from, told.modified_from) == origins


def test_a_masthead_date_is_asked_last() -> None:
    masthead = "Kamis, 1 April 2021"
    told = dated((JSON_LD, "2021-03-25T14:34:06+07:00"), further=(masthead,)).published
    assert told
    assert told.iso == "2021-03-25T14:34:06+07:00"
    # Alone it names the day of the capture, and that is no story's; another day may be, above the headline as well.
    assert dated(further=(masthead,)).published is None
    only = dated(further=(masthead, DAY)).published
    assert only
    assert only.iso == "2021-03-25"


def test_a_finer_date_further_away_tells_the_time_of_that_day_only() -> None:
    told = dated((VISIBLE, DAY), further=("1 April 2021 10:00 WIB", PRINTED)).published
    assert told
    assert told.iso == "2021-03-25T14:34+07:00"


def test_what_only_dateparser_reads_is_flagged() -> None:
    told = dated((VISIBLE, "2021, 25 Maret")).published
    assert told
    assert (told.iso, told.flags) == ("2021-03-25", ("dateparser",))


RAWS = [
    DAY,
    PRINTED,
    "2021-03-25T14:34:06+00:00",
    "2014-01-01",
    "2 jam lalu",
    "Diperbarui 26 Maret 2021 08:00",
    "x",
    "",
    "2021-03-24T23:59:59Z",
    "25/3",
]
founds = st.lists(
    st.builds(Found, st.sampled_from(RAWS), st.sampled_from([RULE, JSON_LD, META, VISIBLE, URL]), st.sampled_from("ab")), max_size=5
)


@steady
@given(founds, founds, founds)
def test_what_comes_out_was_read_from_what_is_there(published: list[Found], modified: list[Found], further: list[Found]) -> None:
    told = choose(published, modified, further, zone="Asia/Jakarta", now=NOW)
    candidates = {(found.value, found.origin) for found in (*published, *modified, *further)}
    for stamp, origin in ((told.published, told.published_from), (told.modified, told.modified_from)):
        if stamp is None or origin is None:
            assert stamp is origin
        else:
            assert isinstance(stamp, Stamp)
            assert (stamp.raw, origin) in candidates
            assert origin.source == stamp.source
    # The order in which a page gives its dates does not decide the day.
    again = choose(published[::-1], modified, further, zone="Asia/Jakarta", now=NOW)
    assert (told.published is None) == (again.published is None)
