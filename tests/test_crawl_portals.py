"""What portals do to a crawl: closed doors, walls, redirects, endless pages; nothing is lost and nothing is invented."""

import json

from archive.store import Archive
from tests.crawling import articles_of, crawl, one_sentence, rows, scrapy
from tests.servers import HTML, JSON, XML, answering

STORY = """<html><body class="single single-post"><article class="content-single">
<header class="entry-header"><h1 class="entry-title">{title}</h1>
<time class="entry-date published" datetime="2020-08-04T09:15:32+07:00">4 Agustus 2020</time></header>
<div class="entry-content entry-content-single">
<p>Warga bergotong royong memperbaiki jembatan gantung yang rusak akibat banjir pekan lalu di kecamatan itu.</p>
<p>Perbaikan ditargetkan selesai sebelum musim hujan tiba, kata kepala dinas setempat kepada wartawan.</p></div></article></body></html>"""


HOME = "https://rakyatbengkulu.com"


REST = "/wp-json/wp/v2/posts"


WALL = "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"


def sitemap(*paths: str) -> str:
    urls = "".join(f"<url><loc>{HOME}{path}</loc><lastmod>2020-08-04T02:15:32+00:00</lastmod></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def posts(*names: str) -> str:
    """A page of the REST interface that announces `/NAME/` for each name."""
    return json.dumps(
        [{"link": f"{HOME}/{name}/", "date_gmt": "2020-08-04T02:15:32", "modified_gmt": "2020-08-04T02:15:32"} for name in names]
    )


def rest_page(number: int) -> str:
    return f"{REST}?per_page=100&page={number}&_fields=link%2Cdate_gmt%2Cmodified_gmt"


def stories(names: str) -> dict[str, tuple[int, str, str]]:
    return {f"/{name}/": (200, HTML, STORY.format(title=f"Kabar dari Desa {name.upper()} Pekan Ini")) for name in names}


def test_a_closed_rest_interface_is_replaced_by_the_feed(tmp_path):
    item = f"<item><link>{HOME}/2020/08/04/jembatan/</link><pubDate>Tue, 04 Aug 2020 02:15:32 +0000</pubDate></item>"
    feed = f"<rss><channel>{item}</channel></rss>"
    answers = {
        REST: (401, JSON, '{"code":"rest_forbidden"}'),
        "/feed/?paged=1": (200, XML, feed),
        "/2020/08/04/jembatan/": (200, HTML, STORY.format(title="Jembatan Gantung Diperbaiki Warga")),
    }
    with answering(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert done.returncode == 0
    assert [row["title"] for row in articles_of(tmp_path)] == ["Jembatan Gantung Diperbaiki Warga"]
    assert "found through feed (1); closed: rest (refused by the server, status 401), sitemap (not found, status 404)" in " ".join(
        done.stdout.split()
    )
    assert rows(tmp_path, "select announced_through, day from ledger") == [{"announced_through": "feed", "day": "2020-08-04"}]


def test_a_bot_wall_that_answers_200_is_no_empty_portal(tmp_path):
    with answering({"/robots.txt": (404, HTML, ""), "*": (200, HTML, WALL)}) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert done.returncode == 1
    assert "announced nothing" in one_sentence(done.stderr)
    assert articles_of(tmp_path) == []


def test_a_portal_that_announces_no_story_is_no_success(tmp_path):
    answers = {REST: (200, JSON, "[]"), "/wp-sitemap.xml": (200, XML, sitemap())}
    with answering(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert done.returncode == 1
    assert "announced no story" in one_sentence(done.stderr)


def test_a_page_that_fails_for_ever_does_not_hang_the_crawl_and_is_tried_again_later(tmp_path):
    answers = {
        "/wp-sitemap.xml": (200, XML, sitemap("/2020/08/04/rusak/", "/2020/08/05/baik/")),
        "/2020/08/04/rusak/": (503, HTML, "down"),
        "/2020/08/05/baik/": (200, HTML, STORY.format(title="Yang Baik Tetap Masuk Arsip")),
    }
    with answering(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert done.returncode == 1
    assert "could not be fetched" in one_sentence(done.stderr)
    assert [row["title"] for row in articles_of(tmp_path)] == ["Yang Baik Tetap Masuk Arsip"]
    (failed,) = rows(
        tmp_path, "select reason, detail, attempts, next_try > fetched_at or fetched_at is null as later from ledger where state = 'failed'"
    )
    assert failed == {"reason": "server error", "detail": "status 503", "attempts": 1, "later": 1}


def test_a_redirect_to_another_site_is_not_followed(tmp_path):
    answers = {
        "/wp-sitemap.xml": (200, XML, sitemap("/2020/08/04/pindah/")),
        "/2020/08/04/pindah/": (301, HTML, "https://lain.example/iklan"),
    }
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert rows(tmp_path, "select state, reason, detail from ledger") == [
        {"state": "not an article", "reason": "leads to another site", "detail": "https://lain.example/iklan"}
    ]


def test_a_redirect_within_the_site_stays_on_the_mirror_and_is_one_article(tmp_path):
    answers = {
        "/wp-sitemap.xml": (200, XML, sitemap("/?p=12")),
        "/?p=12": (301, HTML, f"{HOME}/2020/08/04/jembatan/"),
        "/2020/08/04/jembatan/": (200, HTML, STORY.format(title="Jembatan Gantung Diperbaiki Warga")),
    }
    with answering(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert done.returncode == 0
    assert [row["url"] for row in articles_of(tmp_path)] == [f"{HOME}/2020/08/04/jembatan/"]


def test_the_same_story_under_tracking_parameters_is_one_article(tmp_path):
    page = (200, HTML, STORY.format(title="Jembatan Gantung Diperbaiki Warga"))
    path = "/2020/08/04/jembatan/"
    answers = {"/wp-sitemap.xml": (200, XML, sitemap(path, f"{path}?utm_source=fb", f"{path}amp/", f"{path}#komentar")), path: page}
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert [asked for asked in portal.asked if asked.startswith(path)] == [path]
    assert len(articles_of(tmp_path)) == 1


def test_a_next_page_that_never_ends_is_followed_only_so_far(tmp_path):
    def page(path: str):
        number = int(path.rstrip("/").rpartition("/")[2]) if path.count("/") > 5 else 1
        following = f"{HOME}/2020/08/04/panjang/{number + 1}/"
        link = f'<div class="page-links"><span class="current">{number}</span><a href="{following}">{number + 1}</a></div>'
        return 200, HTML, STORY.format(title="Cerita Tanpa Akhir dari Hulu Sungai").replace("</div></article>", f"{link}</div></article>")

    numbered = {f"/2020/08/04/panjang/{number}/": page for number in range(2, 60)}
    answers = {"/wp-sitemap.xml": (200, XML, sitemap("/2020/08/04/panjang/")), "/2020/08/04/panjang/": page, **numbered}
    with answering(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert len([asked for asked in portal.asked if "panjang" in asked]) == 20
    assert done.returncode == 0
    assert len(articles_of(tmp_path)) == 1


def test_one_old_pinned_story_does_not_end_the_paging(tmp_path):
    def posts(*paths: str) -> str:
        return (
            "["
            + ",".join(f'{{"link":"{HOME}{path}","date_gmt":"2020-08-04T02:15:32","modified_gmt":"2020-08-04T02:15:32"}}' for path in paths)
            + "]"
        )

    answers = {
        f"{REST}?per_page=100&page=1&_fields=link%2Cdate_gmt%2Cmodified_gmt": (200, JSON, posts("/a/", "/b/")),
        f"{REST}?per_page=100&page=2&_fields=link%2Cdate_gmt%2Cmodified_gmt": (200, JSON, posts("/c/")),
        **{f"/{name}/": (200, HTML, STORY.format(title=f"Kabar dari Desa {name.upper()} Pekan Ini")) for name in "abcn"},
    }
    with answering(answers, headers={"X-WP-TotalPages": "2"}) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        # The old story stays on top, the new one stands below it, and page 2 is not needed.
        answers[f"{REST}?per_page=100&page=1&_fields=link%2Cdate_gmt%2Cmodified_gmt"] = (200, JSON, posts("/a/", "/n/"))
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert len(articles_of(tmp_path)) == 4


def test_a_portal_that_falls_silent_is_noticed(tmp_path):
    listed = json.dumps([{"link": f"{HOME}/a/", "date_gmt": "2020-08-04T02:15:32", "modified_gmt": "2020-08-04T02:15:32"}])
    answers = {REST: (200, JSON, listed), "/a/": (200, HTML, STORY.format(title="Jembatan Gantung Diperbaiki Warga"))}
    with answering(answers) as portal:
        assert crawl("rakyatbengkulu", portal.home, folder=tmp_path).returncode == 0
        answers[REST] = (200, JSON, "[]")
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert done.returncode == 1
    assert "announced no story" in one_sentence(done.stderr)
    assert len(articles_of(tmp_path)) == 1


def test_a_listing_that_breaks_off_after_news_leaves_no_hole(tmp_path):
    answers = {rest_page(1): (200, JSON, posts("a", "b")), rest_page(2): (200, JSON, posts("c")), **stories("abcdefg")}
    with answering(answers, headers={"X-WP-TotalPages": "3"}) as portal:
        answers[rest_page(3)] = (200, JSON, "[]")
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        # Four new stories push the old ones down, and the second page is not to be had.
        answers |= {
            rest_page(1): (200, JSON, posts("g", "f")),
            rest_page(2): (503, HTML, "down"),
            rest_page(3): (200, JSON, posts("b", "c")),
        }
        broken = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert broken.returncode == 1
        assert "could not be fetched" in one_sentence(broken.stderr)
        answers[rest_page(2)] = (200, JSON, posts("e", "d"))
        assert crawl("rakyatbengkulu", portal.home, folder=tmp_path).returncode == 0
    assert len(articles_of(tmp_path)) == 7


def test_a_further_page_that_fails_once_is_no_edit(tmp_path):
    link = f'<div class="page-links"><span class="current">1</span><a href="{HOME}/a/2/">2</a></div>'
    first = STORY.format(title="Jembatan Gantung Diperbaiki Warga").replace("</div></article>", f"{link}</div></article>")
    second = STORY.format(title="Jembatan Gantung Diperbaiki Warga").replace("pekan lalu", "bulan lalu")
    answers = {"/wp-sitemap.xml": (200, XML, sitemap("/a/")), "/a/": (200, HTML, first), "/a/2/": (200, HTML, second)}
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        (whole,) = articles_of(tmp_path)
        answers["/wp-sitemap.xml"] = (200, XML, sitemap("/a/").replace("2020-08-04T02", "2020-08-05T02"))
        answers["/a/2/"] = (503, HTML, "down")
        assert crawl("rakyatbengkulu", portal.home, folder=tmp_path).returncode == 1
        assert rows(tmp_path, "select state, reason, detail from ledger") == [
            {"state": "failed", "reason": "server error", "detail": "page 2: status 503"}
        ]
        assert [(row["body"], row["revision"]) for row in articles_of(tmp_path)] == [(whole["body"], 1)]


def test_a_wall_before_every_story_is_a_failure_and_the_stories_stay_held_and_are_looked_at_again(tmp_path):
    answers = {REST: (200, JSON, posts(*"abc")), **stories("abc")}
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        answers |= {REST: (200, JSON, posts(*"abc").replace("2020-08-04", "2020-08-05"))} | {
            f"/{name}/": (200, HTML, WALL) for name in "abc"
        }
        walled = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert walled.returncode == 1
        assert len(articles_of(tmp_path)) == 3
        left = rows(tmp_path, "select state, reason, detail, next_try is not null as again from ledger")
        assert left == [{"state": "failed", "reason": "held, and now no article", "detail": "no article's page", "again": 1}] * 3
        # The pages prove what was held, so replay brings the ledger back.
        scrapy("replay", folder=tmp_path)
    assert {row["state"] for row in rows(tmp_path, "select state from ledger")} == {"archived"}


def test_a_wall_at_the_first_crawl_is_a_failure_and_is_tried_again(tmp_path):
    with answering({REST: (200, JSON, posts(*"abc")), **{f"/{name}/": (200, HTML, WALL) for name in "abc"}}) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert done.returncode == 1
    assert "look for a wall or a new theme" in one_sentence(done.stderr)
    assert rows(tmp_path, "select count(*) as again from ledger where next_try is not null") == [{"again": 3}]


def test_a_story_whose_address_now_leads_to_the_home_page_is_gone(tmp_path):
    answers = {
        "/wp-sitemap.xml": (200, XML, sitemap("/a/")),
        **stories("a"),
        "/": (200, HTML, "<html><body class='home'><h1>Beranda</h1></body></html>"),
    }
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        answers |= {"/wp-sitemap.xml": (200, XML, sitemap("/b/")), "/a/": (302, HTML, f"{HOME}/"), **stories("b")}
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    told = {row["url"]: bool(row["gone_at"]) for row in articles_of(tmp_path)}
    assert told == {f"{HOME}/a/": True, f"{HOME}/b/": False}


def test_static_pages_that_are_looked_at_again_are_no_wall(tmp_path):
    static = {f"/{name}/": (200, HTML, "<html><body class='page'><h1>Redaksi</h1></body></html>") for name in "xyz"}
    with answering({REST: (200, JSON, posts(*"axyz")), **stories("a"), **static}) as portal:
        assert crawl("rakyatbengkulu", portal.home, folder=tmp_path).returncode == 0
        with Archive(tmp_path) as archive:
            archive.articles_db.execute("update ledger set next_try = '2020-01-01' where state = 'not an article'")
        again = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert len([asked for asked in portal.asked if asked in static]) == 6
    assert (again.returncode, again.stderr) == (0, "")


def test_days_without_a_story_are_no_failure(tmp_path):
    with answering({REST: (200, JSON, "[]")}) as portal:
        done = crawl("rakyatbengkulu", portal.home, "-a", "since=2020-08-01", "-a", "until=2020-08-02", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
