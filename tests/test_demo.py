"""`make demo` and the Makefile, as a newcomer meets them."""

import json
import re
import subprocess
import sys

from tests.crawling import ROOT, rows


def demo(folder) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "sample.demo", folder], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_the_demo_crawls_searches_dumps_and_says_where_to_read_and_can_be_run_again(tmp_path):
    for _ in range(2):
        done = demo(tmp_path / "demo")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.count("│ kebumenekspres │") == 2
        assert "kebumenekspres: refused 1 " in done.stdout
        assert "[Harga] [Cabai] Melonjak" in done.stdout
        assert "http://127.0.0.1:8001/articles" in done.stdout
        lines = (tmp_path / "demo" / "dump" / "articles.jsonl").read_text().splitlines()
        assert len([json.loads(line) for line in lines]) == 60
        assert str(tmp_path / "demo" / "dump" / "articles.jsonl") in done.stdout
        assert rows(tmp_path / "demo", "select sum(revision = 2) as edited, count(gone_at) as gone from articles") == [
            {"edited": 1, "gone": 1}
        ]


def test_make_help_names_every_target():
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"setup", "demo", "browse", "test", "lint", "types", "lock", "help"} <= targets
    assert all(f"make {target} " in told for target in targets)


def test_the_lock_pins_everything_with_hashes_and_names_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    pinned = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock
