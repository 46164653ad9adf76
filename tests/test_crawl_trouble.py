"""What users and disks do to a crawl: one sentence, the right exit status, and nothing lost."""

import json
import resource
import sqlite3

import pytest

from archive.crawls import alone
from sample.server import serve
from tests.crawling import arsip, articles_of, crawl, one_sentence, rows, scrapy


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nosuch"], "There is no portal 'nosuch'"),
        ([], "Name one portal"),
        (["kebumenekspres", "-a", "home=notaurl"], "home=notaurl is not an address"),
        (["kebumenekspres", "-a", "home=ftp://127.0.0.1/"], "is not an address"),
        (["kebumenekspres", "-a", "home=http://127.0.0.1:99999"], "is not an address"),
        (["kebumenekspres", "-a", "since=25-03-2021"], "is not a day"),
        (["kebumenekspres", "-a", "until=2021-02-31"], "is not a day"),
        (["kebumenekspres", "-a", "since=2021-03-02", "-a", "until=2021-03-01"], "is later than"),
        (["kebumenekspres", "-a", "limit=0"], "is not a number of articles"),
        (["kebumenekspres", "-a", "lmit=5"], "not 'lmit'"),
        (["kebumenekspres", "-o", "articles.json"], "`arsip dump --out DIR`"),
    ],
)
def test_wrong_use_is_one_sentence_with_status_2_and_makes_no_archive(arguments, says, tmp_path):
    done = scrapy("crawl", *arguments, folder=tmp_path / "archive")
    assert (done.returncode, done.stdout) == (2, "")
    assert says in one_sentence(done.stderr)
    assert not (tmp_path / "archive").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = crawl("kebumenekspres", "http://127.0.0.1:1", folder=tmp_path / "file" / "archive")
    assert done.returncode == 1
    assert "cannot be written" in one_sentence(done.stderr)


def test_an_archive_of_a_newer_version_is_left_alone(tmp_path):
    with serve(["kebumenekspres"]) as portals:
        crawl("kebumenekspres", portals["kebumenekspres"].home, folder=tmp_path)
        with sqlite3.connect(tmp_path / "articles.db") as database:
            database.execute(
                "insert into _sqlite_migrations (migration_set, name, applied_at) values ('arsip-warta/articles', 'moods', '2030')"
            )
        database.close()
        asked = len(portals["kebumenekspres"].requests)
        done = crawl("kebumenekspres", portals["kebumenekspres"].home, folder=tmp_path)
        assert done.returncode == 1
        assert "made by a newer version" in one_sentence(done.stderr)
        assert len(portals["kebumenekspres"].requests) == asked


def test_an_unreachable_host_is_one_sentence_with_status_1(tmp_path):
    done = crawl("kebumenekspres", "http://127.0.0.1:1", folder=tmp_path)
    assert done.returncode == 1
    assert "the connection was refused" in one_sentence(done.stderr)
    assert rows(tmp_path, "select outcome from crawls") == [{"outcome": "unreachable"}]


def test_a_full_disk_stops_the_crawl_and_the_archive_stays_whole(tmp_path):
    with serve(["rakyatbengkulu"]) as portals:
        home = portals["rakyatbengkulu"].home
        # 2.5 MB a file: enough to begin, too little for what thirty pages leave in the log of a database.
        full = crawl(
            "rakyatbengkulu", home, folder=tmp_path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_500_000, 2_500_000))
        )
        assert full.returncode == 1
        assert "cannot be written" in full.stderr
        assert "Traceback" not in full.stderr
        for name in ("pages.db", "articles.db"):
            database = sqlite3.connect(tmp_path / name)
            assert database.execute("pragma integrity_check").fetchone() == ("ok",)
            database.close()
        assert 0 < len(articles_of(tmp_path)) < 30
        assert crawl("rakyatbengkulu", home, folder=tmp_path).returncode == 0
        assert len(articles_of(tmp_path)) == 30


def test_a_page_the_rules_fail_on_stays_in_the_archive_with_the_reason(tmp_path):
    with serve(["kebumenekspres"]) as portals:
        done = crawl(
            "kebumenekspres",
            portals["kebumenekspres"].home,
            "-s",
            "ITEM_PIPELINES=" + PIPELINES_WITH_A_DEFECT,
            "-a",
            "limit=3",
            folder=tmp_path / "archive",
        )
    assert done.returncode == 1
    assert rows(tmp_path / "archive", "select count(*) as kept from captures", "pages.db") == [{"kept": 3}]
    failed = rows(tmp_path / "archive", "select distinct reason, detail from ledger where state = 'failed'")
    assert failed == [{"reason": "the rules failed on it", "detail": "ZeroDivisionError: a defect"}]


PIPELINES_WITH_A_DEFECT = '{"pipelines.stages.KeepPage": 100, "tests.faults.DefectivePress": 200, "pipelines.stages.KeepArticle": 300}'


def test_days_that_nobody_asked_about_are_not_called_silent(tmp_path):
    with serve(["kebumenekspres"]) as portals:
        crawl("kebumenekspres", portals["kebumenekspres"].home, "-a", "since=2021-03-01", "-a", "until=2021-03-31", folder=tmp_path)
    told = arsip("coverage", "--since", "2021-01-01", folder=tmp_path).stdout
    assert "unknown" in told
    assert "silent" not in told


def test_two_crawls_of_one_portal_do_not_run_at_once(tmp_path):
    with serve(["kebumenekspres"]) as portals, alone(tmp_path, "kebumenekspres"):
        done = crawl("kebumenekspres", portals["kebumenekspres"].home, folder=tmp_path)
        assert portals["kebumenekspres"].requests == []
    assert done.returncode == 1
    assert "Another crawl of kebumenekspres" in one_sentence(done.stderr)


def test_why_a_crawl_refused_is_known_also_after_later_crawls(tmp_path):
    with serve(["kebumenekspres"]) as portals:
        for _ in range(2):
            crawl("kebumenekspres", portals["kebumenekspres"].home, folder=tmp_path)
    first = json.loads(str(rows(tmp_path, "select counts from crawls order by started")[0]["counts"]))
    assert first["why/refused by robots/robots.txt forbids it"] == 1
    assert first["why/not an article/no article's address"] == 1


def test_a_page_that_takes_too_long_to_read_is_kept_and_costs_a_row_of_the_ledger(tmp_path):
    fault = '{"tests.faults.EndlessPress": 1, "spiders.report.CrawlReport": 100}'
    given = ("-s", f"EXTENSIONS={fault}", "-s", "ARSIP_PRESS_SECONDS=0.2", "-a", "limit=2")
    with serve(["kebumenekspres"]) as portals:
        done = crawl("kebumenekspres", portals["kebumenekspres"].home, *given, folder=tmp_path)
    assert done.returncode == 1
    noted = rows(tmp_path, "select reason, detail from ledger where state = 'failed'")
    assert [row["reason"] for row in noted] == ["the rules failed on it"] * 2
    assert all("TimeoutError" in str(row["detail"]) for row in noted)
    assert rows(tmp_path, "select count(*) as kept from captures", "pages.db") == [{"kept": 2}]
