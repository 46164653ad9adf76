"""Indonesia's provinces, kabupaten and kota, and the names under which datelines print them.

`regions.csv` holds the Kemendagri codes as they stand since Papua was split in 2022: 38 provinces, 416 kabupaten and 98 kota, the
administrative ones of Jakarta among them. The codes of the statistics office (BPS) look alike but number many kabupaten otherwise.

`towns.csv` holds the other names of a region, one a row: the capital town of a kabupaten where it is not called like the kabupaten
(Curup for Rejang Lebong), also where the seat has moved and both are printed; spellings (Argamakmur, Palangkaraya, Bau-Bau); and short
names (Solo, Kuansing, Sulsel). A name may stand for several regions: there is a Sukadana in Lampung Timur and one in Kayong Utara.
"""

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A province, kabupaten or kota."""

    code: str
    """Kemendagri code: `17` for a province, `17.08` for a kabupaten or kota."""
    name: str
    """Name without the word Kabupaten or Kota, as the region itself spells it: `Kepahiang`, `Palangka Raya`."""
    kind: str
    """`province`, `kabupaten` or `kota`."""
    parent: str | None
    """Code of the province; None for a province."""
    zone: str
    """IANA time zone: Asia/Jakarta and Asia/Pontianak (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)."""


def regions() -> tuple[Region, ...]:
    """Every region, each province followed by its kabupaten and kota."""
    return tuple(_by_code().values())


def region(code: str) -> Region:
    """The region with that Kemendagri code; ValueError where there is none."""
    try:
        return _by_code()[code]
    except KeyError:
        raise ValueError(
            f"No region has the code {code!r}; take a Kemendagri code such as '17' or '17.08' from archive/regions.csv."
        ) from None


def zone_of(code: str) -> str:
    """The IANA time zone of the region with that code; ValueError where there is none."""
    return region(code).zone


def named(place: str) -> tuple[Region, ...]:
    """The regions that a dateline may mean by `place`, in any case and spacing; empty when no region is called so."""
    return _by_name().get(" ".join(place.casefold().split()), ())


@cache
def places() -> frozenset[str]:
    """The casefolded names of all regions, with their capital towns, spellings and short names."""
    return frozenset(_by_name())


def rows() -> Iterator[dict[str, str | None]]:
    """Every region as a row of the table `regions`, keys as the fields of `Region`."""
    return (asdict(known) for known in regions())


def _lines(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("archive").joinpath(file).read_text(encoding="utf-8").splitlines()))


@cache
def _by_code() -> dict[str, Region]:
    return {
        line["code"]: Region(code=line["code"], name=line["name"], kind=line["kind"], parent=line["parent"] or None, zone=line["zone"])
        for line in _lines("regions.csv")
    }


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {}
    for name, code in [(known.name, known.code) for known in regions()] + [(line["name"], line["region"]) for line in _lines("towns.csv")]:
        found[name.casefold()] = (*found.get(name.casefold(), ()), region(code))
    return found
