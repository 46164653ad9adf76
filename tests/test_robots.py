"""robots.txt: obeyed, missing means allowed, unreachable means wait; what it decided is kept with each capture."""

import pytest

from spiders.robots import LARGEST, read
from tests.crawling import articles_of, crawl, one_sentence, rows
from tests.raw_server import answering_raw, response
from tests.servers import HTML, XML, answering
from tests.test_safety import STORY, sitemap

TEXT = "text/plain"
URL = "https://contoh.id/robots.txt"
RULES = b"User-agent: *\nDisallow: /rahasia/\nSitemap: https://contoh.id/a.xml\nSitemap: /b.xml\n"


def decided(status: int, body: bytes, url: str = "https://contoh.id/rahasia/1/") -> str:
    return read(URL, status, body, "ArsipWarta").decision(url)


@pytest.mark.parametrize(
    ("status", "body", "decision"),
    [
        (200, RULES, "refused"),
        (200, b"\xef\xbb\xbf" + RULES, "refused"),
        (200, b"", "allowed"),
        (200, b"User-agent: ArsipWarta\nAllow: /\n\n" + RULES, "allowed"),
        (200, b"User-agent: news\nDisallow: /\n", "allowed"),
        (200, b"<!DOCTYPE html>\n<p>User-agent: *\nDisallow: /\n", "allowed: no robots.txt (a web page)"),
        (404, RULES, "allowed: no robots.txt (404)"),
        (403, RULES, "allowed: no robots.txt (403)"),
        (429, RULES, "unreachable"),
        (500, b"", "unreachable"),
        (503, RULES, "unreachable"),
    ],
)
def test_each_answer_means_what_rfc_9309_says(status: int, body: bytes, decision: str) -> None:
    assert decided(status, body) == decision


def test_what_is_not_forbidden_is_allowed_by_the_rules() -> None:
    assert decided(200, RULES, "https://contoh.id/kabar/") == "allowed"


def test_rules_behind_the_first_500_kilobytes_are_not_read_and_the_last_is_not_cut_in_two() -> None:
    filling = b"User-agent: *\n" + b"# isi\n" * (LARGEST // 6 - 10)
    assert len(filling) < LARGEST
    assert decided(200, filling + b"Disallow: /rahasia/\n") == "refused"
    assert decided(200, filling + b"#" * (LARGEST - len(filling)) + b"\nDisallow: /rahasia/\n") == "allowed"
    # The limit falls behind `Disallow: /r`.
    start = LARGEST - len(b"Disallow: /r")
    rest = start - len(filling)
    assert decided(200, filling + b"#" * (rest - 1) + b"\nDisallow: /rumah/tertutup/\n") == "allowed"


def test_the_sitemaps_that_it_names_are_absolute_and_in_order() -> None:
    assert read(URL, 200, RULES, "ArsipWarta").sitemaps == ("https://contoh.id/a.xml", "https://contoh.id/b.xml")
    assert read(URL, 404, RULES, "ArsipWarta").sitemaps == ()


def portal_with(robots, **more):
    return {
        "/robots.txt": robots,
        "/wp-sitemap.xml": (200, XML, sitemap("/2020/08/05/baik/", "/rahasia/1/")),
        "/2020/08/05/baik/": (200, HTML, STORY),
        "/rahasia/1/": (200, HTML, STORY),
    } | more


@pytest.mark.parametrize(
    ("robots", "kept", "states"),
    [
        ((200, TEXT, RULES.decode()), "allowed", ["archived", "refused by robots"]),
        ((404, HTML, "tidak ada"), "allowed: no robots.txt (404)", ["archived", "archived"]),
        ((200, HTML, "<html>Beranda</html>"), "allowed: no robots.txt (a web page)", ["archived", "archived"]),
        ((301, HTML, "/robots.txt?1"), "allowed: no robots.txt (too many redirects)", ["archived", "archived"]),
    ],
)
def test_robots_is_asked_once_and_what_it_decided_is_kept_with_the_capture(robots, kept, states, tmp_path):
    with answering(portal_with(robots)) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert portal.asked[0] == "/robots.txt"
        assert portal.asked.count("/robots.txt") == 1
        assert ("/rahasia/1/" in portal.asked) is ("refused by robots" not in states)
    assert {row["robots"] for row in rows(tmp_path, "select robots from captures", "pages.db")} == {kept}
    assert [row["state"] for row in rows(tmp_path, "select state from ledger order by state")] == states


@pytest.mark.parametrize("hops", [1, 5])
def test_redirects_of_robots_are_followed(hops, tmp_path):
    way = {f"/robots.txt?{hop}": (302, HTML, f"/robots.txt?{hop + 1}") for hop in range(1, hops)}
    answers = portal_with((302, HTML, "/robots.txt?1"), **way, **{f"/robots.txt?{hops}": (200, TEXT, RULES.decode())})
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert "/rahasia/1/" not in portal.asked
    assert len(articles_of(tmp_path)) == 1


def test_robots_may_lie_with_another_host_but_not_in_a_private_network(tmp_path):
    with answering({"*": (200, TEXT, "User-agent: *\nDisallow:\n")}) as other:
        answers = portal_with((301, HTML, f"{other.home}/robots.txt"))
        with answering(answers) as portal:
            done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
            assert set(portal.asked) == {"/robots.txt"}
        assert other.asked == []
    assert "leads into a private network" in one_sentence(done.stderr)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_that_the_host_fails_to_give_ends_the_crawl_and_everything_stays_due(status, tmp_path):
    answers = portal_with((404, HTML, ""), **{"/2020/08/05/baik/": (500, HTML, "")})
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        before = rows(tmp_path, "select * from ledger order by url")
        answers["/robots.txt"] = (status, TEXT, "")
        portal.asked.clear()
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert set(portal.asked) == {"/robots.txt"}
    assert done.returncode == 1
    assert "The robots.txt of rakyatbengkulu cannot be read now" in one_sentence(done.stderr)
    assert f"status {status}" in done.stderr
    assert rows(tmp_path, "select * from ledger order by url") == before
    assert [row["outcome"] for row in rows(tmp_path, "select outcome from crawls order by started")] == [
        "incomplete",
        "robots.txt unreachable",
    ]


def test_a_robots_without_any_answer_makes_the_portal_unreachable(tmp_path):
    with answering_raw({"/robots.txt": b"", "/wp-sitemap.xml": response(sitemap().encode(), kind=XML)}) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert set(portal.asked) == {"/robots.txt"}
    assert done.returncode == 1
    assert "the connection was lost" in one_sentence(done.stderr)


def test_robots_is_asked_before_start_where_a_spider_wants_it(tmp_path):
    answers = portal_with((200, TEXT, RULES.decode()))
    first = ("-s", 'SPIDER_MIDDLEWARES={"tests.faults.RobotsFirst": 10}')
    with answering(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, *first, folder=tmp_path)
        assert portal.asked[0] == "/robots.txt"
        assert portal.asked.count("/robots.txt") == 1
        answers["/robots.txt"] = (500, TEXT, "")
        portal.asked.clear()
        failed = crawl("rakyatbengkulu", portal.home, *first, folder=tmp_path)
        assert set(portal.asked) == {"/robots.txt"}
    assert "sitemaps: https://contoh.id/a.xml https://contoh.id/b.xml; the spider's: True" in done.stderr.replace(
        portal.home, "https://contoh.id"
    )
    assert failed.returncode == 1
    assert "robots.txt of rakyatbengkulu cannot be read now" in failed.stderr
    assert "Traceback" not in failed.stderr
