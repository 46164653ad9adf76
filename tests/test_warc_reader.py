"""WARC files are read whoever wrote them, as far as they are whole."""

import gzip
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard

from archive.aside import Aside
from archive.export import export
from archive.http_bodies import LARGEST, undone
from archive.store import Archive
from archive.warc_reader import DAMAGED, NO_ORIGINAL, Answer, ReadWarc, moment
from tests.builders import HOME, START, at, keep_portal, page
from tests.warc_files import HTML, chunked, file, http, record, response, sha1

BODY = b"<html><h1>Banjir di Kepahiang</h1><p>Air surut.</p></html>" * 50
DATE = "2021-03-25T05:00:00Z"
URL = f"{HOME}/banjir"


@pytest.fixture
def aside(tmp_path: Path) -> Any:
    with Archive(tmp_path / "reading") as archive:
        aside = Aside(archive.pages_db, keeps_bodies=True)
        yield aside
        aside.close()


def read(path: Path, aside: Aside) -> tuple[list[Answer], ReadWarc]:
    """All answers of a file."""
    reading = ReadWarc(path, aside)
    return [answer for group in reading.answers(lambda _: None) for answer in group], reading


@pytest.mark.parametrize("cut", range(50, 3000, 173))
@pytest.mark.parametrize("packed", [True, False])
def test_a_break_anywhere_takes_what_is_whole(cut: int, packed: bool, tmp_path: Path, aside: Aside) -> None:
    parts = [
        response(f"{URL}/{number}", DATE, http(BODY[:900] + bytes([number]), HTML), packed="yes" if packed else "") for number in range(3)
    ]
    content = b"".join(parts)
    ends = [len(b"".join(parts[: number + 1])) for number in range(3)]
    cut = min(cut, len(content) - 1)
    answers, reading = read(file(tmp_path, content[:cut]), aside)
    whole = sum(end <= cut for end in ends)
    # What may be missing behind an answer is the end of its gzip, or the blank lines.
    assert whole <= len(answers) <= whole + (cut > ends[whole] - 20)
    assert [answer.body[-1] for answer in answers] == list(range(len(answers)))
    assert reading.trouble or cut in ends or not packed


def test_a_damaged_gzip_is_one_sentence_and_what_stands_before_is_taken(tmp_path: Path, aside: Aside) -> None:
    parts = [response(f"{URL}/{number}", DATE, http(BODY, HTML)) for number in range(3)]
    damaged = bytearray(parts[1])
    damaged[len(damaged) // 2] ^= 255
    answers, reading = read(file(tmp_path, parts[0] + bytes(damaged) + parts[2]), aside)
    assert [answer.url for answer in answers] == [f"{URL}/0"]
    assert str(reading.trouble).endswith("what stands before was taken.")


def test_garbage_between_records_ends_the_reading(tmp_path: Path, aside: Aside) -> None:
    good = response(URL, DATE, http(BODY, HTML), packed="")
    answers, reading = read(file(tmp_path, good + b"garbage\r\n" + good), aside)
    assert len(answers) == 1
    assert str(reading.trouble).endswith("is damaged behind its record 1; what stands before was taken.")


def revisit(body: bytes, block: bytes = http(b"", HTML)) -> bytes:
    told = {"WARC_Target_URI": URL, "WARC_Date": "2021-04-01T00:00:00Z", "WARC_Payload_Digest": sha1(body)}
    return record("revisit", block, WARC_Profile="http://netpreserve.org/warc/1.0/revisit/identical-payload-digest", **told)


def test_a_revisit_has_the_body_that_it_refers_to(tmp_path: Path, aside: Aside) -> None:
    sent = gzip.compress(BODY, mtime=0)
    original = response(URL, DATE, http(sent, HTML, ("Content-Encoding", "gzip")))
    answers, reading = read(file(tmp_path, original + revisit(sent) + revisit(b"unknown") + revisit(sent, b"")), aside)
    assert [(answer.at, answer.body) for answer in answers] == [(START, BODY), (at(6 + 19 / 24), BODY)]
    assert reading.skipped == {NO_ORIGINAL: 2}


@pytest.mark.parametrize(
    ("block", "more"),
    [
        (http(gzip.compress(BODY)[:-9], HTML, ("Content-Encoding", "gzip")), {}),
        (http(chunked(BODY)[:-900], HTML, ("Transfer-Encoding", "chunked")), {}),
        (http(gzip.compress(b"\0" * (LARGEST + 1)), HTML, ("Content-Encoding", "gzip")), {}),
        (http(BODY, HTML), {"WARC_Truncated": "length"}),
        (http(BODY, HTML), {"WARC_Date": "yesterday"}),
        (http(BODY, HTML, status="OK"), {}),
    ],
    ids=["gzip breaks off", "chunks break off", "bomb", "truncated", "no date", "no status"],
)
def test_an_answer_that_is_not_whole_is_skipped_and_counted(block: bytes, more: dict[str, str], tmp_path: Path, aside: Aside) -> None:
    good = response(URL, DATE, http(BODY, HTML))
    answers, reading = read(file(tmp_path, response(URL, DATE, block, **more) + good), aside)
    assert [answer.body for answer in answers] == [BODY]
    assert (reading.skipped, reading.trouble) == ({DAMAGED: 1}, None)


ENCODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": lambda body: zlib.compress(body)[2:-4],
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "identity": bytes,
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("pieces", [False, True], ids=["whole", "chunked"])
def test_encodings_are_undone(encoding: str, pieces: bool) -> None:
    sent = ENCODINGS[encoding](BODY)
    headers = [("content-ENCODING", encoding), *([("Transfer-Encoding", "chunked")] if pieces else [])]
    assert undone(chunked(sent) if pieces else sent, headers) == BODY


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("transfer", ["chunked", "identity"])
def test_a_body_that_was_unpacked_before_is_taken_as_it_is(encoding: str, transfer: str) -> None:
    assert undone(BODY, [("Content-Encoding", encoding), ("Transfer-Encoding", transfer)]) == BODY


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_refused(encoding: str) -> None:
    with pytest.raises(ValueError, match="large"):
        undone(ENCODINGS[encoding](b"\0" * (LARGEST + 1)), [("Content-Encoding", encoding)])


@pytest.mark.parametrize(
    ("date", "micro"),
    [
        ("2021-03-25T05:00:00Z", 0),
        ("2021-03-25T05:00:00.5Z", 500_000),
        ("2021-03-25T05:00:00.123456789Z", 123_456),
        ("2021-03-25T05:00Z", 0),
    ],
)
def test_moments_are_read_to_the_microsecond(date: str, micro: int) -> None:
    assert moment(date) == START.replace(microsecond=micro)


@pytest.mark.parametrize("date", ["", "20210325050000", "2021-13-25T05:00:00Z", "2021-03-25 05:00:00"])
def test_what_is_no_moment_is_refused(date: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of datetime, or ours
        moment(date)


def test_half_of_a_story_of_ours_is_not_taken(tmp_path: Path, aside: Aside) -> None:
    with Archive(tmp_path / "arsip") as archive:
        keep_portal(archive)
        archive.keep_page(page("/panjang", rest=(page("/panjang?page=2", body=b"<p>Dua."), page("/panjang?page=3", body=b"<p>Tiga."))))
        (written,) = export(archive.pages_db, archive.articles_db, tmp_path / "warc")
    path = tmp_path / "warc" / written.name
    answers, _ = read(path, aside)
    assert [answer.told["part"] for answer in answers] == ["1", "2", "3"]
    answers, reading = read(file(tmp_path, path.read_bytes()[:-400]), aside)
    assert (answers, reading.skipped[DAMAGED]) == ([], 3)
