"""The hostile portal really does what its table says, and the load portal holds as many stories as it was asked for."""

import gzip
import http.client
import io
import json
import re
import signal
import socket
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import urlopen

import brotli
import pytest
from lxml import etree

from sample import faults
from sample.hostile import KabarBuruk
from sample.hostile_table import ACCENTED, BACK, CALENDAR, FAULTS, INNER, LISTINGS, STREAMED
from sample.invented import active, invent, noun, paragraphs_of
from sample.load import Muatan
from sample.server import RunningPortal, serve_portal
from tests.crawling import ROOT, one_sentence

MIB = 1 << 20
ELSEWHERE = "http://127.0.0.1:9"


class Wire(NamedTuple):
    """An answer as it came over the wire."""

    head: str
    body: bytes
    reset: bool
    """Whether the connection was reset instead of closed."""

    @property
    def status(self) -> int:
        return int(self.head.split()[1])

    def header(self, name: str) -> str:
        (value,) = re.findall(rf"^{name}: (.*)\r$", self.head, re.MULTILINE)
        return str(value)


@pytest.fixture(scope="module")
def portal() -> Iterator[RunningPortal]:
    with serve_portal(KabarBuruk(elsewhere=ELSEWHERE)) as running:
        yield running


def wire(portal: RunningPortal, path: str, most: int = 64 * MIB) -> Wire:
    """What comes for a GET, until the portal closes or `most` bytes have come."""
    parts, came, reset = [], 0, False
    with socket.create_connection(("127.0.0.1", urlsplit(portal.home).port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: kabarburuk.example\r\n\r\n".encode())
        try:
            while came < most and (part := connection.recv(65_536)):
                parts.append(part)
                came += len(part)
        except ConnectionResetError:
            reset = True
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return Wire(head.decode("latin-1") + "\r\n", body, reset)


def get(portal: RunningPortal, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """What an HTTP client is told."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(portal.home).port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def leads(target: str) -> Callable[[RunningPortal, str], None]:
    def check(portal: RunningPortal, path: str) -> None:
        told = wire(portal, path)
        assert (told.status, told.header("Location")) == (302, target)

    return check


def hops(portal: RunningPortal, path: str) -> None:
    followed = 0
    while (told := wire(portal, path)).status == 302:
        path, followed = told.header("Location"), followed + 1
    assert (followed, told.status) == (30, 200)


def answers(status: int, **headers: str) -> Callable[[RunningPortal, str], None]:
    def check(portal: RunningPortal, path: str) -> None:
        told = wire(portal, path)
        assert told.status == status
        assert all(told.header(name.replace("_", "-")) == value for name, value in headers.items())

    return check


def gunzipped(body: bytes) -> int:
    """Bytes of what a gzip stream holds, which is never whole in memory."""
    with gzip.open(io.BytesIO(body)) as stream:
        return sum(map(len, iter(lambda: stream.read(MIB), b"")))


def inflated(body: bytes) -> int:
    unpacker, size = zlib.decompressobj(), 0
    while piece := unpacker.decompress(unpacker.unconsumed_tail or body, MIB):
        size += len(piece)
        if unpacker.eof:
            break
    return size


def unpacks(encoding: str, size: Callable[[bytes], int]) -> Callable[[RunningPortal, str], None]:
    def check(portal: RunningPortal, path: str) -> None:
        told = wire(portal, path)
        assert told.header("Content-Encoding") == encoding
        assert int(told.header("Content-Length")) == len(told.body) < MIB
        assert size(told.body) == faults.BOMB * MIB

    return check


def damaged_gzip(portal: RunningPortal, path: str) -> None:
    told = wire(portal, path)
    assert told.header("Content-Encoding") == "gzip"
    assert int(told.header("Content-Length")) == len(told.body)
    with pytest.raises((zlib.error, EOFError)):
        gzip.decompress(told.body)


def lies(more: int) -> Callable[[RunningPortal, str], None]:
    def check(portal: RunningPortal, path: str) -> None:
        told = wire(portal, path)
        assert int(told.header("Content-Length")) - len(told.body) == more
        assert told.body.endswith(b"</html>\n")
        assert not told.reset

    return check


def is_cut(portal: RunningPortal, path: str) -> None:
    told = wire(portal, path)
    assert told.reset
    assert b"<article" in told.body
    assert len(told.body) < int(told.header("Content-Length"))


def cut_chunks(portal: RunningPortal, path: str) -> None:
    told = wire(portal, path)
    assert told.header("Transfer-Encoding") == "chunked"
    assert not told.body.endswith(b"0\r\n\r\n")
    with pytest.raises(http.client.IncompleteRead):
        get(portal, path)


def goes_on(portal: RunningPortal, path: str) -> None:
    whole = len(wire(portal, path, most=1).body)
    # Three bytes more than came at once, and the connection is still open.
    with socket.create_connection(("127.0.0.1", urlsplit(portal.home).port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        came = b""
        while not came.endswith(b"..."):
            part = connection.recv(65_536)
            assert part
            came += part
    assert len(came) > whole


def says_nothing(portal: RunningPortal, path: str) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(portal.home).port), timeout=0.3) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with pytest.raises(TimeoutError):
            connection.recv(1)


def streams(portal: RunningPortal, path: str) -> None:
    told = wire(portal, path)
    assert "Content-Length" not in told.head
    assert len(told.body) > STREAMED * MIB
    assert told.body.endswith(b"\r\n0\r\n\r\n")


def body_is(check: Callable[[str, bytes], bool]) -> Callable[[RunningPortal, str], None]:
    """A whole answer whose content type and body are as told."""

    def checked(portal: RunningPortal, path: str) -> None:
        told = wire(portal, path)
        assert told.status == 200
        assert int(told.header("Content-Length")) == len(told.body)
        assert check(told.header("Content-Type").lower(), told.body)

    return checked


def headers_are(check: Callable[[str], bool]) -> Callable[[RunningPortal, str], None]:
    def checked(portal: RunningPortal, path: str) -> None:
        told = wire(portal, path)
        assert check(told.head)
        assert b"<article" in told.body

    return checked


def forbidden(portal: RunningPortal, path: str) -> None:
    assert f"Disallow: {path}\n" in get(portal, "/robots.txt")[2].decode()
    assert get(portal, path)[0] == 200


def trap(portal: RunningPortal, path: str) -> None:
    days = re.findall(rb'href="https://kabarburuk\.example(/kalender/[\d/]+)"', get(portal, path)[2])
    assert len(set(days)) == CALENDAR
    assert b"/kalender/2021/01/02/" in get(portal, days[0].decode())[2]
    assert get(portal, "/kalender/2021/02/30/")[0] == 404


def endless(portal: RunningPortal, path: str) -> None:
    for page in ("", "2/", "77/"):
        number = int(page.rstrip("/") or 1)
        assert f'href="https://kabarburuk.example{path}{number + 1}/"' in get(portal, path + page)[2].decode()


CP1252, UTF8 = ACCENTED.encode("cp1252"), ACCENTED.encode()

CHECKS: dict[str, Callable[[RunningPortal, str], None]] = {
    "pindah-situs": leads("https://lain.example/iklan"),
    "pindah-tetangga": leads(f"{ELSEWHERE}/"),
    "pindah-metadata": leads("http://169.254.169.254/latest/meta-data/"),
    "pindah-ipv6": leads("http://[::1]/"),
    "pindah-privat": leads("http://10.0.0.1/"),
    "pindah-berkas": leads("file:///etc/passwd"),
    "pindah-ftp": leads("ftp://berkas.example/berita"),
    "pindah-diri": leads(BACK.format(origin="https://kabarburuk.example") + "diri/"),
    "pindah-pergi": leads(BACK.format(origin="https://kabarburuk.example") + "pulang/"),
    "pindah-pulang": leads(BACK.format(origin="https://kabarburuk.example") + "pergi/"),
    "pindah-jauh": hops,
    "delapan-mega": body_is(lambda _, body: 8 * MIB < len(body) < 10 * MIB and body.count(b"<article") == 1),
    "lewat-batas": streams,
    "bom-gzip": unpacks("gzip", gunzipped),
    "bom-deflate": unpacks("deflate", inflated),
    "bom-brotli": unpacks("br", lambda body: len(brotli.decompress(body))),
    "gzip-rusak": damaged_gzip,
    "gzip-separuh": damaged_gzip,
    "panjang-lebih": lies(1_000),
    "panjang-kurang": lies(-100),
    "putus": is_cut,
    "putus-potongan": cut_chunks,
    "tetes": goes_on,
    "tetes-kepala": goes_on,
    "diam": says_nothing,
    "sarang-seribu": body_is(lambda _, body: b"<div>" * 1_000 + b"<article" in body),
    "sarang-div": body_is(lambda _, body: b"<div>" * 5_000 + b"<article" in body),
    "sarang-b": body_is(lambda _, body: body.count(b"<b>") == 50_000 and b"</b>" not in body),
    "tak-tertutup": body_is(lambda _, body: b"<p>" in body and b"</p>" not in body and b"</div>" not in body),
    "kendali": body_is(lambda _, body: {0x00, 0x01, 0x0B, 0x1F, 0x7F} <= set(body)),
    "mengaku-utf8": body_is(lambda kind, body: "utf-8" in kind and b'charset="UTF-8"' in body and CP1252 in body),
    "mengaku-latin1": body_is(lambda kind, body: "iso-8859-1" in kind and b'charset="latin1"' in body and UTF8 in body),
    "utf16": body_is(lambda kind, body: "charset" not in kind and body[:2] == b"\xff\xfe" and ACCENTED in body.decode("utf-16")),
    "tanpa-utf8": body_is(lambda kind, body: "charset" not in kind and b"charset" not in body and UTF8 in body),
    "tanpa-1252": body_is(lambda kind, body: "charset" not in kind and b"charset" not in body and CP1252 in body),
    "foto": body_is(lambda kind, body: "text/html" in kind and body[:3] == b"\xff\xd8\xff" and struct.unpack(">H", body[4:6]) == (16,)),
    "kosong": body_is(lambda _, body: body == b""),
    "tidak-ada": body_is(lambda _, body: b"<strong>Halaman tidak ditemukan</strong>" in body and b"single-post" in body),
    "hilang": answers(410),
    "galat": answers(500),
    "sibuk": answers(503, Retry_After="3600"),
    "terlalu-sering": answers(429, Retry_After="Fri, 31 Dec 2027 23:59:59 GMT"),
    "dilarang": answers(403),
    "tertutup": forbidden,
    "kepala-besar": headers_are(lambda head: len(head) > 100_000 and max(map(len, head.splitlines())) < 1_100),
    "kepala-panjang": headers_are(lambda head: max(map(len, head.splitlines())) > 100_000),
    "kue": headers_are(lambda head: head.count("Set-Cookie: ") == 1_000),
    "kalender": trap,
    "tanpa-akhir": endless,
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_happens_as_its_row_says(fault, portal):
    CHECKS[fault.name](portal, fault.path)


def test_each_row_has_its_own_name_and_check():
    assert [fault.name for fault in FAULTS] == list(CHECKS)
    assert len({fault.does for fault in FAULTS}) == len(FAULTS)


LISTED: dict[str, Callable[[bytes], bool]] = {
    "diri": lambda body: b"<loc>https://kabarburuk.example/sitemap-diri.xml</loc>" in body,
    "lingkar": lambda body: b"<loc>https://kabarburuk.example/wp-sitemap.xml</loc>" in body,
    "orang-lain": lambda body: len(set(re.findall(rb"<loc>https://(lain\d+)\.example/", body))) == 1_000,
    "dalam": lambda body: all(f"<loc>{url}</loc>".encode() in body for url in (*INNER, f"{ELSEWHERE}/berita")),
    "cacat": lambda body: b"<loc>http://[</loc>" in body,
    "tawa": lambda body: body.count(b"<!ENTITY") == 10 and b"&t9;" in body,
    "entitas": lambda body: b'SYSTEM "file:///etc/passwd"' in body and body.count(ELSEWHERE.encode()) == 2,
    "bom": lambda body: gunzipped(body) == faults.BOMB * MIB,
    "halaman": lambda body: body.startswith(b"<!DOCTYPE html>"),
}


def test_each_bad_sitemap_has_a_check():
    assert [listing.name for listing in LISTINGS] == list(LISTED)


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_each_bad_sitemap_is_named_and_is_as_its_row_says(listing, portal):
    status, _, body = get(portal, listing.path)
    assert status == 200
    assert LISTED[listing.name](body)
    assert f"{portal.origin}{listing.path}" in get(portal, "/wp-sitemap.xml")[2].decode()


def test_the_sitemap_announces_stories_and_faults_but_those_left_out(portal):
    def announced(portal: RunningPortal) -> set[str]:
        root = etree.fromstring(get(portal, "/wp-sitemap-posts-post-1.xml")[2])
        return {(loc.text or "").removeprefix(portal.origin) for loc in root.iter("{*}loc")}

    stories = {portal.portal.path(story) for story in portal.stories}
    assert len(stories) == 10
    assert announced(portal) == stories | {fault.path for fault in FAULTS}
    assert all(get(portal, path)[0] == 200 for path in stories)
    with serve_portal(KabarBuruk(without={"diam", "bom"})) as other:
        assert announced(portal) - announced(other) == {"/2021/05/04/diam/"}
        assert b"sitemap-bom.xml" not in get(other, "/wp-sitemap.xml")[2]


def test_the_other_ways_are_closed(portal):
    assert get(portal, "/wp-json/wp/v2/posts")[0] == 401
    assert b"<!DOCTYPE html>" in get(portal, "/feed/?paged=1")[2]
    assert get(portal, "/2021/05/04/tidak-pernah/")[0] == 404
    assert get(portal, "/2021/05/04/diam/2/")[0] == 404


def test_what_is_written_raw_is_noted_like_any_answer(portal):
    portal.requests.clear()
    wire(portal, "/2021/05/04/kosong/")
    assert [(request.method, request.path, request.status) for request in portal.requests] == [("GET", "/2021/05/04/kosong/", 200)]


def test_an_invented_story_is_the_same_every_time_and_no_two_are_alike():
    assert invent(7) == invent(7)
    stories = [invent(number) for number in range(300)]
    assert len({tuple(paragraphs_of(story)) for story in stories}) == len({story.slug for story in stories}) == 300
    assert all(2_000 < sum(map(len, paragraphs_of(story))) < 4_000 for story in stories)
    assert invent(7, seed="lain") != invent(7)


@pytest.mark.parametrize(
    ("root", "verb", "doing"),
    [
        ("tanam", "menanam", "penanaman"),
        ("panen", "memanen", "pemanenan"),
        ("susun", "menyusun", "penyusunan"),
        ("kelola", "mengelola", "pengelolaan"),
        ("gali", "menggali", "penggalian"),
        ("rawat", "merawat", "perawatan"),
        ("jaga", "menjaga", "penjagaan"),
    ],
)
def test_prefixes_melt_into_roots(root, verb, doing):
    assert (active(root), noun(root)) == (verb, doing)


@pytest.fixture(scope="module")
def load() -> Iterator[RunningPortal]:
    with serve_portal(Muatan(250, page_size=30)) as running:
        yield running


def test_the_load_portal_lists_all_its_stories_newest_first_by_both_ways(load):
    posts = []
    for page in (1, 2, 3):
        _, headers, body = get(load, f"/wp-json/wp/v2/posts?per_page=100&page={page}")
        assert (headers["X-WP-Total"], headers["X-WP-TotalPages"]) == ("250", "3")
        posts += json.loads(body)
    assert [post["link"] for post in posts] == [load.portal.url(story) for story in load.stories]
    assert sorted((post["date_gmt"] for post in posts), reverse=True) == [post["date_gmt"] for post in posts]
    assert get(load, "/wp-json/wp/v2/posts?per_page=100&page=4")[0] == 400
    (part,) = re.findall(rb"<loc>https://muatan\.example(.*?)</loc>", get(load, "/wp-sitemap.xml")[2])
    told = re.findall(r"<loc>(.*?)</loc>", get(load, part.decode())[2].decode())
    assert told == [post["link"] for post in posts]


def test_a_page_of_the_load_portal_has_its_size_its_story_and_a_tag(load):
    story = invent(249, seed="muatan")
    path = load.portal.path(story)
    status, headers, body = get(load, path)
    assert status == 200
    assert 28 * 1024 < len(body) < 32 * 1024
    assert all(paragraph in body.decode() for paragraph in paragraphs_of(story))
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(load.home).port, timeout=20)
    connection.request("GET", path, headers={"If-None-Match": headers["ETag"]})
    assert connection.getresponse().status == 304
    connection.close()
    assert get(load, path.replace("-249/", "-250/"))[0] == 404
    assert get(load, path.replace("/20", "/19"))[0] == 404
    assert b"Disallow: /wp-admin/" in get(load, "/robots.txt")[2]


def test_the_command_serves_them_until_it_is_stopped():
    command = [sys.executable, "-m", "sample", "--hostile", "--load", "40"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        homes = dict(process.stdout.readline().split() for _ in range(2))
        assert list(homes) == ["hostile", "muatan"]
        with urlopen(f"{homes['muatan']}/wp-json/wp/v2/posts", timeout=10) as answer:
            assert answer.headers["X-WP-Total"] == "40"
        process.send_signal(signal.SIGTERM)
        assert (process.communicate(timeout=30), process.returncode) == (("", ""), 0)


def test_a_portal_of_no_stories_is_wrong_use():
    done = subprocess.run([sys.executable, "-m", "sample", "--load", "0"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert one_sentence(done.stderr) == "sample: argument --load: '0' is not a number from 1 upward."
