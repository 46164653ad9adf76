"""What a crawl may connect to, and what a hostile page may cost: one row of the ledger."""
# ruff: noqa: N802 (the names are Twisted's)

import asyncio
import gzip
import zlib
from collections.abc import Iterator
from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
import zstandard
from scrapy import Request
from scrapy.resolver import dnscache
from scrapy.utils.project import get_project_settings
from twisted.internet.address import IPv4Address, IPv6Address

from spiders.connections import GuardedResolver
from spiders.safety import DOORS, AddressMiddleware, ForbiddenAddressError, is_private, is_public
from spiders.site import Site
from tests.crawling import articles_of, crawl, one_sentence, rows
from tests.raw_server import answering_raw, response
from tests.servers import HTML, XML, answering

LARGEST = get_project_settings().getint("DOWNLOAD_MAXSIZE")

STORY = (
    '<html><body class="single single-post"><h1 class="entry-title">Yang Baik Tetap Masuk Arsip</h1>'
    '<time class="entry-date published" datetime="2020-08-05T09:00:00+07:00">5 Agustus 2020</time>'
    '<div class="entry-content"><p>Warga memperbaiki jembatan gantung bersama-sama sejak pagi, kata kepala desa setempat.</p>'
    "<p>Perbaikan itu memakai dana desa dan selesai sebelum musim hujan datang di wilayah mereka.</p></div></body></html>"
)


def sitemap(*paths: str) -> str:
    urls = "".join(f"<url><loc>https://rakyatbengkulu.com{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("127.255.255.254", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.31.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.251", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:192.168.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::fb", False),
    ],
)
def test_an_address_is_public_only_where_it_is_one_of_the_internets(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "017700000001",
        "127.0.0.1.",
        "::1",
        "[::ffff:127.0.0.1]",
        "::ffff:7f00:1",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "0",
        "10.1",
        "fe80::1%25eth0",
    ],
)
def test_a_private_address_is_known_however_it_is_written(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", ["rakyatbengkulu.com", "93.184.216.34", "1572395042", "localhost.contoh.id", "10.contoh.id"])
def test_other_hosts_are_not_taken_for_private(host: str) -> None:
    assert not is_private(host)


def crawl_of(home: str, mirror: str | None = None) -> AddressMiddleware:
    """The middleware of a crawl that has begun."""
    spider = SimpleNamespace(site=Site(home, mirror))
    middleware = AddressMiddleware(Crawl(spider))  # type: ignore[arg-type]
    middleware.opened(spider)
    return middleware


class Crawl:
    """As much of a crawler as the middleware asks for; it can be held weakly."""

    def __init__(self, spider: Any) -> None:
        self.spider = spider


def passes(middleware: AddressMiddleware, url: str) -> bool:
    try:
        asyncio.run(middleware.process_request(Request(url)))
    except ForbiddenAddressError:
        return False
    return True


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::1]:8000/",
        "https://localhost/",
        "http://169.254.169.254/latest/",
        "http://192.168.1.1/",
        "file:///etc/passwd",
        "ftp://rakyatbengkulu.com/a",
        "data:text/html,a",
    ],
)
def test_a_crawl_of_a_public_portal_asks_no_private_address_and_nothing_but_the_web(url: str) -> None:
    assert not passes(crawl_of("https://rakyatbengkulu.com"), url)
    assert passes(crawl_of("https://rakyatbengkulu.com"), "http://rakyatbengkulu.com/a")


def test_a_home_in_a_private_network_opens_its_own_door_to_its_own_crawl_and_shuts_it_afterwards() -> None:
    local, other = crawl_of("https://rakyatbengkulu.com", "http://127.0.0.1:8000"), crawl_of("https://kebumenekspres.com")
    assert passes(local, "http://127.0.0.1:8000/a")
    assert not passes(local, "http://127.0.0.1:8001/a")
    assert not passes(local, "https://127.0.0.1/a")
    assert not passes(local, "http://localhost:8000/a")
    assert not passes(other, "http://127.0.0.1:8000/a")
    local.closed()
    assert not passes(local, "http://127.0.0.1:8000/a")


class Names:
    """A name server's answers, as Twisted's own resolver hands them on; it counts what it was asked."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.asked = 0

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *_: Any) -> None:
        self.asked += 1
        receiver.resolutionBegan(SimpleNamespace(name=host))
        for address in self.answers.get(host.replace(".", "_"), host).split():
            receiver.addressResolved(IPv6Address("TCP", address, port) if ":" in address else IPv4Address("TCP", address, port))
        receiver.resolutionComplete()


class Answers:
    """What a connection gets to know of a name."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:
        pass

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


@pytest.fixture
def names() -> Iterator[Names]:
    yield Names(
        contoh_id="93.184.216.34 127.0.0.1 ::1 2606:2800:220:1::1 ::ffff:10.0.0.1", jebakan_id="127.0.0.1 fe80::1", localhost="127.0.0.1"
    )
    dnscache.clear()


def resolved(resolver: GuardedResolver, host: str, port: int) -> list[str]:
    answers = Answers()
    resolver.resolveHostName(answers, host, port)  # type: ignore[arg-type]
    assert answers.complete
    return answers.addresses


def test_what_a_name_resolves_to_is_looked_at_also_when_it_comes_from_the_cache(names: Names) -> None:
    resolver = GuardedResolver(SimpleNamespace(nameResolver=names), 100)  # type: ignore[arg-type]
    for _ in range(2):
        assert resolved(resolver, "contoh.id", 80) == ["93.184.216.34", "2606:2800:220:1::1"]
        assert resolved(resolver, "jebakan.id", 80) == []
        assert resolved(resolver, "127.0.0.1", 80) == []
    assert names.asked == 3


def test_the_resolver_opens_the_door_of_a_home_for_that_host_and_port_only(names: Names) -> None:
    resolver = GuardedResolver(SimpleNamespace(nameResolver=names), 100)  # type: ignore[arg-type]
    local = crawl_of("https://rakyatbengkulu.com", "http://localhost:8000")
    assert resolved(resolver, "localhost", 8000) == ["127.0.0.1"]
    assert resolved(resolver, "localhost", 8001) == []
    assert resolved(resolver, "jebakan.id", 8000) == []
    local.closed()
    assert resolved(resolver, "localhost", 8000) == []
    assert not DOORS


def test_a_name_that_leads_to_this_machine_is_never_connected_to(tmp_path):
    with answering({"*": (200, HTML, STORY)}) as server:
        port = server.home.rpartition(":")[2]
        done = crawl(
            "rakyatbengkulu",
            f"http://berita.contoh.id:{port}",
            "-s",
            "TWISTED_DNS_RESOLVER=tests.faults.RebindingResolver",
            "-s",
            "RETRY_TIMES=0",
            folder=tmp_path,
        )
        assert server.asked == []
    assert done.returncode == 1
    assert "leads into a private network: berita.contoh.id" in one_sentence(done.stderr)


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:9/a", "http://[::1]/a"])
def test_a_redirect_into_a_private_network_is_recorded_and_not_followed(target, tmp_path):
    answers = {"/wp-sitemap.xml": (200, XML, sitemap("/2020/08/04/pindah/")), "/2020/08/04/pindah/": (302, HTML, target)}
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    (noted,) = rows(tmp_path, "select state, reason, detail from ledger")
    assert noted == {"state": "not an article", "reason": "leads to another site", "detail": target}


def test_a_home_of_localhost_by_name_is_crawled(tmp_path):
    answers = {"/wp-sitemap.xml": (200, XML, sitemap("/2020/08/05/baik/")), "/2020/08/05/baik/": (200, HTML, STORY)}
    with answering(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home.replace("127.0.0.1", "localhost"), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(articles_of(tmp_path)) == 1


def bomb(encoding: str) -> bytes:
    """A small body that unpacks to more than is allowed."""
    flat = bytes(LARGEST + 1)
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}[encoding](flat)
    return response(packed, f"Content-Encoding: {encoding}")


def endless_body() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"a" * 2**20


def endless_header() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-Again: and again\r\n" * 2_000


def dripping() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"a"


def test_hostile_pages_cost_a_row_of_the_ledger_each_and_not_the_crawl(tmp_path):
    hostile = {
        "/bom/gzip/": (bomb("gzip"), "too large"),
        "/bom/deflate/": (bomb("deflate"), "too large"),
        "/bom/br/": (bomb("br"), "too large"),
        "/bom/zstd/": (bomb("zstd"), "too large"),
        "/bom/berlapis/": (
            response(gzip.compress(gzip.compress(bytes(LARGEST + 1))), "Content-Encoding: gzip, gzip"),
            "too large",
        ),
        "/rusak/": (response(b"no gzip", "Content-Encoding: gzip"), "bad compression"),
        "/besar/": (response(b"", f"Content-Length: {LARGEST + 1}").replace(b"Content-Length: 0\r\n", b""), "too large"),
        "/tanpa/akhir/": (endless_body, "too large"),
        "/kepala/": (endless_header, "too large"),
        "/putar/": (response(b"", "Location: /putar/?lagi", status=302), "too many redirects"),
        "/putar/?lagi": (response(b"", "Location: /putar/", status=302), ""),
    }
    announced = [path for path, (_, reason) in hostile.items() if reason]
    answers = {path: answer for path, (answer, _) in hostile.items()} | {
        "/wp-sitemap.xml": response(sitemap(*announced, "/2020/08/05/baik/").encode(), kind=XML),
        "/2020/08/05/baik/": response(STORY.encode()),
    }
    with answering_raw(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert "Traceback" not in done.stderr
    told = {
        row["url"].removeprefix("https://rakyatbengkulu.com"): row["reason"] for row in rows(tmp_path, "select url, reason from ledger")
    }
    assert told == {path: hostile[path][1] for path in announced} | {"/2020/08/05/baik/": None}
    assert [row["title"] for row in articles_of(tmp_path)] == ["Yang Baik Tetap Masuk Arsip"]


def test_an_answer_that_drips_for_ever_ends(tmp_path):
    answers = {"/wp-sitemap.xml": response(sitemap("/menetes/").encode(), kind=XML), "/menetes/": dripping}
    with answering_raw(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, "-s", "DOWNLOAD_TIMEOUT=1", "-s", "RETRY_TIMES=0", folder=tmp_path)
    assert done.returncode == 1
    assert rows(tmp_path, "select state, reason from ledger") == [{"state": "failed", "reason": "no answer in time"}]
