"""WARC files in the shapes in which other tools write them."""

import base64
import gzip
import hashlib
import uuid
from pathlib import Path

CRLF = b"\r\n"


def sha1(data: bytes) -> str:
    """A digest as most tools write it."""
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def record(kind: str, block: bytes, *, version: str = "1.0", packed: bool = True, length: int | None = None, **told: str) -> bytes:
    """A record; `told` names its headers with underscores, `WARC_Date`."""
    headers = {"WARC-Type": kind, "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>"}
    headers |= {name.replace("_", "-"): value for name, value in told.items()}
    headers["Content-Length"] = str(len(block) if length is None else length)
    head = f"WARC/{version}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    whole = head.encode() + CRLF + block + CRLF + CRLF
    return gzip.compress(whole) if packed else whole


def http(body: bytes, *headers: tuple[str, str], status: str = "200 OK", version: str = "1.1") -> bytes:
    """An answer as it came over the wire."""
    told = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/{version} {status}\r\n{told}".encode("latin-1") + CRLF + body


def chunked(body: bytes, size: int = 1000) -> bytes:
    """A body in chunks, the first of them with an extension."""
    pieces = [body[place : place + size] for place in range(0, len(body), size)]
    told = [b"%x%s\r\n%s\r\n" % (len(piece), b"" if number else b";a=b", piece) for number, piece in enumerate(pieces)]
    return b"".join(told) + b"0\r\n\r\n"


HTML = ("Content-Type", "text/html; charset=UTF-8")


def response(url: str, date: str, block: bytes, **more: str) -> bytes:
    """A `response` record with the digest of its payload."""
    _, _, payload = block.partition(CRLF + CRLF)
    told = {
        "WARC_Target_URI": url,
        "WARC_Date": date,
        "WARC_Payload_Digest": sha1(payload),
        "Content_Type": "application/http; msgtype=response",
    }
    return record("response", block, **told | more)  # type: ignore[arg-type]


def wget(pages: dict[str, bytes], date: str = "2019-05-06T07:08:09Z") -> bytes:
    """WARC 1.0, addresses in angle brackets, the request before the answer, bodies as they were sent: packed, in chunks."""
    made = [record("warcinfo", b"software: Wget/1.21 (linux-gnu)\r\nformat: WARC File Format 1.0\r\nrobots: classic\r\n", WARC_Date=date)]
    for url, body in pages.items():
        told = {"WARC_Target_URI": f"<{url}>", "WARC_Date": date}
        made.append(
            record("request", b"GET / HTTP/1.1\r\nUser-Agent: Wget/1.21\r\n\r\n", Content_Type="application/http; msgtype=request", **told)
        )
        made.append(
            response(
                f"<{url}>", date, http(chunked(gzip.compress(body)), HTML, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
            )
        )
    made.append(record("metadata", b"wget.log", WARC_Date=date, WARC_Target_URI="<metadata://gnu.org/software/wget/warc/wget.log>"))
    return b"".join(made)


def browsertrix(pages: dict[str, bytes], pack: object, date: str = "2022-08-01T10:11:12.345Z") -> bytes:
    """WARC 1.1 with fractions of seconds, brotli, a request behind each answer, and facts about pages as resources."""
    made = [record("warcinfo", b"software: Browsertrix-Crawler 1.0.0\r\nformat: WARC File Format 1.1\r\n", version="1.1", WARC_Date=date)]
    for url, body in pages.items():
        identity = f"<urn:uuid:{uuid.uuid4()}>"
        sent = pack(body)  # type: ignore[operator]
        block = http(sent, ("content-type", "text/html"), ("content-encoding", "br"))
        made.append(response(url, date, block, version="1.1", WARC_Record_ID=identity, WARC_Page_ID="1"))
        made.append(
            record("request", b"GET / HTTP/1.1\r\n\r\n", version="1.1", WARC_Date=date, WARC_Target_URI=url, WARC_Concurrent_To=identity)
        )
        made.append(record("resource", b'{"pageid": 1}', version="1.1", WARC_Date=date, WARC_Target_URI=f"urn:pageinfo:{url}"))
        made.append(response("https://cdn.example/logo.png", date, http(b"\x89PNG", ("content-type", "image/png")), version="1.1"))
    return b"".join(made)


def common_crawl(pages: dict[str, bytes], date: str = "2020-01-02T03:04:05Z") -> bytes:
    """WARC 1.0, request, answer and metadata by page; bodies unpacked, with the headers that spoke of the packing renamed."""
    made = [record("warcinfo", b"isPartOf: CC-MAIN-2020-05\r\nsoftware: Apache Nutch 1.16\r\nrobots: checked\r\n", WARC_Date=date)]
    for url, body in pages.items():
        identity = f"<urn:uuid:{uuid.uuid4()}>"
        told = {"WARC_Date": date, "WARC_Target_URI": url}
        made.append(record("request", b"GET / HTTP/1.1\r\nUser-Agent: CCBot/2.0\r\n\r\n", **told))
        headers = (HTML, ("X-Crawl-Content-Encoding", "gzip"), ("X-Crawl-Transfer-Encoding", "chunked"), ("Content-Length", str(len(body))))
        made.append(response(url, date, http(body, *headers), WARC_Record_ID=identity, WARC_Identified_Payload_Type="text/html"))
        made.append(record("metadata", b"fetchTimeMs: 420\r\ncharset-detected: UTF-8\r\n", WARC_Concurrent_To=identity, **told))
    return b"".join(made)


def file(folder: Path, content: bytes, name: str = "a.warc.gz") -> Path:
    """The path of a file with that content."""
    (folder / name).write_bytes(content)
    return folder / name
