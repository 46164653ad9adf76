"""Puts the real output of commands into the documents, or checks that it is there.

A fenced block behind a comment `<!-- run: COMMAND -->` holds the command and what it prints, typed in a folder that `make demo` has just
filled, with ARSIP_DIR=demo-data. Beside the archive lies `page.html`, a page of a sample portal as a browser saves it. What differs from
run to run (moments, hashes, ports) is masked, so that a block only changes when the program does. Between `<!-- table: COMMAND -->` and
`<!-- end of table -->` stands what the command prints as Markdown. Where a command asks `http://127.0.0.1:PORT`, a sample portal answers.

    python docs/refresh.py            write the blocks anew
    python docs/refresh.py --check    exit with 1 where a block is not what the command prints
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from archive.captures import read_pages
from archive.database import open_readonly
from archive.schema import pages
from sample.demo import QUICKLY
from sample.server import serve

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
DOCUMENTS = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"(?P<head><!-- run: (?P<command>.+?) -->\n+```\w*\n)(?P<body>.*?)(?P<tail>^```$)", re.DOTALL | re.MULTILINE)
TABLE = re.compile(r"(?P<head><!-- table: (?P<command>.+?) -->\n)(?P<body>.*?)(?P<tail>^<!-- end of table -->$)", re.DOTALL | re.MULTILINE)

DEMO, SAVED = "demo-data", "page.html"
SERVED, THERE = "kebumenekspres", "http://127.0.0.1:PORT"
"""A sample portal that is served while a command asks it, and how a document writes its address."""
SAVED_PAGE = "/jalan-muara-aman-curup-kembali-dibuka/"

WIDTH = 20
"""Characters of an option beside which argparse still sets the help."""
MASKS = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "…"),
    # The version of rules, which any change of the code changes; a capture's number and a crawl's, which no two crawls share.
    (re.compile(r"^(rules +)[0-9a-f]{12}( of \w+ \(press )[0-9a-f]{12}", re.MULTILINE), r"\1…\2…"),
    (re.compile(r"\bcapture \d+ of\b"), "capture … of"),
    (re.compile(r"\b\d{8}T\d{6}\.\d{6}Z-"), "…-"),
    (re.compile(r"\b20(?:2[6-9]|[3-9]\d)-\d\d-\d\d(?:T\d\d:\d\d:\d\d\+00:00)?"), "2026-11-22"),
    (re.compile(r"127\.0\.0\.1:\d{4,5}\b(?!/articles)"), "127.0.0.1:…"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
)
OPTION = re.compile(r"^  (?P<short>-\w)(?: (?P<value>\S+))?, (?P<long>--[\w-]+) (?P<same>\S+)(?P<gap>\n? {2,})", re.MULTILINE)


def masked(text: str) -> str:
    """Output without what differs from run to run, or from one Python to the next."""
    for pattern, put in MASKS:
        text = pattern.sub(put, text)
    return OPTION.sub(_option, text).strip("\n") + "\n"


def _option(found: re.Match[str]) -> str:
    """An option as Python 3.13 prints it: `-s, --set NAME=VALUE`, where older ones print `-s NAME=VALUE, --set NAME=VALUE`."""
    if found["value"] not in (None, found["same"]):
        return found[0]
    printed = f"{found['short']}, {found['long']} {found['same']}"
    return f"  {printed:<{WIDTH}}  " if len(printed) <= WIDTH else f"  {printed}\n{' ' * (WIDTH + 4)}"


class Room:
    """A folder in which the commands of the documents are typed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(ROOT / "scrapy.cfg", folder)
        self._printed = {"make demo": self._run([sys.executable, "-m", "sample.demo", DEMO])}
        stored = open_readonly(folder / DEMO / "pages.db", pages)
        (folder / SAVED).write_bytes(next(page.body for page in read_pages(stored) if page.url.endswith(SAVED_PAGE)))
        stored.close()

    def printed(self, command: str) -> str:
        """What the command prints, masked; RuntimeError where it fails."""
        if command not in self._printed:
            name, *arguments = shlex.split(command)
            program = ["make", "--no-print-directory", "-C", str(ROOT)] if name == "make" else [str(BIN / name)]
            typed = [*program, *arguments]
            self._printed[command] = self._asked(typed) if THERE in command else self._run(typed)
        return self._printed[command]

    def _asked(self, command: list[str]) -> str:
        """What a command prints that asks the sample portal, as fast as that answers."""
        with serve([SERVED]) as portals:
            return self._run([*(word.replace(THERE, portals[SERVED].home) for word in command), *QUICKLY])

    def _run(self, command: list[str]) -> str:
        told = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "MAKEFLAGS", "MAKELEVEL", "ARSIP_CONTACT")}
        environment = told | {"ARSIP_DIR": DEMO, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{shlex.join(command)} ended with {done.returncode}: {done.stderr}")
        return masked(done.stdout + done.stderr)


def refreshed(text: str, room: Room) -> str:
    """A document with its blocks and tables as the commands print them."""
    text = BLOCK.sub(lambda block: f"{block['head']}$ {block['command']}\n{room.printed(block['command'])}{block['tail']}", text)
    return TABLE.sub(lambda table: f"{table['head']}\n{room.printed(table['command'])}\n{table['tail']}", text)


def stale() -> dict[Path, str]:
    """The documents that do not show what the commands print, with the text that would."""
    with tempfile.TemporaryDirectory() as temporary:
        room = Room(Path(temporary))
        texts = {document: document.read_text(encoding="utf-8") for document in DOCUMENTS}
        return {document: fresh for document, text in texts.items() if (fresh := refreshed(text, room)) != text}


def main(*, check: bool) -> int:
    """Refresh or check all documents; the exit status comes back."""
    found = stale()
    for document, text in found.items():
        if not check:
            document.write_text(text, encoding="utf-8")
        print(f"{document.relative_to(ROOT)} {'does not show what the commands print; run: make docs' if check else 'refreshed'}")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
