"""What the hostile portal does wrong, a row each: the address, the fault, and what must come of it in the ledger or the report."""

import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from sample import faults
from sample.faults import as_is, index, laughs, outside, redirect, refused, urlset
from sample.invented import InventedPortal, content_of, invent, paragraphs_of
from sample.portal import Raw, Resource
from sample.stories import Story

ACCENTED = "“Kafé Délice tetap buka,” kata pemiliknya, ‘André’ Latuharhary – warga Desa Karangsari…"
"""Quotation marks, dashes and é: what is read wrong first where the charset is."""
STREAMED = 25  # MiB of the page that is larger than any limit
HOPS = 30
CALENDAR = 20_000

ARCHIVED, FAILED, NOT_ARTICLE, GONE, ROBOTS = "archived", "failed", "not an article", "gone", "refused by robots"
ELSEWHERE = "leads to another site"
LOST = "the connection was lost"
LATE = "no answer in time"
LARGE = "too large"
ROUND = "too many redirects"
DAMAGED = "bad compression"
UNSAFE = "unsafe address"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an answer is made from."""

    portal: InventedPortal
    elsewhere: str
    """Origin of another server, which no crawl may ask."""
    path: str
    story: Story

    @property
    def url(self) -> str:
        """The address that was asked."""
        return self.portal.origin + self.path

    @property
    def html(self) -> str:
        """The page that an honest portal would send."""
        return self.portal.html(self.story, url=self.url)

    @property
    def page(self) -> bytes:
        """The same in UTF-8."""
        return self.html.encode()


Answer = Callable[[Asked], Resource | Raw]


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong at one address."""

    name: str
    does: str
    """What the portal does there."""
    state: str
    """What must come of the address in the ledger."""
    reason: str
    """The reason that the ledger gives; empty where a story is archived, which needs none."""
    answer: Answer

    @property
    def path(self) -> str:
        """The path that the sitemap announces."""
        return f"/2021/05/04/{self.name}/"

    @property
    def story(self) -> Story:
        """The story that stands there, or would if nothing went wrong."""
        return invent(1_000 + FAULTS.index(self), seed="hostile", also=(ACCENTED,))


@dataclass(frozen=True)
class BadListing:
    """One thing that goes wrong in a sitemap."""

    name: str
    does: str
    trouble: str
    """Words of the trouble that the crawl reports; empty where the listing is to be read in peace."""
    body: Callable[[str, str], bytes]
    """The listing, by the portal's origin and that of the server elsewhere."""

    @property
    def path(self) -> str:
        """The path that the index of sitemaps names."""
        return f"/sitemap-{self.name}.xml"


def told(change: Callable[[str], str | bytes], content_type: str = "text/html; charset=UTF-8") -> Answer:
    """An answer with the honest page, changed."""

    def answer(asked: Asked) -> Raw:
        page = change(asked.html)
        return as_is(page if isinstance(page, bytes) else page.encode(), content_type=content_type)

    return answer


def leading(target: str) -> Answer:
    """A redirect; `{elsewhere}` and `{origin}` stand for the other server and the portal."""
    return lambda asked: redirect(target.format(elsewhere=asked.elsewhere, origin=asked.portal.origin))


def status(code: int, **headers: str) -> Answer:
    """An error page of that status; `Retry_After` names the header Retry-After."""
    return lambda _: refused(code, **headers)


def packed(body: Callable[[], bytes], encoding: str) -> Answer:
    """A body whose encoding is to be undone."""
    return lambda _: as_is(body(), encoding=encoding)


def comments(page: str) -> str:
    """The page with eight megabytes of readers' comments below its story."""
    one = '<li class="comment"><p class="comment-author">Pembaca {}</p><p>Semoga lekas selesai, terima kasih beritanya.</p></li>'
    return page.replace("</article>", "</article><ol>" + "".join(one.format(number) for number in range(76_000)) + "</ol>")


def around_story(opening: str, closing: str) -> Answer:
    """The page with something before and behind its article."""
    return told(lambda page: page.replace("<article", f"{opening}<article").replace("</article>", f"</article>{closing}"))


def unclosed(page: str) -> str:
    """The page without the end tags that an editor forgets."""
    return re.sub(r"</(?:p|div|article|header|main|span|strong|a|body|html|footer|li)>", "", page)


def controlled(page: str) -> str:
    """The page with NULs and control characters between its words."""
    return page.replace(" di ", " di\x00 ").replace(" desa", " \x01\x0b\x1fdesa").replace("</p>", "\x7f\x00</p>")


def called(name: str) -> Callable[[str], str]:
    """A page that calls its charset by this name, or by none."""
    return lambda page: page.replace('<meta charset="UTF-8">', f'<meta charset="{name}">' if name else "")


def soft_404(asked: Asked) -> Resource:
    """A page that says there is nothing, with status 200 and in the markup of a story."""
    page = asked.html.replace(escape(asked.story.title), "Halaman tidak ditemukan")
    content = content_of(paragraphs_of(asked.story))
    return Resource(body=page.replace(content, "<p>Maaf, halaman yang Anda cari tidak ada.</p>").encode())


def calendar(asked: Asked) -> Resource:
    """A page of twenty thousand days, each of which leads to the next."""
    days = (date(2021, 1, 1) + timedelta(days=number) for number in range(CALENDAR))
    links = "".join(f'<a href="{asked.portal.origin}/kalender/{day:%Y/%m/%d}/">{day.day}</a> ' for day in days)
    return Resource(body=f"<html><body class='archive date'><h1>Kalender</h1>{links}</body></html>".encode())


def endless(asked: Asked, number: int = 1) -> Resource:
    """One page of a story that always has a next one."""
    current, following = f"{asked.url}{number}/" if number > 1 else asked.url, f"{asked.url}{number + 1}/"
    links = f'<div class="page-links"><span class="current">{number}</span><a href="{following}">{number + 1}</a></div>'
    content = content_of([f"Inilah bagian {number} dari cerita ini.", *paragraphs_of(asked.story)])
    return Resource(body=asked.portal.html(asked.story, content=content + links, url=current).encode())


def larger_than_any_limit(asked: Asked) -> Raw:
    """An article and behind it text without end, streamed."""

    def pieces() -> Iterator[bytes]:
        yield asked.page.replace(b"</html>", b"")
        for _ in range(STREAMED * 16):
            yield (b"<p>Semoga lekas selesai, terima kasih.</p>\n" * 1_525)[:65_536]

    return faults.stream(pieces)


def broken_gzip(asked: Asked) -> Raw:
    """A gzip stream that has been overwritten behind its header."""
    stream = gzip.compress(asked.page, mtime=0)
    return as_is(stream[:10] + b"\xff" * 190 + stream[200:], encoding="gzip")


def short_gzip(asked: Asked) -> Raw:
    """A gzip stream that ends in the middle of the story, with a Content-Length that fits."""
    stream = gzip.compress(asked.page, mtime=0)
    return as_is(stream[: len(stream) // 2], encoding="gzip")


def with_headers(headers: Sequence[tuple[str, str]]) -> Answer:
    """The honest page behind more headers than anyone sends."""
    return lambda asked: as_is(asked.page, headers=headers)


METADATA = "http://169.254.169.254/latest/meta-data/"
INNER = (METADATA, "http://[::1]/", "http://10.0.0.1/", "file:///etc/passwd", "ftp://berkas.example/berita")
"""Addresses inside the network of whoever crawls, and those of other schemes."""
BACK = "{origin}/2021/05/04/pindah-"
MANY = [(f"X-Isi-{number}", "x" * 1_000) for number in range(100)]
COOKIES = [("Set-Cookie", f"kue{number}=1; Path=/") for number in range(1_000)]
LATER = {"Retry_After": "Fri, 31 Dec 2027 23:59:59 GMT"}

FAULTS: tuple[Fault, ...] = (
    Fault("pindah-situs", "redirects to another site", NOT_ARTICLE, ELSEWHERE, leading("https://lain.example/iklan")),
    Fault("pindah-tetangga", "redirects to another server on this machine", NOT_ARTICLE, ELSEWHERE, leading("{elsewhere}/")),
    Fault("pindah-metadata", "redirects to the metadata of a cloud", NOT_ARTICLE, ELSEWHERE, leading(METADATA)),
    Fault("pindah-ipv6", "redirects to loopback over IPv6", NOT_ARTICLE, ELSEWHERE, leading("http://[::1]/")),
    Fault("pindah-privat", "redirects to a private address", NOT_ARTICLE, ELSEWHERE, leading("http://10.0.0.1/")),
    Fault("pindah-berkas", "redirects to a file of the machine", NOT_ARTICLE, UNSAFE, leading("file:///etc/passwd")),
    Fault("pindah-ftp", "redirects to FTP", NOT_ARTICLE, UNSAFE, leading("ftp://berkas.example/berita")),
    Fault("pindah-diri", "redirects to itself", FAILED, ROUND, leading(BACK + "diri/")),
    Fault("pindah-pergi", "redirects to an address that redirects back", FAILED, ROUND, leading(BACK + "pulang/")),
    Fault("pindah-pulang", "is that other address", FAILED, ROUND, leading(BACK + "pergi/")),
    Fault("pindah-jauh", f"redirects {HOPS} times before a story", FAILED, ROUND, leading("/lompat/1/")),
    Fault("delapan-mega", "has 8 MB of readers' comments below its story", ARCHIVED, "", told(comments)),
    Fault("lewat-batas", f"streams {STREAMED} MiB", FAILED, LARGE, larger_than_any_limit),
    Fault("bom-gzip", f"packs {faults.BOMB} MiB of zeros with gzip", FAILED, LARGE, packed(faults.gzip_bomb, "gzip")),
    Fault("bom-deflate", f"packs {faults.BOMB} MiB of zeros with deflate", FAILED, LARGE, packed(faults.deflate_bomb, "deflate")),
    Fault("bom-brotli", f"packs {faults.BOMB} MiB of zeros with brotli", FAILED, LARGE, packed(faults.brotli_bomb, "br")),
    Fault("gzip-rusak", "sends a broken gzip stream", FAILED, DAMAGED, broken_gzip),
    Fault("gzip-separuh", "sends half a gzip stream as if it were whole", FAILED, DAMAGED, short_gzip),
    Fault("panjang-lebih", "announces 1,000 bytes too many", FAILED, LOST, lambda asked: faults.claiming(1_000, asked.page)),
    # Nobody can see what lies behind the length that was announced: here it is a part of the footer.
    Fault("panjang-kurang", "announces 100 bytes too few", ARCHIVED, "", lambda asked: faults.claiming(-100, asked.page)),
    Fault("putus", "resets the connection in the middle of the body", FAILED, LOST, lambda asked: faults.cut(asked.page)),
    Fault("putus-potongan", "ends a chunked body without its last chunk", FAILED, LOST, lambda asked: faults.cut_chunks(asked.page)),
    Fault("tetes", "sends a byte of the body every 50 ms", FAILED, LATE, lambda asked: faults.drip_body(asked.page)),
    Fault("tetes-kepala", "sends a byte of a header every 50 ms", FAILED, LATE, lambda _: faults.drip_header()),
    Fault("diam", "never answers", FAILED, LATE, lambda _: faults.silence()),
    Fault("sarang-seribu", "sets its story in 1,000 nested <div>", ARCHIVED, "", around_story("<div>" * 1_000, "</div>" * 1_000)),
    # The parser goes 2,048 elements deep, four times as deep as browsers do, and what lies below is no page for readers.
    Fault("sarang-div", "sets its story in 5,000 nested <div>", NOT_ARTICLE, "no text", around_story("<div>" * 5_000, "</div>" * 5_000)),
    Fault("sarang-b", "opens 50,000 nested <b> behind its story", ARCHIVED, "", around_story("", "<b>" * 50_000)),
    Fault("tak-tertutup", "closes none of its tags", ARCHIVED, "", told(unclosed)),
    Fault("kendali", "has NULs and control characters between its words", ARCHIVED, "", told(controlled)),
    Fault("mengaku-utf8", "declares UTF-8 and sends Windows-1252", ARCHIVED, "", told(lambda page: page.encode("cp1252"))),
    Fault("mengaku-latin1", "declares ISO-8859-1, sends UTF-8", ARCHIVED, "", told(called("latin1"), "text/html; charset=ISO-8859-1")),
    Fault("utf16", "sends UTF-16 with a byte order mark", ARCHIVED, "", told(lambda page: page.encode("utf-16"), "text/html")),
    Fault("tanpa-utf8", "sends UTF-8 and declares nothing", ARCHIVED, "", told(called(""), "text/html")),
    Fault(
        "tanpa-1252",
        "sends Windows-1252 and declares nothing",
        ARCHIVED,
        "",
        told(lambda page: called("")(page).encode("cp1252"), "text/html"),
    ),
    Fault("foto", "sends a photograph as text/html", NOT_ARTICLE, "no article's page", lambda _: as_is(faults.jpeg())),
    Fault("kosong", "sends an empty body with status 200", NOT_ARTICLE, "an empty page", lambda _: as_is(b"")),
    Fault(
        "tidak-ada", "says with status 200 that there is no such page", NOT_ARTICLE, "not found, though it answers as if it were", soft_404
    ),
    Fault("hilang", "answers 410", GONE, "taken down", status(410)),
    Fault("galat", "answers 500", FAILED, "server error", status(500)),
    Fault("sibuk", "answers 503 with Retry-After: 3600", FAILED, "server error", status(503, Retry_After="3600")),
    Fault("terlalu-sering", "answers 429 with a date in Retry-After", FAILED, "too many requests", status(429, **LATER)),
    Fault("dilarang", "answers 403", FAILED, "refused by the server", status(403)),
    Fault("tertutup", "is disallowed by robots.txt", ROBOTS, "robots.txt forbids it", told(str)),
    Fault("kepala-besar", "has 100 KB of headers", ARCHIVED, "", with_headers(MANY)),
    Fault("kepala-panjang", "has a header of 100 KB in one line", FAILED, LOST, with_headers([("X-Isi", "x" * 100_000)])),
    Fault("kue", "sets a thousand cookies", ARCHIVED, "", with_headers(COOKIES)),
    Fault("kalender", f"links to {CALENDAR:,} days of a calendar without end", NOT_ARTICLE, "no article's page", calendar),
    Fault("tanpa-akhir", "has a next page, and that one too, for ever", ARCHIVED, "", endless),
)

LISTINGS: tuple[BadListing, ...] = (
    BadListing("diri", "names itself", "", lambda origin, _: index(f"{origin}/sitemap-diri.xml")),
    BadListing("lingkar", "names the index that names it", "", lambda origin, _: index(f"{origin}/wp-sitemap.xml")),
    BadListing(
        "orang-lain",
        "has 1,000 addresses of other sites",
        "",
        lambda *_: urlset(*(f"https://lain{n}.example/berita/" for n in range(1_000))),
    ),
    BadListing("dalam", "has addresses inside the crawler's network", "", lambda _, elsewhere: urlset(*INNER, f"{elsewhere}/berita")),
    BadListing("cacat", "has an address that is none", "", lambda *_: urlset("http://[")),
    BadListing("tawa", "is a bomb of entities", "", laughs),
    BadListing("entitas", "has entities from outside", "", outside),
    BadListing("bom", f"is {faults.BOMB} MiB of zeros, packed", "no sitemap", lambda *_: faults.gzip_bomb()),
    BadListing("halaman", "is a page", "no sitemap", lambda *_: b"<!DOCTYPE html><html><body><p>Beranda<br></body></html>"),
)
