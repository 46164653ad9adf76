"""scrapy genspider: it writes a portal's file that loads as it is, and never over another."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from spiders.families import families
from tests.crawling import one_sentence, scrapy

SUARA = ("suaracontoh", "suaracontoh.id", "--region", "17.08", "--title", "Suara Contoh")
WRITTEN = '''from spiders.families.wordpress import WordPress


class SuaraContoh(WordPress):
    """Suara Contoh, news site of Kepahiang in Bengkulu."""

    name = "suaracontoh"
    home = "https://suaracontoh.id"
    region = "17.08"
    evidence = "the front page, seen in 2026"
'''


Ended = tuple[int, str, str]
"""Exit status, standard output, standard error."""


@pytest.fixture
def catalogue(tmp_path, monkeypatch) -> Path:
    """An empty catalogue of portals, `contoh.portals`, beside the project's own."""
    folder = tmp_path / "contoh" / "portals"
    folder.mkdir(parents=True)
    for package in (folder, folder.parent):
        (package / "__init__.py").write_text("")
    for module in [each for each in sys.modules if each.partition(".")[0] == "contoh"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.syspath_prepend(tmp_path)
    return folder


@pytest.fixture
def genspider(capsys) -> Callable[..., Ended]:
    """How the command ended, in a project whose new portals go to the catalogue."""

    def run(*arguments: str) -> Ended:
        settings = get_project_settings()
        settings.setdict({"SPIDER_MODULES": ["spiders.portals", "contoh.portals"], "NEWSPIDER_MODULE": "contoh.portals"})
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", "genspider", *arguments], settings)
        return (ended.value.code, *capsys.readouterr())

    return run


def portals() -> list[str]:
    """The names of the portals in the catalogue, all of which load."""
    return SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["contoh.portals"]})).list()


def test_a_file_is_written_that_loads_as_it_is(catalogue, genspider):
    status, stdout, stderr = genspider(*SUARA, "-t", "wordpress", "--evidence", "the front page, seen in 2026")
    assert (status, stderr) == (0, "")
    assert stdout.endswith("suaracontoh.py is written; look at every fact in it.\n")
    assert (catalogue / "suaracontoh.py").read_text() == WRITTEN
    assert portals() == ["suaracontoh"]


def test_without_a_family_it_is_one_of_any_cms_and_says_that_nothing_was_seen(catalogue, genspider):
    status, _, stderr = genspider("suaracontoh", "https://www.suaracontoh.id/berita", "--region", "kepahiang", "--title", "Suara Contoh")
    assert (status, stderr) == (0, "")
    text = (catalogue / "suaracontoh.py").read_text()
    assert "class SuaraContoh(SitemapPortal):" in text
    assert 'home = "https://www.suaracontoh.id"\n    region = "17.08"' in text
    assert "neither its markup nor a crawl was looked at" in text
    assert portals() == ["suaracontoh"]


def test_a_dry_run_prints_the_file_and_writes_nothing(catalogue, genspider):
    status, stdout, stderr = genspider(*SUARA, "-t", "wordpress", "--evidence", "the front page, seen in 2026", "--dry-run")
    assert (status, stdout, stderr) == (0, WRITTEN, "")
    assert not (catalogue / "suaracontoh.py").exists()


def test_a_file_that_is_there_is_left_alone_unless_forced(catalogue, genspider):
    assert genspider(*SUARA)[0] == 0
    before = (catalogue / "suaracontoh.py").read_text()
    status, _, stderr = genspider(*SUARA, "-t", "blogger")
    assert status == 2
    assert one_sentence(stderr) == "scrapy genspider: There is a portal suaracontoh already; --force writes over its file."
    assert (catalogue / "suaracontoh.py").read_text() == before
    assert genspider(*SUARA, "-t", "blogger", "--force")[0] == 0
    assert "class SuaraContoh(Blogger):" in (catalogue / "suaracontoh.py").read_text()


def test_a_second_portal_of_that_title_gets_a_class_of_its_own(catalogue, genspider):
    status, _, stderr = genspider("rakyatbengkulu_cetak", "cetak.example", "--region", "17", "--title", "Rakyat Bengkulu")
    assert (status, stderr) == (0, "")
    assert "class RakyatBengkuluPortal(SitemapPortal):" in (catalogue / "rakyatbengkulu_cetak.py").read_text()


def test_the_list_names_every_family(catalogue, genspider):
    status, stdout, stderr = genspider("-l")
    assert (status, stderr) == (0, "")
    assert [line.split()[0] for line in stdout.splitlines()] == list(families())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Name the portal and its home, such as: suaracontoh suaracontoh.id."),
        (["suaracontoh"], "Name the portal and its home"),
        (SUARA[:4], "A portal states its title; give it with --title 'Suara Contoh'."),
        ((*SUARA[:2], *SUARA[4:]), "A portal states its region; give it with --region 17.08."),
        ((*SUARA, "-t", "joomla"), "There is no family 'joomla'; they are blogger, disway,"),
        ((*SUARA, "--region", "99"), "No region has the code '99'"),
        ((*SUARA, "--region", "Bengkulu"), "Bengkulu may be 17 (province), 17.71 (kota); give --region the code."),
        ((*SUARA, "--title", "Suara, Contoh"), "holds a comma"),
        (("Suara-Contoh", *SUARA[1:]), "'Suara-Contoh' is no name for a portal"),
        (("../suara", *SUARA[1:]), "'../suara' is no name for a portal"),
        (("suaracontoh", "http://suaracontoh.id", *SUARA[2:]), "http://suaracontoh.id is not https"),
        (("suaracontoh", "ftp://suaracontoh.id", *SUARA[2:]), "'ftp://suaracontoh.id' is not an address"),
        (("suaracontoh", "https://rakyatbengkulu.com/x", *SUARA[2:]), "is the home of the portal rakyatbengkulu."),
        (("rakyatbengkulu", *SUARA[1:]), "There is a portal rakyatbengkulu already"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(catalogue, genspider, arguments, says):
    status, stdout, stderr = genspider(*arguments)
    assert (status, stdout) == (2, "")
    assert says in one_sentence(stderr)
    assert [path.name for path in catalogue.glob("*.py")] == ["__init__.py"]


def test_a_contributor_types_it(tmp_path):
    done = scrapy("genspider", *SUARA, "-t", "wordpress", "--evidence", "the front page, seen in 2026", "--dry-run", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, WRITTEN, "")
