"""How a crawl finds stories: by every way that is open, on the days that are asked for, each story once."""

import json

import pytest

from tests.crawling import arsip, articles_of, crawl, rows
from tests.servers import HTML, XML, answering
from tests.test_crawl_portals import HOME, STORY, sitemap

LIST = "<html><body class='home blog'>{rows}{following}</body></html>"


def story(title: str, day: str = "2020-08-04") -> tuple[int, str, str]:
    return 200, HTML, STORY.format(title=title).replace("2020-08-04T09", f"{day}T09")


def row(slug: str, printed: str = "") -> str:
    return f'<article><h2 class="entry-title"><a href="{HOME}/{slug}/">Kabar dari Desa</a></h2><time>{printed}</time></article>'


def page(*rows_: str, following: str = "") -> tuple[int, str, str]:
    link = f'<a class="next" rel="next" href="{HOME}{following}">Selanjutnya</a>' if following else ""
    return 200, HTML, LIST.format(rows="".join(rows_), following=link)


def urls(folder) -> set[str]:
    return {str(found["url"]).removeprefix(HOME).strip("/") for found in articles_of(folder)}


def test_where_all_else_is_closed_the_list_pages_are_walked_to_their_end(tmp_path):
    answers = {
        "/": page(row("a", "5 Agustus 2020"), row("b"), following="/page/2/"),
        "/page/2/": page(row("c", "3 Agustus 2020"), following="/page/3/"),
        **{f"/{name}/": story(f"Kabar dari Desa {name.upper()} Pekan Ini") for name in "abc"},
    }
    with answering(answers) as portal:
        done = crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert done.returncode == 0
    assert "found through list (3); closed: rest (not found, status 404), feed (not found, status 404)" in " ".join(done.stdout.split())
    assert urls(tmp_path) == {"a", "b", "c"}
    assert rows(tmp_path, "select day from ledger where url like '%/b/'") == [{"day": "2020-08-04"}]  # from the page itself


def test_one_old_story_pinned_on_every_list_page_does_not_end_a_backfill_and_three_old_pages_do(tmp_path):
    def listed(number: int) -> tuple[int, str, str]:
        day = f"{20 - number} Agustus 2020"
        return page(row("lama", "1 Januari 2019"), row(f"s{number}", day), following=f"/page/{number + 1}/")

    answers = {f"/page/{number}/": listed(number) for number in range(2, 18)} | {"/": listed(1)}
    answers |= {f"/s{number}/": story(f"Kabar Ke {number} dari Desa Ini", f"2020-08-{20 - number:02}") for number in range(1, 18)}
    answers["/lama/"] = story("Kabar Lama yang Disematkan Redaksi", "2019-01-01")
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, "-a", "since=2020-08-14", "-a", "until=2020-08-17", folder=tmp_path)
        asked = [path for path in portal.asked if path.startswith("/page/")]
    assert urls(tmp_path) == {"s3", "s4", "s5", "s6"}
    assert asked == [f"/page/{number}/" for number in range(2, 10)]  # pages 7, 8 and 9 name older stories only
    assert "/lama/" not in portal.asked


def test_a_backfill_over_sitemaps_asks_for_what_its_lastmod_and_its_address_allow_and_keeps_what_its_page_allows(tmp_path):
    def listed(path: str, lastmod: str) -> str:
        return f"<url><loc>{HOME}{path}</loc><lastmod>{lastmod}</lastmod></url>"

    entries = {
        "/2020/08/04/dalam/": "2020-08-04T02:00:00+00:00",
        "/2020/08/09/sesudah/": "2020-08-09T02:00:00+00:00",
        "/2020/07/01/diubah/": "2020-08-05T02:00:00+00:00",
        "/tanpa-hari-dalam/": "2020-08-06T02:00:00+00:00",
        "/tanpa-hari-lama/": "2020-08-01T02:00:00+00:00",
        "/tanpa-hari-diubah/": "2020-08-08T02:00:00+00:00",
    }
    body = "".join(listed(path, lastmod) for path, lastmod in entries.items())
    answers = {"/wp-sitemap.xml": (200, XML, f"<urlset>{body}</urlset>")}
    answers |= {path: story(f"Kabar {path.strip('/')} dari Desa Ini") for path in entries}
    answers["/tanpa-hari-diubah/"] = story("Kabar Lama yang Kini Diubah Redaksi", "2020-07-30")
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, "-a", "since=2020-08-03", "-a", "until=2020-08-07", folder=tmp_path)
        assert set(portal.asked) & set(entries) == {"/2020/08/04/dalam/", "/tanpa-hari-dalam/", "/tanpa-hari-diubah/"}
        assert urls(tmp_path) == {"2020/08/04/dalam", "tanpa-hari-dalam"}
        (outside,) = rows(tmp_path, "select state, reason, day from ledger where url like '%/tanpa-hari-diubah/'")
        assert outside == {"state": "announced", "reason": "outside the days asked for", "day": "2020-07-30"}
        # Its page is kept, and whoever asks for all days gets the story.
        assert rows(tmp_path, "select count(*) as kept from captures", "pages.db") == [{"kept": 3}]
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
    assert urls(tmp_path) == {path.strip("/") for path in entries}


def test_a_page_that_prints_greenwich_time_lies_on_the_day_of_its_portal(tmp_path):
    story_of_the_night = STORY.format(title="Kabar Malam dari Desa Ini").replace("2020-08-04T09:15:32+07:00", "2020-08-04T18:30:00+00:00")
    answers = {
        "/wp-sitemap.xml": (200, XML, f"<urlset><url><loc>{HOME}/malam/</loc></url></urlset>"),
        "/malam/": (200, HTML, story_of_the_night.replace("4 Agustus", "5 Agustus")),
    }
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, "-a", "since=2020-08-05", "-a", "until=2020-08-05", folder=tmp_path)
    assert urls(tmp_path) == {"malam"}
    assert rows(tmp_path, "select day from ledger") == [{"day": "2020-08-05"}]


def test_sitemaps_whose_index_says_that_they_are_older_than_asked_for_are_not_read(tmp_path):
    index = (
        f"<sitemapindex><sitemap><loc>{HOME}/lama.xml</loc><lastmod>2020-07-31T00:00:00+00:00</lastmod></sitemap>"
        f"<sitemap><loc>{HOME}/baru.xml</loc><lastmod>2020-08-05T00:00:00+00:00</lastmod></sitemap></sitemapindex>"
    )
    answers = {
        "/wp-sitemap.xml": (200, XML, index),
        "/lama.xml": (200, XML, sitemap("/lama/")),
        "/baru.xml": (200, XML, sitemap("/baru/")),
        "/baru/": story("Kabar Baru dari Desa Ini"),
    }
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, "-a", "since=2020-08-03", folder=tmp_path)
        assert "/lama.xml" not in portal.asked
    assert urls(tmp_path) == {"baru"}


@pytest.mark.parametrize("printed", ["/jembatan", "/jembatan/"])
def test_an_address_with_and_without_a_slash_at_its_end_is_one_article(printed, tmp_path):
    other = "/jembatan/" if printed == "/jembatan" else "/jembatan"
    answers = {
        "/wp-sitemap.xml": (200, XML, sitemap(printed)),
        **dict.fromkeys((printed, other), story("Jembatan Gantung Diperbaiki Warga")),
    }
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        answers["/wp-sitemap.xml"] = (200, XML, sitemap(other, printed).replace("2020-08-04T02", "2020-08-05T02"))
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert [path for path in portal.asked if "jembatan" in path] == [printed] * 2
    assert [found["url"] for found in articles_of(tmp_path)] == [f"{HOME}{printed}"]
    assert rows(tmp_path, "select url from ledger") == [{"url": f"{HOME}{printed}"}]


def test_indexes_that_name_each_other_are_read_once(tmp_path):
    index = f"<sitemapindex><sitemap><loc>{HOME}/wp-sitemap.xml</loc></sitemap><sitemap><loc>{HOME}/b.xml</loc></sitemap></sitemapindex>"
    back = f"<sitemapindex><sitemap><loc>{HOME}/wp-sitemap.xml</loc></sitemap></sitemapindex>"
    with answering({"/wp-sitemap.xml": (200, XML, index), "/b.xml": (200, XML, back)}) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert [path for path in portal.asked if path.endswith(".xml")] == ["/wp-sitemap.xml", "/b.xml"]


def test_a_list_that_shows_the_same_stories_under_every_number_ends(tmp_path):
    answers = {f"/page/{number}/": page(row("a"), following=f"/page/{number + 1}/") for number in range(2, 60)}
    answers |= {"/": page(row("a"), following="/page/2/"), "/a/": story("Kabar dari Desa A Pekan Ini")}
    with answering(answers) as portal:
        crawl("rakyatbengkulu", portal.home, folder=tmp_path)
        assert [path for path in portal.asked if path.startswith("/page/")] == ["/page/2/", "/page/3/", "/page/4/"]
    assert urls(tmp_path) == {"a"}


def test_days_of_which_only_the_newest_stories_are_known_are_not_called_silent(tmp_path):
    home = "https://radarbogor.jawapos.com"
    item = "<item><link>{home}/daerah/{number}/kabar-dari-desa</link><pubDate>Tue, {day} Aug 2020 02:15:32 +0000</pubDate></item>"
    items = "".join(item.format(home=home, number=number, day=f"{day:02}") for number, day in ((2, 9), (1, 4)))
    with answering({"/rss": (200, XML, f"<rss><channel>{items}</channel></rss>")}) as portal:
        crawl("radarbogor", portal.home, folder=tmp_path)
    spans = json.loads(arsip("coverage", "--portal", "radarbogor", "--until", "2020-08-09", "--json", folder=tmp_path).stdout)
    assert [span["verdict"] for span in spans if span["gap"]] == ["unknown"]
