"""WARC in: the answers that a WARC file holds, whoever wrote it, as plain values."""

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BufferedReader as BufferedReading
from pathlib import Path
from typing import Any, Protocol

from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser

from archive.http_bodies import LARGEST, undone
from archive.warc import SOFTWARE, kept_headers

DAMAGED = "damaged or broken off"
NO_ORIGINAL = "revisits without their original"
BLOCK = 256 * 1024
LONGEST_LINE = 4096
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?Z)?")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer of a server, as a WARC file holds it."""

    record: str
    """Id of its record."""
    url: str
    at: datetime
    """When it came; aware, UTC."""
    status: int
    headers: Headers
    body: bytes = b""
    """Without transfer and content encoding."""
    told: dict[str, str]
    """What an archive of this project noted beside it, without `arsip-`; empty for the files of others."""
    own: bool = False
    """Whether this project wrote the file."""


class Originals(Protocol):
    """The bodies that a revisit may refer to."""

    def add(self, digest: str, answer: Answer) -> None:
        """Note an answer under the digest that its record states."""

    def body(self, digest: str) -> bytes | None:
        """The body that was noted under a digest, or None."""


class ReadWarc:
    """One pass over a WARC file: gzip by record, gzip as a whole or none, WARC 1.0 and 1.1.

    What it came by stands in `records` and `skipped`; `trouble` says in one sentence why it ended before its end.
    """

    def __init__(self, path: Path, originals: Originals, step: Callable[[int], object] = lambda _: None) -> None:
        self.records = 0
        self.skipped: Counter[str] = Counter()
        self.trouble: str | None = None
        self._path = path
        self._originals = originals
        self._step = step
        self._own = False

    def answers(self, unwanted: Callable[[Answer], str | None]) -> Iterator[list[Answer]]:
        """The answers in the file that are wanted, each with the further pages of its article where the file says so.

        `unwanted` is asked of an answer before its body is read; what it says is why the answer is skipped.
        """
        group: list[Answer] = []
        for answer in self._told(unwanted):
            if answer.told.get("part", "1") != "1" and (not group or answer.told.get("first") != group[0].record):
                self.skipped[DAMAGED] += 1
                continue
            if group and answer.told.get("part", "1") != str(len(group) + 1):
                # Half a story would read as an edit.
                self.skipped[DAMAGED] += len(group)
                group = []
            group.append(answer)
            if group[0].told.get("parts", "1") == str(len(group)):
                yield group
                group = []
        if group:
            self.skipped[DAMAGED] += len(group)

    def _told(self, unwanted: Callable[[Answer], str | None]) -> Iterator[Answer]:
        """Each answer when it is known what was noted beside it, which comes after it."""
        waiting: Answer | None = None
        for record in self._records():
            kind, told = record.rec_type, record.rec_headers
            if kind == "warcinfo":
                self._own = _fields(record.raw_stream.read(BLOCK)).get("software", "").startswith(SOFTWARE)
            elif kind == "metadata" and waiting and told.get_header("WARC-Concurrent-To") == waiting.record:
                facts = _fields(record.raw_stream.read(BLOCK))
                waiting = self._with_facts(waiting, {key[6:]: value for key, value in facts.items() if key.startswith("arsip-")})
            elif kind in ("response", "revisit"):
                # Before the next is read: a revisit may refer to it.
                if waiting:
                    yield waiting
                waiting = self._answer(record, unwanted)
        if waiting and waiting.own and not waiting.told:
            self.skipped[DAMAGED] += 1  # what was noted beside it is behind the break
        elif waiting:
            yield waiting

    def _with_facts(self, answer: Answer, told: dict[str, str]) -> Answer | None:
        """An answer with what was noted beside it; None where its body is not the one that was exported."""
        if told and told.get("sha256") != hashlib.sha256(answer.body).hexdigest():
            self.skipped[DAMAGED] += 1
            return None
        return replace(answer, told=told)

    def _answer(self, record: Any, unwanted: Callable[[Answer], str | None]) -> Answer | None:
        """The answer in a record, or None where it is skipped."""
        told = record.rec_headers
        url = (told.get_header("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
        if not url.startswith(("http:", "https:")):
            return None
        try:
            head = HTTP.parse(record.raw_stream)
            answer = Answer(
                record=told.get_header("WARC-Record-ID") or "",
                url=url,
                at=moment(told.get_header("WARC-Date") or ""),
                status=int(head.get_statuscode()),
                headers=kept_headers(head.headers) if self._own else tuple(head.headers),
                told={},
                own=self._own,
            )
        except (ValueError, EOFError):
            self.skipped[NO_ORIGINAL if record.rec_type == "revisit" else DAMAGED] += 1
            return None
        if reason := unwanted(answer):
            self.skipped[reason] += 1
            return None
        return self._with_body(record, answer)

    def _with_body(self, record: Any, answer: Answer) -> Answer | None:
        digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
        if record.rec_type == "revisit":
            body = self._originals.body(digest) if digest else None
            if body is None:
                self.skipped[NO_ORIGINAL] += 1
                return None
            return replace(answer, body=body)
        try:
            if record.rec_headers.get_header("WARC-Truncated") or record.length > LARGEST:
                raise ValueError("it is not whole, or larger than any page")
            sent = record.raw_stream.read()
            if record.raw_stream.limit > 0:
                raise ValueError("the file breaks off")
            answer = replace(answer, body=sent if self._own else undone(sent, answer.headers))
        except ValueError:
            self.skipped[DAMAGED] += 1
            return None
        if digest:
            self._originals.add(digest, answer)
        return answer

    def _records(self) -> Iterator[Any]:
        """The records of the file; what a reader leaves of one is passed over."""
        with self._path.open("rb") as file:
            plain = _Plain(file, self._step)
            stream = BufferedReader(plain, block_size=BLOCK)
            loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
            try:
                while line := _next_line(stream):
                    record = loader.parse_record_stream(stream, line, "warc", no_record_parse=True)
                    if record.length is None or record.rec_type is None:
                        raise ValueError("a record has no length or no type")
                    self.records += 1
                    yield record
                    while record.raw_stream.read(BLOCK):
                        pass
                    if record.raw_stream.limit > 0:
                        raise EOFError
                    if plain.trouble:
                        break
            except (ArchiveLoadFailed, ValueError, EOFError) as error:
                self.trouble = self._sentence(plain.trouble or error)
            else:
                self.trouble = self._sentence(plain.trouble)

    def _sentence(self, error: Exception | None) -> str | None:
        if self.records == 0:
            return f"{self._path} is no WARC file."
        if error is None:
            return None
        if isinstance(error, EOFError):
            return f"{self._path} breaks off in its record {self.records}; what stands before was taken."
        return f"{self._path} is damaged behind its record {self.records}; what stands before was taken."


class _Http(StatusAndHeadersParser):  # type: ignore[misc]
    """Reads the head of an answer; Latin-1 reads any byte, and gives it back."""

    @staticmethod
    def decode_header(line: bytes) -> str:
        return line.decode("latin-1")


HTTP = _Http([], verify=False)


class _Plain:
    """A file without its gzip, be it one or thousands in a row; it ends where it is damaged or breaks off, and `trouble` says so."""

    def __init__(self, file: BufferedReading, step: Callable[[int], object]) -> None:
        self._file = file
        self._step = step
        self._packed = file.peek(2)[:2] == b"\x1f\x8b"
        self._unpacker: Any = None
        self._rest = b""
        self.trouble: Exception | None = None

    def read(self, size: int) -> bytes:
        """Some bytes, at most so many; none at the end."""
        if self.trouble:
            return b""
        try:
            return self._unpacked(size) if self._packed else self._taken(size)
        except (EOFError, OSError, zlib.error) as error:
            # Whoever reads on finds an end; the pass over the file says why.
            self.trouble = error
            return b""

    def _unpacked(self, size: int) -> bytes:
        while True:
            data = self._rest or self._taken(size)
            if not data and not self._unpacker:
                return b""
            # Zeros behind a member fill a block of a tape or a disk.
            if not self._unpacker and not (data := data.lstrip(b"\0")):
                self._rest = b""
                continue
            self._unpacker = self._unpacker or zlib.decompressobj(zlib.MAX_WBITS + 16)
            plain: bytes = self._unpacker.decompress(data, size)
            self._rest = self._unpacker.unconsumed_tail
            ended = self._unpacker.eof
            if ended:
                self._rest, self._unpacker = self._unpacker.unused_data, None
            if plain:
                return plain
            if not data and not ended:
                raise EOFError

    def _taken(self, size: int) -> bytes:
        data = self._file.read(size)
        self._step(len(data))
        return data


def _next_line(stream: Any) -> bytes:
    """The first line that is not blank; empty at the end."""
    while line := stream.readline(LONGEST_LINE):
        if line.strip():
            return bytes(line)
    return b""


def _fields(block: bytes) -> dict[str, str]:
    """The fields of a block of `application/warc-fields`."""
    lines = block.decode("utf-8", "replace").splitlines()
    return {name.strip(): value.strip() for name, colon, value in (line.partition(":") for line in lines) if colon}


def moment(date: str) -> datetime:
    """The moment that a WARC-Date names, to the microsecond; ValueError where it names none."""
    found = MOMENT.fullmatch(date.strip())
    if not found:
        raise ValueError(f"{date!r} is no moment")
    year, month, day, hour, minute, second, fraction = (part or "0" for part in found.groups())
    micro = int(fraction.ljust(6, "0")[:6])
    return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), micro, tzinfo=UTC)


def header(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The first header of that name, or None."""
    return next((value for key, value in headers if key.lower() == name), None)
