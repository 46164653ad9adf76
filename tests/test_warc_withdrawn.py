"""The captures of withdrawn articles stay in the archive, and leave it only where they are asked for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.export import Asked, export
from archive.records import Page
from archive.store import Archive
from tests.arsip import arsip, printed
from tests.builders import HOME, PORTAL, article, at, keep_portal, page
from tests.test_warc import files, records

OTHER = "kebumenekspres"
STORY = article("/berita", title="Melati hilang")
FIRST = page("/berita", body=b"<p>Melati hilang.", requested_url=f"{HOME}/?p=7", rest=(page("/berita/2", body=b"<p>Melati pulang."),))
REPEAT = page("/berita", day=1, body=b"<p>Melati hilang. <i>iklan</i>")
EDITED = page("/berita", day=2, body=b"<p>Melati pulang.")
MOVED = page("/melati", day=3, body=b"<p>Melati pulang!", requested_url=f"{HOME}/berita")
"""A capture that nothing was made of, asked for under the address of the story."""
LISTED = page("/2021/melati", day=4, body=b"<p>Melati sebentar.")
"""One under an address that the ledger knows as the story's."""
ELSEWHERE = page("/cetak", day=5, body=EDITED.body)
"""The same page under an address that nobody knows as the story's."""
GONE = page("/berita", day=40, status=404, body=b"tidak ada")
WITHDRAWN = (FIRST, REPEAT, EDITED, MOVED, LISTED, ELSEWHERE, GONE)
STAYING = (page("/lain", day=6, body=b"<p>Panen."), page("/lain/2", day=7, body=b"<p>Panen lagi."))
ABROAD = page("/berita", portal=OTHER, day=41, body=b"<p>Cerita lain.")
"""The same address at another portal."""
LEFT_OUT = len(WITHDRAWN) + len(FIRST.rest)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "arsip") as opened:
        keep_portal(opened)
        keep_portal(opened, OTHER)
        for capture in (*WITHDRAWN, *STAYING, ABROAD):
            opened.keep_page(capture)
        for day, capture in enumerate((FIRST, REPEAT, EDITED)):
            told = {"title": "Melati pulang"} if capture is EDITED else {}
            opened.keep_article(replace(STORY, captured_at=at(day), page_sha256=capture.sha256, **told))
        opened.keep_article(article("/lain", day=6, title="Panen", body="Petani lega.", page_sha256=STAYING[0].sha256))
        opened.ledger.settle(f"{HOME}/2021/melati", "archived", portal=PORTAL, at=at(4), article=STORY.id)
        yield opened


def withdraw(archive: Archive) -> None:
    archive.withdraw(STORY.id, "permintaan keluarga", at=at(50))


def written(archive: Archive, folder: Path, *, again: bool = False, **asked: object) -> list[tuple[str, str]]:
    """Address and moment of the captures in an export."""
    found = export(archive.pages_db, archive.articles_db, folder, asked=Asked(**asked), again=again)  # type: ignore[arg-type]
    told = [each["told"] for name in found for each in records(folder / name.name) if each["type"] in ("response", "revisit")]
    return sorted((each["WARC-Target-URI"], each["WARC-Date"]) for each in told)


def of(*captures: Page) -> list[tuple[str, str]]:
    told = [each for capture in captures for each in (capture, *capture.rest)]
    return sorted((each.url, each.fetched_at.isoformat().replace("+00:00", "Z")) for each in told)


def test_they_are_left_out_under_every_address_and_all_others_are_written(archive: Archive, tmp_path: Path) -> None:
    assert written(archive, tmp_path / "before") == of(*WITHDRAWN, *STAYING, ABROAD)
    withdraw(archive)
    assert written(archive, tmp_path / "warc") == of(*STAYING, ABROAD)
    # Neither the answers nor what stands beside them names the story.
    content = b"".join(each["body"] for path in (tmp_path / "warc").glob("*.gz") for each in records(path))
    assert b"Melati" not in content
    assert b"/berita" not in content.replace(ABROAD.url.encode(), b"")
    assert written(archive, tmp_path / "all", with_withdrawn=True) == of(*WITHDRAWN, *STAYING, ABROAD)
    archive.give_back(STORY.id, at=at(51))
    assert written(archive, tmp_path / "after") == of(*WITHDRAWN, *STAYING, ABROAD)
    assert files(tmp_path / "after") == files(tmp_path / "before")


@pytest.mark.parametrize("size", [10**9, 1], ids=["a file a month", "a file a capture"])
def test_going_on_takes_them_out_of_files_that_were_written_before_and_puts_them_back(archive: Archive, tmp_path: Path, size: int) -> None:
    folder = tmp_path / "warc"
    written(archive, folder, size=size)
    whole = files(folder)
    withdraw(archive)
    assert written(archive, folder, again=True, size=size) == of(*STAYING, ABROAD)
    written(archive, tmp_path / "anew", size=size)
    # The month of which nothing is left has no file any more.
    assert files(folder) == files(tmp_path / "anew")
    archive.give_back(STORY.id, at=at(51))
    written(archive, folder, again=True, size=size)
    assert files(folder) == whole


def test_going_on_touches_no_file_in_which_nothing_was_withdrawn(archive: Archive, tmp_path: Path) -> None:
    withdraw(archive)
    written(archive, tmp_path / "warc")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "warc").glob("*.gz")}
    written(archive, tmp_path / "warc", again=True)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "warc").glob("*.gz")} == before


def test_the_command_says_how_many_it_left_out(archive: Archive, tmp_path: Path) -> None:
    folder, out = archive.folder, str(tmp_path / "warc")
    assert "Left out" not in "\n".join(printed(folder, "export", "--warc", str(tmp_path / "before")))
    withdraw(archive)
    said = printed(folder, "export", "--warc", out)[-1]
    assert said == f"Left out of withdrawn articles: {LEFT_OUT} captures; --with-withdrawn writes them too."
    only = printed(folder, "export", "--warc", str(tmp_path / "april"), "--since", "2021-04-30")[-1]
    assert only == "Left out of withdrawn articles: 1 capture; --with-withdrawn writes them too."
    assert "Left out" not in "\n".join(printed(folder, "export", "--warc", str(tmp_path / "all"), "--with-withdrawn"))
    otherwise = arsip(folder, "export", "--warc", out, "--again", "--with-withdrawn")
    assert (otherwise.exit_code, otherwise.stdout) == (2, "")
    assert "asked for otherwise" in otherwise.stderr
