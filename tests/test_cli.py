"""The `arsip` command: what it prints in a pipe, as JSON, and on a terminal."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import main
from archive.crawls import Crawl
from archive.ledger import Announcement
from archive.listings import Listing
from archive.records import GONE, Removed, Stamp
from archive.store import Archive
from tests.arsip import printed, told
from tests.builders import HOME, PORTAL, START, article, at, keep_portal, refused

FLOOD = article(
    title="Banjir & <b>longsor</b> di Kepahiang",
    authors=("Siti", "mam"),
    editors=("AG",),
    place="Kepahiang",
    credited_source="Antara",
    section="Daerah",
    tags=("banjir",),
    labels=("advertorial",),
    flags=("short",),
    modified=Stamp(iso="2021-03-26", precision="day"),
    removed=(Removed(rule="baca-juga", text="Baca Juga: Gempa"),),
)
EDITED = article(day=2, title="Banjir surut", body="Air surut, warga pulang.\n\nHujan reda.\nLangit cerah.")
LOST = article("/hilang", title="Jembatan hilang", body="Hujan deras menghanyutkan jembatan.", published=None)
WHY = {"failed": {"reason": "server error", "detail": "status 503"}}
TERMINAL = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "80", "NO_COLOR": None}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that is only read: one edited article, one gone, some days of the ledger, a portal without articles."""
    folder = tmp_path_factory.mktemp("arsip")
    with Archive(folder) as archive:
        keep_portal(archive)
        keep_portal(archive, "kebumenekspres", title="Kebumen Ekspres", region="33.05")
        for story in (FLOOD, EDITED, LOST, refused("/hilang", day=1, refusal=GONE)):
            archive.keep_article(story)
        ledger = archive.ledger
        for day, state in (("2021-03-20", "archived"), ("2021-03-20", "failed"), ("2021-03-24", "archived"), (None, "announced")):
            url = f"{HOME}/{day}/{state}"
            ledger.announce([Announcement(url=url, day=day)], portal=PORTAL, through="feed", at=START, listing=Listing(url=HOME))
            ledger.settle(url, state, portal=PORTAL, at=START, **WHY.get(state, {}))
        ledger.listings.mark(HOME, complete=True)
        archive.crawls.begin(Crawl(id="c1", portal=PORTAL, started=at(1)))
        archive.crawls.end("c1", at=at(1), outcome="finished", counts={}, troubles=[])
    return folder


def test_search_prints_each_story_with_the_found_words_in_brackets(folder: Path) -> None:
    assert printed(folder, "search", "hujan", "--sort", "oldest") == [
        f"{EDITED.id}  2021-03-25  rakyatbengkulu",
        "  Banjir surut",
        "    Air surut, warga pulang. ¶ [Hujan] reda. Langit cerah.",
        "",
        f"{LOST.id}  no date  rakyatbengkulu · gone from the portal",
        "  Jembatan hilang",
        "    [Hujan] deras menghanyutkan jembatan.",
        "",
        "2 articles",
    ]


def test_search_sets_found_words_off_in_colour_on_a_terminal(folder: Path) -> None:
    result = CliRunner(env=TERMINAL).invoke(main, ["--dir", str(folder), "search", "surut"])
    assert "Banjir \x1b[1;33msurut\x1b[0m" in result.stdout
    assert "[surut]" not in result.stdout


@pytest.mark.parametrize(
    ("words", "last"),
    [
        (["hujan", "--limit", "1"], "2 articles, the first 1 shown"),
        (["jembatan"], "1 article"),
        (["hujan", "jembatan"], "1 article"),
        (["hujan -jembatan"], "1 article"),
        (["jembatan", "OR", "cerah"], "2 articles"),
        (['"hujan deras"'], "1 article"),
        (["hujan", "--since", "2021-03-25", "--until", "2021-03-25"], "1 article"),
        (["hujan", "--portal", "kebumenekspres"], "0 articles"),
        (["hujan", "--portal", "kebumenekspres", "--portal", PORTAL], "2 articles"),
        (["hujan", "--region", "17"], "2 articles"),
        (["tsunami"], "0 articles"),
    ],
)
def test_search_says_how_many_there_are(folder: Path, words: list[str], last: str) -> None:
    assert printed(folder, "search", *words)[-1] == last


def test_search_as_json_marks_words_and_escapes_the_rest(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        keep_portal(archive)
        archive.keep_article(FLOOD)
    (row,) = told(tmp_path, "search", "longsor deras")
    assert row == {
        "id": FLOOD.id,
        "portal": PORTAL,
        "published": "2021-03-25",
        "url": FLOOD.url,
        "gone_at": None,
        "title": "Banjir &amp; &lt;b&gt;<mark>longsor</mark>&lt;/b&gt; di Kepahiang",
        "snippet": "Hujan <mark>deras</mark> turun semalaman.\n\nWarga mengungsi ke balai desa.",
    }
    assert told(tmp_path, "search", "tsunami") == []


def test_show_prints_the_story_its_facts_and_its_revisions(folder: Path) -> None:
    out = printed(folder, "show", EDITED.id)
    assert out[:2] == ["Banjir surut", "============"]
    assert "published  2021-03-25 (to the day; printed 'Kamis, 25 Maret 2021', visible)" in out
    assert f"captured   2021-03-27T05:00:00+00:00, page sha256 {EDITED.page_sha256}" in out
    assert not any(line.startswith(("authors", "gone")) for line in out)
    start = out.index("Air surut, warga pulang.")
    assert out[start : start + 4] == ["Air surut, warga pulang.", "", "Hujan reda.", "Langit cerah."]
    assert out[-3:] == [
        "Revisions:",
        "  1  2021-03-25T05:00:00+00:00  Banjir & <b>longsor</b> di Kepahiang",
        "  2  2021-03-27T05:00:00+00:00  Banjir surut",
    ]


def test_show_prints_an_earlier_revision_with_its_own_proof(folder: Path) -> None:
    out = printed(folder, "show", EDITED.url, "--revision", "1")
    assert out[0] == FLOOD.title
    facts = dict(line.split(maxsplit=1) for line in out[2 : out.index("")])
    about = {"authors": "Siti, mam", "editors": "AG", "place": "Kepahiang", "source": "Antara", "section": "Daerah"}
    about |= {"tags": "banjir", "labels": "advertorial", "flags": "short", "modified": "2021-03-26"}
    assert {name: facts[name] for name in about} == about
    assert facts["captured"] == f"2021-03-25T05:00:00+00:00, page sha256 {FLOOD.page_sha256}"
    assert out[out.index("Taken off the page:") + 1].split(maxsplit=1) == ["baca-juga", "Baca Juga: Gempa"]


def test_show_lists_the_revisions_with_first_and_last_seen(folder: Path) -> None:
    first, second = told(folder, "show", EDITED.id, "--revisions")
    assert [(row["number"], row["captured_at"], row["last_seen"]) for row in (first, second)] == [
        (1, FLOOD.captured_at.isoformat(), FLOOD.captured_at.isoformat()),
        (2, EDITED.captured_at.isoformat(), EDITED.captured_at.isoformat()),
    ]
    table = " ".join(printed(folder, "show", EDITED.id, "--revisions"))
    assert all(row["page_sha256"][:12] in table and row["title"] in table for row in (first, second))


def test_show_sets_off_what_changed_between_two_revisions(folder: Path) -> None:
    out = printed(folder, "show", EDITED.id, "--diff", "1", "2")
    assert out[0] == f"{EDITED.id}  {EDITED.url}"
    assert out[4] == "Banjir [-& <b>longsor</b> di Kepahiang-]{+surut+}"
    assert "place            [-Kepahiang-]" in out
    assert "authors          [-Siti, mam-]" in out
    back = told(folder, "show", EDITED.id, "--diff", "2", "1")
    assert (back["from"], back["to"], back["facts"]["place"]) == (2, 1, {"before": None, "after": "Kepahiang"})
    assert "".join(run["text"] for run in back["body"] if run["kind"] != "-") == FLOOD.body


def test_show_colours_what_changed_on_a_terminal(folder: Path) -> None:
    out = CliRunner().invoke(main, ["--dir", str(folder), "show", EDITED.id, "--diff", "1", "2"], env=TERMINAL, color=True).stdout
    assert "[-" not in out.replace("\x1b[", "")
    assert "surut" in out


def test_show_says_that_a_story_is_gone_and_still_prints_it(folder: Path) -> None:
    out = printed(folder, "show", LOST.id[:8])
    assert "gone       2021-03-26T05:00:00+00:00: the portal took it down; this is what it said" in out
    assert "Hujan deras menghanyutkan jembatan." in out
    assert not any(line.startswith(("published", "Revisions")) for line in out)


def test_show_as_json_tells_everything(folder: Path) -> None:
    record = told(folder, "show", EDITED.id)
    assert (record["id"], record["title"], [row["number"] for row in record["revisions"]]) == (EDITED.id, "Banjir surut", [1, 2])
    first = told(folder, "show", EDITED.id, "--revision", "1")
    assert (first["number"], first["removed"]) == (1, [{"rule": "baca-juga", "text": "Baca Juga: Gempa"}])


def test_coverage_prints_days_and_what_became_of_them(folder: Path) -> None:
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in printed(folder, "coverage") if line.startswith("│")]
    assert rows == [
        [PORTAL, "2021-03-20", "2", "1", "·", "·", "·", "1", "·", "missed"],
        [PORTAL, "2021-03-21 – 2021-03-23", "·", "·", "·", "·", "·", "·", "·", "! silent"],
        [PORTAL, "2021-03-24", "1", "1", "·", "·", "·", "·", "·", "all held"],
        [PORTAL, "2021-03-25", "·", "·", "·", "·", "·", "·", "·", "silent"],
        [PORTAL, "no day known", "1", "·", "·", "·", "·", "·", "1", "waiting"],
        ["total", "", "4", "2", "·", "·", "·", "1", "1", ""],
    ]


def test_coverage_names_the_days_without_announcements_between_others(folder: Path) -> None:
    line = f"! {PORTAL}: nothing announced on 3 days between others, silent: 2021-03-21 – 2021-03-23"
    assert printed(folder, "coverage")[-1] == line
    assert printed(folder, "coverage", "--urls")[-1] == line
    assert printed(folder, "coverage", "--day", "2021-03-22")[-1].endswith("on 1 day between others, silent: 2021-03-22")
    # The days after the last announcement lie between nothing.
    assert not any(line.startswith("!") for line in printed(folder, "coverage", "--since", "2021-03-24"))


def test_coverage_lists_the_addresses_behind_its_figures(folder: Path) -> None:
    assert printed(folder, "coverage", "--day", "2021-03-20", "--urls") == [
        f"{PORTAL} 2021-03-20  missed  2 announced, 1 archived, 1 failed",
        "  archived",
        f"    {HOME}/2021-03-20/archived",
        "  failed",
        f"    {HOME}/2021-03-20/failed  server error (status 503)",
    ]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (["--state", "archived"], ["2021-03-20", "2021-03-24"]),
        (["--state", "failed"], ["2021-03-20"]),
        (["--state", "failed", "--since", "2021-03-21"], []),
        (["--state", "waiting"], [None]),
        (["--state", "announced"], [None]),
        (["--state", "fetched"], []),
        (["--state", "refused"], []),
        (["--state", "not an article", "--urls"], []),
    ],
)
def test_coverage_shows_the_days_that_have_an_address_in_a_state(folder: Path, words: list[str], days: list[str | None]) -> None:
    spans = told(folder, "coverage", *words)
    assert [span["first"] for span in spans] == days
    assert all(span["urls"] for span in spans)


def test_coverage_as_json_gives_the_addresses_with_state_reason_and_detail(folder: Path) -> None:
    (span,) = told(folder, "coverage", "--day", "2021-03-20", "--urls")
    assert (span["announced"], span["archived"], span["failed"], span["gap"]) == (2, 1, 1, False)
    assert [(row["url"], row["state"], row["reason"], row["detail"]) for row in span["urls"]] == [
        (f"{HOME}/2021-03-20/archived", "archived", None, None),
        (f"{HOME}/2021-03-20/failed", "failed", "server error", "status 503"),
    ]
    assert [span["gap"] for span in told(folder, "coverage")] == [False, True, False, False, False]


def test_coverage_on_a_terminal_has_colours(folder: Path) -> None:
    result = CliRunner(env=TERMINAL).invoke(main, ["--dir", str(folder), "coverage", "--urls"])
    assert "\x1b[31mmissed\x1b[0m" in result.stdout
    assert "\x1b[33m! silent\x1b[0m" in result.stdout


def test_what_a_server_said_cannot_steer_the_terminal(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        keep_portal(archive)
        archive.ledger.settle(HOME + "/a\x1b[2J", "failed", portal=PORTAL, at=START, reason="another error", detail="x\x1b]0;y\x07")
    assert printed(tmp_path, "coverage", "--urls")[-1] == f"    {HOME}/a\ufffd[2J  another error (x\ufffd]0;y\ufffd)"


def test_coverage_as_json_gives_days_as_text(folder: Path) -> None:
    spans = told(folder, "coverage", "--portal", PORTAL, "--since", "2021-03-19", "--until", "2021-03-22")
    assert [(span["first"], span["last"], span["verdict"]) for span in spans] == [
        ("2021-03-19", "2021-03-19", "silent"),
        ("2021-03-20", "2021-03-20", "missed"),
        ("2021-03-21", "2021-03-22", "silent"),
    ]
    assert told(folder, "coverage", "--portal", "kebumenekspres") == []


def test_stats_prints_a_row_for_each_portal(folder: Path) -> None:
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in printed(folder, "stats") if line.startswith("│")]
    assert rows == [
        ["kebumenekspres", "Kebumen", "0", "0", "0", "0", "0", "", "", ""],
        [PORTAL, "Bengkulu", "4", "2", "1", "1", "1", "2021-03-25", "2021-03-25", "2021-03-26"],
    ]


def test_stats_as_json_gives_figures_as_numbers(folder: Path) -> None:
    assert [(row["portal"], row["articles"], row["undated"]) for row in told(folder, "stats")] == [("kebumenekspres", 0, 0), (PORTAL, 2, 1)]


def test_stats_counts_what_is_suspicious_by_portal(tmp_path: Path) -> None:
    folder = tmp_path / "arsip"
    with Archive(folder) as archive:
        keep_portal(archive)
        archive.keep_article(article())
    assert printed(folder, "stats", "--flags") == ["Nothing is suspicious."]
    with Archive(folder) as archive:
        for number, flags in enumerate([("no-date", "unfinished"), ("unfinished",), ()]):
            archive.keep_article(article(f"/cerita-{number}", flags=flags))
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in printed(folder, "stats", "--flags") if line.startswith("│")]
    assert rows == [[PORTAL, "unfinished", "2", "4"], [PORTAL, "no-date", "1", "4"]]
    assert told(folder, "stats", "--flags") == [
        {"portal": PORTAL, "flag": "unfinished", "articles": 2, "of_all": 4},
        {"portal": PORTAL, "flag": "no-date", "articles": 1, "of_all": 4},
    ]


def test_stats_finds_the_dates_of_templates(tmp_path: Path) -> None:
    folder = tmp_path / "arsip"
    template = Stamp(iso="2014-01-01T00:00:00+07:00", precision="second", raw="2014-01-01T00:00:00+07:00", source="json-ld")
    day_of_template = Stamp(iso="2018-12-31", precision="day", raw="31 Desember 2018", source="visible")
    busy_day = Stamp(iso="2021-03-25", precision="day", raw="25 Maret 2021", source="visible")
    scheduled = Stamp(iso="2021-03-25T06:00+07:00", precision="minute", raw="25 Maret 2021 06:00 WIB", source="visible")
    with Archive(folder) as archive:
        keep_portal(archive)
        for stamp, articles, apart in ((template, 10, 0), (day_of_template, 11, 2), (busy_day, 12, 0.1), (scheduled, 9, 1)):
            for number in range(articles):
                archive.keep_article(article(f"/{stamp.precision}-{apart}-{number}", published=stamp, day=number * apart))
    rows = told(folder, "stats", "--dates")
    assert [(row["portal"], row["printed"], row["source"], row["articles"]) for row in rows] == [
        (PORTAL, day_of_template.raw, "visible", 11),
        (PORTAL, template.raw, "json-ld", 10),
    ]
    assert [(row["first"], row["last"]) for row in rows] == [(f"{at(0):%F}", f"{at(20):%F}"), (f"{at(0):%F}", f"{at(0):%F}")]
    assert any(day_of_template.raw in line and f"{at(20):%F}" in line for line in printed(folder, "stats", "--dates"))


def test_stats_says_where_no_date_is_a_templates(folder: Path) -> None:
    assert printed(folder, "stats", "--dates") == ["No date stands on so many articles that a template may print it."]


def test_dump_says_what_it_wrote_and_where(folder: Path, tmp_path: Path) -> None:
    first, second = printed(folder, "dump", "--out", str(tmp_path / "dump"), "--since", "2021-03-25")
    file = tmp_path / "dump" / "articles.jsonl"
    package = json.loads((tmp_path / "dump" / "datapackage.json").read_text(encoding="utf-8"))
    assert first == f"1 articles, {file.stat().st_size:,} bytes, {package['resources'][0]['hash']}"
    assert second == str(file)
    assert package["filters"] == {"since": "2021-03-25"}
    assert package["version"]
