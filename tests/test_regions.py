"""The table of regions is whole, and the names of places lead back to it."""

import csv
from collections import Counter
from datetime import datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from archive import regions
from archive.regions import Region, named, places, region, zone_of

HOURS = {"WIB": 7, "WITA": 8, "WIT": 9}


def lines(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("archive").joinpath(file).read_text(encoding="utf-8").splitlines()))


def test_every_region_once() -> None:
    assert Counter(line["kind"] for line in lines("regions.csv")) == {"province": 38, "kabupaten": 416, "kota": 98}
    assert len({line["code"] for line in lines("regions.csv")}) == 38 + 416 + 98
    assert len({(known.name, known.kind, known.parent) for known in regions.regions()}) == 38 + 416 + 98


def test_every_region_lies_in_its_province() -> None:
    for known in regions.regions():
        if known.kind == "province":
            assert known.parent is None
            assert len(known.code) == 2
        else:
            assert known.parent is not None
            assert region(known.parent).kind == "province"
            head, _, number = known.code.partition(".")
            assert head == known.parent
            assert ("01" <= number < "70") if known.kind == "kabupaten" else ("71" <= number <= "79")
            assert known.zone == zone_of(known.parent)


def test_names_say_nothing_but_the_name() -> None:
    for line in lines("regions.csv") + lines("towns.csv"):
        assert line["name"] == " ".join(line["name"].split())
        assert line["name"]
    for known in regions.regions():
        assert known.name.split()[0] not in {"Kabupaten", "Kab.", "Kota", "Provinsi"}


@pytest.mark.parametrize(
    ("code", "name", "province"),
    [
        ("17.08", "Kepahiang", "Bengkulu"),
        ("91.71", "Jayapura", "Papua"),
        ("92.02", "Manokwari", "Papua Barat"),
        ("93.01", "Merauke", "Papua Selatan"),
        ("94.04", "Mimika", "Papua Tengah"),
        ("95.01", "Jayawijaya", "Papua Pegunungan"),
        ("96.71", "Sorong", "Papua Barat Daya"),
    ],
)
def test_codes_are_those_after_the_split_of_papua(code: str, name: str, province: str) -> None:
    assert region(code).name == name
    assert region(code[:2]).name == province


@pytest.mark.parametrize(
    ("code", "name", "time"),
    [
        ("33.05", "Kebumen", "WIB"),
        ("61.71", "Pontianak", "WIB"),
        ("62.71", "Palangka Raya", "WIB"),
        ("51.71", "Denpasar", "WITA"),
        ("63.71", "Banjarmasin", "WITA"),
        ("73.71", "Makassar", "WITA"),
        ("81.71", "Ambon", "WIT"),
        ("82.71", "Ternate", "WIT"),
        ("96.71", "Sorong", "WIT"),
    ],
)
def test_the_clock_of_well_known_places(code: str, name: str, time: str) -> None:
    assert region(code).name == name
    assert datetime(2026, 11, 22, tzinfo=ZoneInfo(zone_of(code))).utcoffset() == timedelta(hours=HOURS[time])


def test_western_kalimantan_has_a_zone_of_its_own() -> None:
    assert {known.parent or known.code for known in regions.regions() if known.zone == "Asia/Pontianak"} == {"61", "62"}


@pytest.mark.parametrize("code", ["", "99", "17.99", "1708", "Bengkulu", "17.08 "])
def test_an_unknown_code_is_named_in_the_error(code: str) -> None:
    with pytest.raises(ValueError, match=r"^No region has the code .*; take a Kemendagri code .*\.$") as error:
        zone_of(code)
    assert repr(code) in str(error.value)
    assert error.value.__suppress_context__


def test_a_region_is_a_value() -> None:
    assert region("17.08") == Region(code="17.08", name="Kepahiang", kind="kabupaten", parent="17", zone="Asia/Jakarta")
    assert len({region("17.08"), region("17.08")}) == 1


def test_every_town_stands_for_a_region_and_adds_a_name() -> None:
    towns = [(line["name"], line["region"]) for line in lines("towns.csv")]
    assert len(set(towns)) == len(towns)
    for name, code in towns:
        assert name.casefold() != region(code).name.casefold()
        assert region(code) in named(name)


def test_places_are_the_names_of_all_regions_and_towns() -> None:
    assert places() == {line["name"].casefold() for line in lines("regions.csv") + lines("towns.csv")}
    assert places() is places()


@pytest.mark.parametrize(
    "place", ["curup", "arga makmur", "argamakmur", "manna", "muko-muko", "mukomuko", "tais", "kebumen", "jakarta", "solo"]
)
def test_datelines_are_recognised(place: str) -> None:
    assert place in places()


@pytest.mark.parametrize("place", ["", "gombong", "london", "kabupaten", "kota"])
def test_other_words_are_not_places(place: str) -> None:
    assert place not in places()
    assert named(place) == ()


def test_a_name_leads_to_every_region_that_bears_it() -> None:
    assert [known.code for known in named("CURUP")] == ["17.02"]
    assert [known.code for known in named("Bengkulu")] == ["17", "17.71"]
    assert [known.code for known in named(" Sukadana\n")] == ["18.07", "61.11"]
    assert [known.code for known in named("Arga  Makmur")] == ["17.03"]


def test_rows_fill_the_table() -> None:
    rows = list(regions.rows())
    assert len(rows) == 552
    assert rows[0] == {"code": "11", "name": "Aceh", "kind": "province", "parent": None, "zone": "Asia/Jakarta"}
