"""Bodies, packed: each can be unpacked by itself, at most with one dictionary, which is what two pages of its portal look like.

When a page is kept is decided from pages.db alone, so that it is no matter who kept the pages before, and in how many processes:

- A portal's first pages are packed by themselves. As soon as there are two of them, they are the dictionary for those that follow.
- About one page in 64 is a trial: would a dictionary of two younger pages have made the last four smaller, by so much that it pays for
  itself before the next trial? Then it is the dictionary from there on.
- Of pages that are packed little better than the dictionary itself, as those of a new theme are, one in eight is a trial.
"""

import hashlib
import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import zstandard
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.records import Page

STORED = "bodies.size, bodies.zstd, bodies.dictionary"
"""The columns that `Bodies.unpack` takes, in its order."""
PAGE_SIZE = 1024
"""Of SQLite in pages.db: what a row leaves of its last page is lost, which is 0.1 KB of a body then, and 1 KB with pages of 4096 bytes."""
LEVEL, FAST = 9, 3
"""Of zstd: for what stays, and for what is soon thrown away."""
WITH_DICTIONARY = zstandard.ZstdCompressionParameters(
    window_log=20,
    chain_log=18,
    hash_log=18,
    search_log=6,
    min_match=5,
    target_length=64,
    strategy=zstandard.STRATEGY_LAZY2,
    write_content_size=True,
)
"""What level 9 does, but in less memory, and with an eye for what is at least five bytes long: beside a page of the same theme it finds
more in as much time. What finds still more (level 12, 15) takes three to nine times as long, for pages that are 2 to 6% smaller."""
PAGES = 2
"""Of which a dictionary is made: a third one makes pages no smaller."""
LARGEST, SMALLEST = 128 * 1024, 2 * 1024
"""Bytes of a page that go into a dictionary, and that it must have."""
TRIED = 4
"""Pages that a trial packs."""
TRIAL, POOR_TRIAL = 64, 8
"""One page in so many is a trial, and one in so many of those that the dictionary does not suit: as many must save what it takes."""
SUITABLE = 0.85
"""A dictionary suits a body that takes at most so much of what its own pages take on average: one by itself, one beside the other."""
LOOK_BACK = 16
"""Captures of a portal among which pages for a dictionary are looked for."""
PREPARED = 16
"""Dictionaries that are held ready: three megabytes each where pages are packed, 0.3 where they are only read."""


class BodyError(ValueError):
    """A body or a dictionary is not what was stored; the message says what is wrong, as the end of a sentence."""


class Dictionary:
    """The bytes that bodies refer to, ready to pack and to unpack."""

    def __init__(self, content: bytes, taken: int) -> None:
        """`taken`: the bytes that the content takes, packed by itself."""
        self.content, self.taken = content, taken

    @cached_property
    def packer(self) -> zstandard.ZstdCompressor:
        """Packs bodies that refer to it."""
        return zstandard.ZstdCompressor(compression_params=WITH_DICTIONARY, dict_data=self._raw())

    @cached_property
    def unpacker(self) -> zstandard.ZstdDecompressor:
        """Unpacks them."""
        return zstandard.ZstdDecompressor(dict_data=self._raw())

    def suits(self, size: int, taken: int) -> bool:
        """Whether a body of that size that takes so many bytes was packed well, beside how the dictionary is."""
        return taken * len(self.content) <= self.taken * size * SUITABLE

    def _raw(self) -> zstandard.ZstdCompressionDict:
        # A trained one needs a hundred pages, and was half as good whenever its training went astray.
        return zstandard.ZstdCompressionDict(self.content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def packed(body: bytes, *, level: int = LEVEL) -> bytes:
    """A body packed by itself."""
    return zstandard.ZstdCompressor(level=level).compress(body)


def unpacked(size: int, stored: bytes, dictionary: Dictionary | None = None) -> bytes:
    """The body of that size that was packed, by itself or with `dictionary`; BodyError where it cannot be had."""
    unpacker = dictionary.unpacker if dictionary else zstandard.ZstdDecompressor()
    try:
        # Before it is unpacked: a damaged frame may claim to be of any size.
        if (claimed := zstandard.frame_content_size(stored)) != size:
            raise BodyError(f"it has {claimed} bytes and not {size}")
        return unpacker.decompress(stored)
    except (zstandard.ZstdError, TypeError) as error:
        raise BodyError(f"it cannot be unpacked ({error})") from error


def wrong_with(sha256: str, size: int, stored: bytes, dictionary: Dictionary | None = None) -> str | None:
    """What is wrong with a stored body or dictionary, or None."""
    try:
        found = hashlib.sha256(unpacked(size, stored, dictionary)).hexdigest()
    except BodyError as error:
        return str(error)
    return None if found == sha256 else f"its bytes have the SHA-256 {found}"


@dataclass(frozen=True, slots=True)
class _Recent:
    """A body that was kept lately: what it is, and the bytes that it takes."""

    body: bytes
    taken: int


class Bodies:
    """The tables `bodies` and `dictionaries` of a connection to pages.db."""

    def __init__(self, database: Database | sqlite3.Connection) -> None:
        self._db = database
        # Known by what they are, not by their ids: a transaction that is rolled back leaves an id to the next dictionary.
        self._prepared: OrderedDict[str, Dictionary] = OrderedDict()

    def unpack(self, size: int, stored: bytes, dictionary: int | None) -> bytes:
        """The body that a row holds; BodyError where it cannot be had."""
        return unpacked(size, stored, None if dictionary is None else self.dictionary(dictionary))

    def body(self, sha256: str) -> bytes | None:
        """The body of that SHA-256, or None; ArchiveError where it cannot be had."""
        row = self._db.execute(f"select {STORED} from bodies where sha256 = ?", [sha256]).fetchone()
        try:
            return self.unpack(*row) if row else None
        except BodyError as error:
            raise ArchiveError(f"The body {sha256} in pages.db is damaged ({error}); restore it from a backup.") from error

    def dictionary(self, key: int) -> Dictionary:
        """The dictionary of that id; BodyError where it is not what was stored."""
        row = self._db.execute("select sha256 from dictionaries where id = ?", [key]).fetchone()
        if row is None:
            raise BodyError(f"its dictionary {key} is not there")
        (sha256,) = row
        if sha256 not in self._prepared:
            size, stored = self._db.execute("select size, zstd from dictionaries where id = ?", [key]).fetchone()
            if wrong := wrong_with(sha256, size, stored):
                raise BodyError(f"its dictionary {key} is damaged: {wrong}")
            self._prepared[sha256] = Dictionary(unpacked(size, stored), len(stored))
        self._prepared.move_to_end(sha256)
        while len(self._prepared) > PREPARED:
            self._prepared.popitem(last=False)
        return self._prepared[sha256]

    def keep(self, page: Page, sha256: str) -> int | None:
        """The bytes that the body of a page, of that SHA-256, now takes; None where it was there. Inside the caller's transaction."""
        if self._db.execute("select 1 from bodies where sha256 = ?", [sha256]).fetchone():
            return None
        key, stored = self._pack(page)
        self._db.execute("insert into bodies (sha256, size, zstd, dictionary) values (?, ?, ?, ?)", [sha256, len(page.body), stored, key])
        return len(stored)

    def _pack(self, page: Page) -> tuple[int | None, bytes]:
        """The dictionary that a body was packed with, if any, and what came of it."""
        key = self._latest(page.portal)
        if key is not None:
            try:
                return key, self.dictionary(key).packer.compress(page.body)
            except BodyError:
                # What was fetched is kept, whatever became of the dictionary; `arsip verify` names it.
                pass
        return None, packed(page.body)

    def _latest(self, portal: str) -> int | None:
        row = self._db.execute("select id from dictionaries where portal = ? order by id desc limit 1", [portal]).fetchone()
        return row[0] if row else None

    def renew(self, page: Page, sha256: str, taken: int) -> None:
        """Give the portal of a page another dictionary where that pays. Behind `keep` and the capture, inside the caller's transaction."""
        if not page.portal:
            return
        key = self._latest(page.portal)
        if key is None:
            recent = self._recent(page.portal, PAGES)
            if len(recent) == PAGES:
                content = _content(recent)
                self._add(page, content, packed(content))
            return
        every = TRIAL if self._suits(key, len(page.body), taken) else POOR_TRIAL
        # By what the page is, not by a count that somebody would have to keep.
        if int(sha256[:8], 16) % every == 0:
            self._try(page, every)

    def _suits(self, key: int, size: int, taken: int) -> bool:
        try:
            return self.dictionary(key).suits(size, taken)
        except BodyError:
            return False

    def _try(self, page: Page, every: int) -> None:
        recent = self._recent(page.portal, TRIED + PAGES)
        if len(recent) < TRIED + PAGES:
            return
        tried, content = recent[:TRIED], _content(recent[TRIED:])
        stored = packed(content)
        packer = Dictionary(content, len(stored)).packer
        saved = sum(each.taken - len(packer.compress(each.body)) for each in tried)
        if saved * every > len(stored) * TRIED:
            self._add(page, content, stored)

    def _recent(self, portal: str, number: int) -> list[_Recent]:
        """As many of the bodies that came last of a portal, the last one first; fewer where there are no more to be had."""
        rows = self._db.execute(
            f"""
            select {STORED} from (select id, sha256, status from captures where portal = ? order by id desc limit {LOOK_BACK}) as last
            join bodies using (sha256) where status = 200 and size >= ? group by sha256 order by max(last.id) desc
            """,
            [portal, SMALLEST],
        )
        found = []
        for size, stored, key in rows:
            try:
                found.append(_Recent(self.unpack(size, stored, key), len(stored)))
            except BodyError:
                continue
            if len(found) == number:
                break
        return found

    def _add(self, page: Page, content: bytes, stored: bytes) -> None:
        row = [page.portal, page.fetched_at.isoformat(), hashlib.sha256(content).hexdigest(), len(content), stored]
        self._db.execute("insert into dictionaries (portal, made_at, sha256, size, zstd) values (?, ?, ?, ?, ?)", row)


def _content(pages: Sequence[_Recent]) -> bytes:
    """A dictionary of pages, the last one first; the end of a dictionary is the cheapest to refer to."""
    return b"".join(each.body[:LARGEST] for each in reversed(pages))
