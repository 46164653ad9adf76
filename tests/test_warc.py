"""Captures leave as WARC files that other tools read, the same bytes every time, each file whole or not there."""

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.crawls import Crawl
from archive.errors import ArchiveError
from archive.export import Asked, export
from archive.store import Archive
from archive.warc import kept_headers, told_headers
from tests.arsip import arsip
from tests.builders import HOME, PORTAL, START, keep_portal, page
from tests.crawling import BIN, ROOT, one_sentence

OTHER = "kebumenekspres"
SENT = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("content-encoding", "gzip"),
    ("Content-Length", "17"),
    ("Transfer-Encoding", "chunked"),
    ("X-Judul", "Caf\xe9"),
    ("X-Archive-Orig-Content-Length", "4"),
)
AGENT = "ArsipWarta/0.1 (news archive; arsip@contoh.example)"
STORY = page("/banjir", headers=SENT, requested_url=f"{HOME}/?p=12", origin="http://127.0.0.1:8000")
PARTS = page("/panjang", day=1, body=b"<p>Satu.", rest=(page("/panjang?page=2", day=1.1, body=b"<p>Dua."),))
AGAIN = page("/banjir", day=2)
GONE = page("/hilang", day=20, status=404, body=b"")
ABROAD = page("/lain", portal=OTHER, body=b"<p>Lain.")
PAGES = (STORY, PARTS, AGAIN, ABROAD, GONE)
CAPTURES = len(PAGES) + 1
NAMES = [f"{OTHER}-2021-03-00001.warc.gz", f"{PORTAL}-2021-03-00001.warc.gz", f"{PORTAL}-2021-04-00001.warc.gz"]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "arsip") as opened:
        keep_portal(opened)
        keep_portal(opened, OTHER)
        opened.crawls.begin(Crawl(id="crawl-1", portal=PORTAL, started=START, user_agent=AGENT))
        for each in PAGES:
            opened.keep_page(each)
        yield opened


def exported(archive: Archive, folder: Path, **more: Any) -> list[str]:
    """The names of the files that an export leaves."""
    return [each.name for each in export(archive.pages_db, archive.articles_db, folder, version="1", **more)]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def records(path: Path) -> list[dict[str, Any]]:
    """What a reader of WARC files finds."""
    with path.open("rb") as file:
        return [
            {
                "type": record.rec_type,
                "told": dict(record.rec_headers.headers),
                "status": record.http_headers and f"{record.http_headers.protocol} {record.http_headers.statusline}",
                "http": record.http_headers and record.http_headers.headers,
                "body": record.raw_stream.read(),
            }
            for record in ArchiveIterator(file)
        ]


def metadata(record: dict[str, Any]) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in record["body"].decode().splitlines())


def of(path: Path, kind: str, url: str) -> dict[str, Any]:
    found = (each for each in records(path) if (each["type"], each["told"].get("WARC-Target-URI")) == (kind, url))
    return next(found)


def warcio(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BIN / "warcio", *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_a_file_holds_a_portal_and_month_and_warcio_finds_nothing_wrong_with_it(archive: Archive, tmp_path: Path) -> None:
    assert exported(archive, tmp_path / "warc") == NAMES
    paths = [str(tmp_path / "warc" / name) for name in NAMES]
    check = warcio("check", *paths)
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "")
    # A pass is said of every record that has a digest, and a digest is on all of them.
    passed = warcio("check", "--verbose", *paths).stdout
    assert passed.count("digest pass") == 3 + 3 * CAPTURES - passed.count("not checked (revisit)")
    lines = [json.loads(line) for line in warcio("index", *paths).stdout.splitlines()]
    assert len(lines) == len(NAMES) + 3 * CAPTURES


def test_every_record_is_a_gzip_member_of_its_own(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "warc")
    path = tmp_path / "warc" / NAMES[1]
    offsets = [int(json.loads(line)["offset"]) for line in warcio("index", str(path)).stdout.splitlines()]
    content = path.read_bytes()
    for begin, end in zip(offsets, [*offsets[1:], len(content)], strict=True):
        member = gzip.decompress(content[begin:end])
        assert member.startswith(b"WARC/1.1\r\n")
        assert member.count(b"WARC-Record-ID: ") == 1


def test_the_file_says_who_made_it_and_how(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "warc", operator="arsip@contoh.example")
    info = records(tmp_path / "warc" / NAMES[1])[0]
    assert (info["type"], info["told"]["WARC-Filename"]) == ("warcinfo", NAMES[1])
    told = metadata(info)
    assert (told["software"], told["operator"], told["isPartOf"]) == ("Arsip Warta 1", "arsip@contoh.example", PORTAL)
    assert told["robots"].startswith("obeyed")


def test_an_answer_is_told_as_it_was_kept_and_its_headers_fit_its_body(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "warc")
    answer = of(tmp_path / "warc" / NAMES[1], "response", STORY.url)
    assert (answer["status"], answer["body"]) == ("HTTP/1.1 200 OK", STORY.body)
    assert answer["told"]["WARC-Date"] == "2021-03-25T05:00:00Z"
    assert [name for name, _ in answer["http"]] == [
        "Content-Type",
        "X-Archive-Orig-content-encoding",
        "X-Archive-Orig-Content-Length",
        "X-Archive-Orig-Transfer-Encoding",
        "X-Judul",
        "X-Archive-Orig-X-Archive-Orig-Content-Length",
        "Content-Length",
    ]
    assert answer["http"][-1] == ("Content-Length", str(len(STORY.body)))
    assert b"X-Judul: Caf\xe9\r\n" in gzip.decompress((tmp_path / "warc" / NAMES[1]).read_bytes())


def test_beside_an_answer_stand_its_request_and_what_the_archive_knows(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "warc")
    path = tmp_path / "warc" / NAMES[1]
    answer, request, known = (of(path, kind, STORY.url) for kind in ("response", "request", "metadata"))
    assert request["told"]["WARC-Concurrent-To"] == known["told"]["WARC-Concurrent-To"] == answer["told"]["WARC-Record-ID"]
    assert request["status"] == "GET /banjir HTTP/1.1"
    assert request["http"] == [("Host", "127.0.0.1:8000"), ("User-Agent", AGENT)]
    assert metadata(known) == {
        "arsip-capture": "1",
        "arsip-portal": PORTAL,
        "arsip-url": STORY.url,
        "arsip-requested": f"{HOME}/?p=12",
        "arsip-origin": "http://127.0.0.1:8000",
        "arsip-crawl": "crawl-1",
        "arsip-robots": "allowed",
        "arsip-sha256": STORY.sha256,
    }


def test_a_body_that_stands_in_the_file_is_referred_to(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "warc")
    path = tmp_path / "warc" / NAMES[1]
    answer, again = of(path, "response", STORY.url), of(path, "revisit", AGAIN.url)
    assert again["told"]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert again["told"]["WARC-Payload-Digest"] == answer["told"]["WARC-Payload-Digest"]
    assert again["told"]["WARC-Refers-To"] == answer["told"]["WARC-Record-ID"]
    assert again["told"]["WARC-Refers-To-Date"] == answer["told"]["WARC-Date"]
    assert again["body"] == b""


def test_the_pages_of_a_story_stand_together_and_say_so(archive: Archive, tmp_path: Path) -> None:
    # Every file is full with one capture.
    names = exported(archive, tmp_path / "warc", asked=Asked(size=1))
    assert names == [NAMES[0], *(f"{PORTAL}-2021-03-{number:05}.warc.gz" for number in (1, 2, 3)), NAMES[2]]
    path = tmp_path / "warc" / names[2]
    first = of(path, "response", PARTS.url)["told"]["WARC-Record-ID"]
    told = [metadata(each) for each in records(path) if each["type"] == "metadata"]
    assert [(each["arsip-part"], each["arsip-parts"], each["arsip-first"]) for each in told] == [("1", "2", first), ("2", "2", first)]


def test_the_same_archive_gives_the_same_bytes_and_the_list_of_files_tells_their_digests(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "a")
    exported(archive, tmp_path / "b")
    found = files(tmp_path / "a")
    assert found == files(tmp_path / "b")
    for each in json.loads(found.pop("export.json"))["files"]:
        content = found.pop(each["name"])
        assert (each["bytes"], each["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert found == {}


def test_no_two_records_have_the_same_id(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "warc")
    ids = [each["told"]["WARC-Record-ID"] for name in NAMES for each in records(tmp_path / "warc" / name)]
    assert len(ids) == len(set(ids)) == len(NAMES) + 3 * CAPTURES


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"portals": (OTHER,)}, NAMES[:1]),
        ({"asked": Asked(since="2021-03-26")}, NAMES[1:]),
        ({"asked": Asked(since="2021-04-01")}, NAMES[2:]),
        ({"asked": Asked(until="2021-03-25")}, NAMES[:2]),
        ({"asked": Asked(until="2021-03-24")}, []),
    ],
)
def test_days_and_portals_can_be_asked_for(archive: Archive, tmp_path: Path, asked: dict[str, Any], names: list[str]) -> None:
    steps: list[int] = []
    assert exported(archive, tmp_path / "warc", step=lambda: steps.append(1), **asked) == names
    answers = [each for name in names for each in records(tmp_path / "warc" / name) if each["type"] in ("response", "revisit")]
    assert len(answers) == len(steps)


def test_a_folder_with_an_export_is_left_alone_unless_it_is_to_go_on(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "warc")
    before = files(tmp_path / "warc")
    with pytest.raises(ArchiveError, match="give --again") as refused:
        exported(archive, tmp_path / "warc")
    assert refused.value.status == 2
    assert exported(archive, tmp_path / "warc", again=True) == NAMES
    assert files(tmp_path / "warc") == before


def test_going_on_writes_what_is_new_or_lost_and_touches_nothing_else(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "warc"
    exported(archive, folder)
    (folder / NAMES[0]).write_bytes(b"cut")
    archive.keep_page(page("/baru", day=21))
    untouched = (folder / NAMES[1]).stat()
    exported(archive, folder, again=True)
    assert (folder / NAMES[1]).stat().st_mtime_ns == untouched.st_mtime_ns
    exported(archive, tmp_path / "anew")
    assert files(folder) == files(tmp_path / "anew")
    assert of(folder / NAMES[2], "response", f"{HOME}/baru")["body"] == AGAIN.body


def test_going_on_with_other_days_or_in_a_folder_of_someone_else_is_refused(archive: Archive, tmp_path: Path) -> None:
    exported(archive, tmp_path / "warc")
    with pytest.raises(ArchiveError, match="asked for otherwise"):
        exported(archive, tmp_path / "warc", asked=Asked(since="2021-03-26"), again=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("x", encoding="utf-8")
    for again in (False, True):
        with pytest.raises(ArchiveError, match="no export of this archive"):
            exported(archive, tmp_path / "mine", again=again)
    assert files(tmp_path / "mine") == {"thesis.tex": b"x"}


KILLED = """
import os, signal, sys
from pathlib import Path
from archive import schema
from archive.database import open_readonly
from archive.export import Asked, export
folder, out, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
steps = []
def step():
    steps.append(1)
    if len(steps) == at:
        os.kill(os.getpid(), signal.SIGKILL)
pages, articles = open_readonly(folder / "pages.db", schema.pages), open_readonly(folder / "articles.db", schema.articles)
export(pages, articles, out, version="1", asked=Asked(size=1), again=True, step=step)
"""


@pytest.mark.parametrize("at", range(1, CAPTURES + 1))
def test_an_export_that_is_killed_leaves_whole_files_and_can_go_on(archive: Archive, tmp_path: Path, at: int) -> None:
    exported(archive, tmp_path / "whole", asked=Asked(size=1))
    whole = files(tmp_path / "whole")
    command = [sys.executable, "-c", KILLED, tmp_path / "arsip", tmp_path / "warc", str(at)]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == -signal.SIGKILL
    for name, content in files(tmp_path / "warc").items():
        assert name.endswith(".unfinished") or name == "export.json" or content == whole[name]
    exported(archive, tmp_path / "warc", asked=Asked(size=1), again=True)
    assert files(tmp_path / "warc") == whole


def test_a_body_that_is_not_what_its_digest_says_is_not_exported(archive: Archive, tmp_path: Path) -> None:
    archive.pages_db.execute(
        "update bodies set zstd = (select zstd from bodies where sha256 = ?) where sha256 = ?", [GONE.sha256, STORY.sha256]
    )
    with pytest.raises(ArchiveError, match=r"capture 1 in pages\.db is damaged"):
        exported(archive, tmp_path / "warc")
    assert NAMES[1] not in files(tmp_path / "warc")


@pytest.mark.parametrize(
    "headers",
    [(), SENT, (("Content-Length", "9"), ("Content-Length", "9")), (("x-archive-orig-a", "b"),)],
    ids=["none", "sent", "twice", "case"],
)
def test_headers_come_back_as_they_were(headers: tuple[tuple[str, str], ...]) -> None:
    assert kept_headers(told_headers(page(headers=headers))) == headers


def test_a_header_cannot_add_a_line() -> None:
    assert told_headers(page(headers=(("X-A", "b\r\nSet-Cookie: c"),)))[0] == ("X-A", "b Set-Cookie: c")


def test_the_command_prints_the_files_with_their_sum(archive: Archive, tmp_path: Path) -> None:
    done = arsip(archive.folder, "export", "--warc", str(tmp_path / "warc"))
    assert done.exit_code == 0
    assert all(name in done.stdout for name in NAMES)
    assert f"total                                │        {CAPTURES} │" in done.stdout
    size = sum(path.stat().st_size for path in (tmp_path / "warc").glob("*.gz"))
    assert f"{size:,}" in done.stdout
    again = arsip(archive.folder, "export", "--warc", str(tmp_path / "warc"))
    assert (again.exit_code, again.stdout) == (2, "")
    assert "give --again" in one_sentence(again.stderr)


@pytest.mark.parametrize(
    ("more", "says"),
    [(("--portal", "nosuch"), "holds nothing of 'nosuch'"), (("--since", "2021-02-02", "--until", "2021-02-01"), "swap them")],
)
def test_wrong_use_is_one_sentence(archive: Archive, tmp_path: Path, more: tuple[str, ...], says: str) -> None:
    done = arsip(archive.folder, "export", "--warc", str(tmp_path / "warc"), *more)
    assert done.exit_code == 2
    assert says in one_sentence(done.stderr)
    assert not (tmp_path / "warc").exists()


CRAMPED = """
import resource, sys
from pathlib import Path
from archive import schema
from archive.database import open_readonly
from archive.errors import ArchiveError
from archive.export import export
folder, out = Path(sys.argv[1]), Path(sys.argv[2])
pages, articles = open_readonly(folder / "pages.db", schema.pages), open_readonly(folder / "articles.db", schema.articles)
resource.setrlimit(resource.RLIMIT_FSIZE, (2500, resource.RLIM_INFINITY))
try:
    export(pages, articles, out)
except ArchiveError as error:
    print(error, file=sys.stderr)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def test_a_full_disk_is_one_sentence_and_leaves_no_half_file(archive: Archive, tmp_path: Path) -> None:
    archive.keep_page(page("/acak", body=os.urandom(9000)))
    command = [sys.executable, "-c", CRAMPED, tmp_path / "arsip", tmp_path / "warc"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "cannot be written: File too large" in one_sentence(done.stderr)
    left = files(tmp_path / "warc")
    assert {name for name in left if not name.endswith(".unfinished")} == {NAMES[0], "export.json"}
    assert warcio("check", str(tmp_path / "warc" / NAMES[0])).returncode == 0
