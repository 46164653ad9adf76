"""The stories of the sample portals as files, and the command that serves them."""

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from sample.__main__ import main
from sample.server import PORTALS, STORIES, serve
from sample.stories import StoryError, read_stories

KEBUMEN = (
    "• Berita Terkini\n\nKamis, 25 Maret 2021\n\nJudul\n\nKEBUMEN(kebumenekspres.com)-Teks. (abc)\n\nBerita Terbaru :\n\nScroll to Top\n"
)


BENGKULU = "Judul\n\n  • Bagikan\n\nKepahiang Teks.\n\nEditor AG\n\nRakyatbengkulu.com\n\n  • Bagikan\n"


@pytest.mark.parametrize(
    ("portal", "text", "fault"),
    [
        ("kebumenekspres", KEBUMEN.replace("• Berita Terkini\n", ""), "does not open"),
        ("kebumenekspres", KEBUMEN.replace("Scroll to Top", ""), "does not end"),
        ("kebumenekspres", KEBUMEN.replace("Kamis", "Rabu"), "true weekday"),
        ("kebumenekspres", "Date: 2021-03-26T08:00:00+07:00\n---\n" + KEBUMEN, "the date line"),
        ("kebumenekspres", "Date: 2021-03-25T08:00:00\n---\n" + KEBUMEN, "no offset"),
        ("kebumenekspres", "Date: kemarin\n---\n" + KEBUMEN, "not an ISO date"),
        ("kebumenekspres", "Modified: 2021-03-24T08:00:00+07:00\n---\n" + KEBUMEN, "before it was published"),
        ("kebumenekspres", "Slug: Judul Baru\n---\n" + KEBUMEN, "slug 'Judul Baru'"),
        ("kebumenekspres", "Slug: judul\n" + KEBUMEN, "no closing line"),
        ("kebumenekspres", "Slug: judul\nAuthor: x\n---\n" + KEBUMEN, "'Author: x'"),
        ("kebumenekspres", "Markup: table\n---\n" + KEBUMEN, "markup 'table'"),
        ("kebumenekspres", "Pages: 2\n---\n" + KEBUMEN, "announces 2 pages"),
        ("rakyatbengkulu", BENGKULU, "no date"),
        ("rakyatbengkulu", BENGKULU.replace("Rakyatbengkulu.com", ""), "does not end"),
        ("rakyatbengkulu", "Date: 2020-09-04T08:00+07:00\n---\n" + BENGKULU.replace("Kepahiang Teks.", ""), "no paragraph"),
        ("rakyatbengkulu", BENGKULU.replace("• Bagikan", "", 1), "does not open"),
        ("kabarserayu", "Date: 2021-03-25T08:00+07:00\n---\n\n", "does not open"),
        ("kabarserayu", "Date: 2021-03-25T08:00+07:00\n---\nJudul\n", "no paragraph"),
    ],
)
def test_a_malformed_story_is_named(tmp_path: Path, portal: str, text: str, fault: str) -> None:
    (tmp_path / "cerita.txt").write_text(text, encoding="utf-8")
    with pytest.raises(StoryError, match=fault) as error:
        read_stories(tmp_path, portal=portal)
    assert str(error.value).startswith(f"{tmp_path / 'cerita.txt'}: ")
    assert str(error.value).count("\n") == 0


def test_the_reader_takes_a_story_apart(tmp_path: Path) -> None:
    body = "Kepahiang Teks.\n\n## Antara\n\n- satu\n- dua\n\nbaris satu\nbaris dua\n\nBaca Juga :  Lain\n\n<!--nextpage-->\n\nAkhir."
    text = BENGKULU.replace("Kepahiang Teks.", body).replace("• Bagikan\n", "• Bagikan\nfoto pasar\n", 1)
    (tmp_path / "cerita.txt").write_text(text, encoding="utf-8")
    (tmp_path / "kebumenekspres-lain.txt").write_text(KEBUMEN, encoding="utf-8")
    [story] = read_stories(tmp_path, portal="rakyatbengkulu", undated=date(2020, 9, 4))
    assert (story.slug, story.title, story.caption, story.tail) == ("cerita", "Judul", "foto pasar", ("Editor AG",))
    assert story.published.isoformat() == story.modified.isoformat() == "2020-09-04T00:00:00+07:00"
    assert [[(block.kind, len(block.lines)) for block in page] for page in story.pages] == [
        [("paragraph", 1), ("heading", 1), ("list", 2), ("paragraph", 2), ("related", 2)],
        [("paragraph", 1)],
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--stories", "kompas=stories"],
        ["--stories", "kebumenekspres=/no/such/folder"],
        ["--port", "kebumenekspres=many"],
        ["--port", "kebumenekspres"],
        ["--undated", "kemarin"],
        ["--unknown"],
    ],
)
def test_wrong_use_gets_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    try:
        status: object = main(arguments)
    except SystemExit as leaving:
        status = leaving.code
    error = capsys.readouterr().err
    assert (status, error.count("\n"), error.endswith(".\n"), error.startswith("sample: ")) == (2, 1, True, True)


def test_a_port_that_is_taken_is_named() -> None:
    with serve(["kebumenekspres"]) as portals:
        port = urlsplit(portals["kebumenekspres"].home).port or 0
        with pytest.raises(OSError, match=f"kebumenekspres cannot be served on port {port}"), serve(ports={"kebumenekspres": port}):
            pass


def test_the_command_serves_until_it_is_stopped() -> None:
    command = [sys.executable, "-m", "sample"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=STORIES.parent.parent) as process:
        assert process.stdout
        homes = dict(process.stdout.readline().split() for _ in PORTALS)
        assert tuple(homes) == tuple(PORTALS)
        assert all(urlopen(home, timeout=10).status == 200 for home in homes.values())
        process.send_signal(signal.SIGTERM)
        assert (process.communicate(timeout=30), process.returncode) == (("", ""), 0)
