"""Each check suspects what it says, and nothing of a good article."""

import pytest

from archive.records import Stamp
from pipelines import language
from pipelines.check import CHECKS, SHORT_BODY, flags
from tests.builders import article
from tests.page_fixtures import fixture, names

BODY = (
    "Hujan deras turun semalaman di lereng Sindoro.\n\nWarga mengungsi ke balai desa, dan sungai meluap sampai ke jalan raya. " * 3
    + "Sekian."
)
ENGLISH = (
    "Heavy rain fell all night on the slopes of the mountain. Villagers moved to the hall, and the river rose until it reached the road. "
    "Officers closed the bridge and asked drivers to take another way until the water falls again. Nobody was hurt, the village said."
)
JAVANESE = (
    "Warga Desa Karangduwur padha gotong royong mbangun kreteg ing kali. Kreteg kang lawas wis rusak amarga banjir sasi kepungkur. "
    "Kepala desa ngendika yen kreteg iku kudu dadi sadurunge mangsa udan. Wong-wong uga nggawa pring lan kayu saka alas. "
    "Bocah sekolah saiki bisa liwat maneh tanpa kudu muter adoh."
)
SUNDANESE = (
    "Warga lembur ngabangun deui sasak anu runtuh ku caah. Sasak téh dipaké pikeun barudak sakola jeung patani nu rék ka sawah. "
    "Kapala désa nyarios yén sasak kudu geus réngsé saméméh usum hujan. Urang lembur ogé mawa awi jeung kai ti leuweung. "
    "Ayeuna aya opat puluh jalma nu digawé unggal poé."
)
DATE = Stamp(iso="2021-03-25", precision="day")


def test_a_good_article_is_not_suspected() -> None:
    assert flags(article(body=BODY, published=DATE)) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"body": "Air surut."}, "short-body"),
        ({"body": "a" * (SHORT_BODY - 2) + "."}, "short-body"),
        ({"published": None}, "no-date"),
        ({"published": Stamp(iso="2021-03-25", precision="day", flags=("weekday",))}, "odd-weekday"),
        ({"published": Stamp(iso="2021-03-25", precision="day", flags=("contradicted",))}, "contradicted-date"),
        ({"published": Stamp(iso="2021-03-25", precision="day", flags=("zone",))}, "wrong-zone"),
        ({"published": Stamp(iso="2021-03-25", precision="day", flags=("dateparser",))}, "date-by-fallback"),
        ({"next_page": "https://rakyatbengkulu.com/banjir/2/"}, "more-pages"),
        ({"next_page": "https://rakyatbengkulu.com/banjir/2/", "body": BODY.removesuffix(".")}, "more-pages"),
        ({"title": "Rakyat Bengkulu"}, "title-is-site"),
        ({"title": "rakyatbengkulu.com"}, "title-is-site"),
        ({"body": ENGLISH}, "other-language"),
        ({"body": f"{BODY}\n\nEditor: AG."}, "leftover"),
        ({"body": BODY.removesuffix(".")}, "unfinished"),
        ({"body": f"Baca juga nanti.\n\n{BODY}"}, "leftover"),
        ({"body": f"{BODY}\n\nSCROLL TO akhir."}, "leftover"),
        ({"body": BODY.replace("Warga", "Warga \ufffd")}, "damaged"),
        ({"body": BODY.replace("Warga", "â€œWargaâ€")}, "damaged"),
        ({"title": "KafÃ© Kebumen Buka"}, "damaged"),
    ],
)
def test_each_check_suspects_what_it_says(changes: dict[str, object], expected: str) -> None:
    names = frozenset({"rakyat bengkulu", "rakyatbengkulu.com"})
    assert flags(article(**({"body": BODY, "published": DATE} | changes)), names) == (expected,)


def test_a_sentence_may_end_in_many_ways() -> None:
    for end in "!?…:”\"'’)":
        assert flags(article(body=BODY.removesuffix(".") + end, published=DATE)) == ()


def test_a_body_just_long_enough_is_not_short() -> None:
    assert flags(article(body="a" * (SHORT_BODY - 1) + ".", published=DATE)) == ()


def test_several_suspicions_come_in_their_order() -> None:
    ids = [check.id for check in CHECKS]
    assert len(set(ids)) == len(ids)
    assert all(check.means for check in CHECKS)
    assert flags(article(body="Bagikan artikel", published=None)) == ("short-body", "no-date", "unfinished", "leftover")


@pytest.mark.parametrize(
    ("text", "local"),
    [
        (BODY, True),
        (ENGLISH, False),
        (JAVANESE, True),
        (SUNDANESE, True),
        ("Naskah lama: aksara, angka, dan gambar.", True),
        ("Фермеры собрали урожай кофе на склонах вулкана. " * 10, False),
        ("", True),
    ],
)
def test_the_languages_of_the_archipelago_are_told_from_others(text: str, local: bool) -> None:
    assert language.is_local(text) is local


@pytest.mark.parametrize("name", [name for name in names() if fixture(name).article])
def test_every_fixture_is_in_one_of_them(name: str) -> None:
    told = fixture(name).article
    assert told
    assert language.is_local("\n\n".join(told["body"]))
