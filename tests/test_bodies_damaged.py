"""A damaged body or dictionary is named, and costs nothing but what it holds."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import bodies as packing
from archive.bodies import Bodies, wrong_with
from archive.errors import ArchiveError
from archive.store import Archive
from tests.arsip import arsip
from tests.builders import PORTAL, keep_portal
from tests.themed import OTHER, change, keep, packed_with, read, rows, themed


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """An archive of two portals, to be damaged: the first has eight pages, of which six are packed with dictionary 1."""
    with Archive(tmp_path) as archive:
        for portal in (PORTAL, OTHER):
            keep_portal(archive, portal)
            for number in range(8):
                archive.keep_page(themed(number, portal, portal=portal))
    return tmp_path


def flip(folder: Path, table: str, where: str, place: int = 700) -> None:
    ((packed,),) = rows(folder, f"select zstd from {table} where {where}")
    other = bytearray(packed)
    other[place] ^= 4
    change(folder, f"update {table} set zstd = ? where {where}", bytes(other))


def found_wrong(folder: Path, *asked: str) -> list[str]:
    result = arsip(folder, "verify", *asked)
    *lines, _ = result.stdout.splitlines()
    assert result.exit_code == (1 if lines else 0)
    return lines


@pytest.mark.parametrize("asked", [(), ("--portal", PORTAL), ("--sample", "3", "--seed", "5")], ids=str)
def test_a_flipped_byte_of_a_dictionary_is_named_once_with_the_number_of_its_pages(damaged: Path, asked: tuple[str, ...]) -> None:
    assert found_wrong(damaged, *asked) == []
    flip(damaged, "dictionaries", "id = 1")
    (line,) = found_wrong(damaged, *asked)
    assert line.startswith("dictionary 1: its bytes have the SHA-256 ")
    assert line.endswith(", and 6 pages cannot be unpacked without it.")


@pytest.mark.parametrize(
    ("sql", "beginnings"),
    [
        ("update dictionaries set zstd = x'28b52ffd' where id = 1", ["dictionary 1: it cannot be unpacked ("]),
        ("update dictionaries set size = 3 where id = 1", ["dictionary 1: it has "]),
        ("update dictionaries set sha256 = 'ab' where id = 1", ["dictionary 1: its bytes have the SHA-256 "]),
        ("update bodies set dictionary = 2 where rowid = 8", ["page {}: "]),
        ("update bodies set dictionary = null where rowid = 8", ["page {}: "]),
        (
            "update bodies set dictionary = 9 where rowid = 8",
            ["row bodies 8: it refers to a row of ", "page {}: its dictionary 9 is not there."],
        ),
    ],
)
def test_what_is_wrong_with_dictionaries_and_with_what_refers_to_them_is_named(damaged: Path, sql: str, beginnings: list[str]) -> None:
    change(damaged, sql)
    ((sha256,),) = rows(damaged, "select sha256 from bodies where rowid = 8")
    for line, beginning in zip(found_wrong(damaged), beginnings, strict=True):
        assert line.startswith(beginning.format(sha256))


def test_another_portals_page_that_needs_a_damaged_dictionary_is_named(damaged: Path) -> None:
    """It was captured of both, and packed with the dictionary of the first."""
    shared = themed(7, PORTAL, portal=OTHER)
    keep(damaged, [shared])
    flip(damaged, "dictionaries", "id = 1")
    (line,) = found_wrong(damaged, "--portal", OTHER)
    assert line.startswith(f"page {shared.sha256}: its dictionary 1 is damaged: its bytes have the SHA-256 ")


def test_a_page_beside_a_whole_dictionary_is_named_by_itself(damaged: Path) -> None:
    flip(damaged, "bodies", "rowid = 8", place=60)
    ((sha256,),) = rows(damaged, "select sha256 from bodies where rowid = 8")
    (line,) = found_wrong(damaged)
    assert line.startswith(f"page {sha256}: ")


DICTIONARY = packing.Dictionary(themed(0).body + themed(1).body, 4_000)
PACKED = DICTIONARY.packer.compress(themed(2).body)


@settings(max_examples=300)
@given(place=st.integers(0, len(PACKED) - 1), bit=st.integers(0, 7))
def test_no_flipped_bit_of_a_body_passes_unless_the_page_is_still_the_same(place: int, bit: int) -> None:
    other = bytearray(PACKED)
    other[place] ^= 1 << bit
    if wrong_with(themed(2).sha256, len(themed(2).body), bytes(other), DICTIONARY) is None:
        # A bit that the format leaves unused.
        assert DICTIONARY.unpacker.decompress(bytes(other)) == themed(2).body


def test_readers_say_in_a_sentence_which_capture_is_damaged(damaged: Path) -> None:
    flip(damaged, "dictionaries", "id = 1")
    with pytest.raises(ArchiveError, match=r"^The body of capture 3 in pages.db is damaged \(its dictionary 1 is damaged: .*restore it"):
        read(damaged)
    result = arsip(damaged, "export", "--warc", str(damaged / "warc"))
    assert result.exit_code == 1
    assert result.stderr.startswith("arsip: The body of capture 3 in pages.db is damaged")
    sha256 = themed(2, PORTAL).sha256
    with Archive(damaged) as archive, pytest.raises(ArchiveError, match=rf"^The body {sha256} in pages.db is damaged \(its dictionary 1 "):
        Bodies(archive.pages_db).body(sha256)


def test_what_is_fetched_is_kept_although_the_dictionary_is_damaged_and_gets_another(damaged: Path) -> None:
    flip(damaged, "dictionaries", "id = 1")
    late = [themed(number, PORTAL) for number in range(100, 160)]
    keep(damaged, late)
    uses = packed_with(damaged)[16:]
    assert uses[0] is None
    assert uses[-1] == 3
    assert set(uses) == {None, 3}
    with Archive(damaged) as archive:
        bodies = Bodies(archive.pages_db)
        assert [bodies.body(capture.sha256) for capture in late] == [capture.body for capture in late]
