"""What the tests of the families share: their sample portals, the ways of each, and stories that a crawler can lose."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sample.printed import WIB
from sample.server import PORTALS, RunningPortal, serve
from sample.stories import Block, Story
from tests.test_crawl import expected as of_the_seeds
from tests.test_sample_families import written

FAMILIES = {
    "kebumenekspres": "blogger",
    "rakyatbengkulu": "wordpress",
    "harianserayu": "disway",
    "radarserayu": "promedia",
    "tribunserayu": "tribun",
    "kabarserayu": "sitemap",
}
WAYS = {
    "kebumenekspres": {
        "feed": r"/feeds/posts/default\?alt=json.*",
        "atom": r"/feeds/posts/default\?(?!alt=json).*",
        "sitemap": r"/sitemap.*",
        "list": r"/(?:\?.*)?|/\d{4}/.{0,3}",
    },
    "rakyatbengkulu": {"rest": r"/wp-json/.*", "feed": r"/feed/.*", "sitemap": r"/(?:wp-)?sitemap.*", "list": r"/(?:page/.*)?"},
    "harianserayu": {"feed": "/rss", "sitemap": "/sitemap.*", "list": "/|/kategori/.*"},
    "radarserayu": {"feed": "/rss", "news": "/sitemap-news.xml", "sitemap": "/sitemap(?!-news).*", "list": "/|/indeks-berita.*"},
    "tribunserayu": {
        "feed": "/rss",
        "news": "/regional/sitemap-news.xml",
        "sitemap": r"/sitemap\.xml|/regional/sitemap-\d.*",
        "index": "/index-news.*",
        "list": "/",
    },
    "kabarserayu": {"sitemap": "/peta-situs/.*", "news": "/news-sitemap.xml", "feed": r"/|/atom\.xml|/umpan/.*", "list": "/indeks.*"},
    "harianserayu_unknown": {"sitemap": "/sitemap.*", "news": "/news-sitemap.xml", "feed": "/rss", "list": "/"},
    "radarserayu_unknown": {"sitemap": "/sitemap(?!-news).*", "news": "/sitemap-news.xml", "feed": "/rss", "list": "/|/indeks-berita.*"},
}
"""The ways of each portal, and what is to be asked there."""
EVERYTHING = {
    "kebumenekspres": ("feed", "atom", "sitemap", "list"),
    "rakyatbengkulu": ("rest", "feed", "sitemap", "list"),
    "harianserayu": ("sitemap", "list"),
    "radarserayu": ("sitemap", "list"),
    "tribunserayu": ("index", "sitemap"),
    "kabarserayu": ("sitemap", "list"),
}
"""The ways that reach all stories."""
SENTENCES = (
    "Warga {of} bergotong royong memperbaiki saluran air yang jebol setelah hujan deras pada pekan sebelumnya.",
    "Mereka membawa cangkul, karung pasir, dan bambu dari rumah masing-masing sejak pagi hari.",
    "Pekerjaan itu dibagi menurut rukun tetangga agar setiap orang mendapat giliran beristirahat.",
    "Perangkat desa menyiapkan makanan dan air minum di balai dusun yang tidak jauh dari lokasi.",
    "Saluran itu mengairi sawah seluas dua puluh hektare di tiga dusun yang berdekatan.",
)


def sample_of(portal: str) -> str:
    """The sample portal that a spider asks."""
    return portal.removesuffix("_unknown")


@contextmanager
def running(portal: str) -> Iterator[RunningPortal]:
    """A sample portal with stories at the edges of days, one of which is on five pages."""
    with serve([sample_of(portal)]) as served:
        sample = served[sample_of(portal)]
        for story in edges(sample):
            sample.add(story)
        yield sample


@dataclass(frozen=True)
class Days:
    """Some days in the middle of a portal's stories."""

    since: str
    until: str

    def hold(self, story: Story) -> bool:
        """Whether a story was published on one of them, as its readers count days."""
        return self.since <= story.published.date().isoformat() <= self.until


def days_of(portal: RunningPortal) -> Days:
    """Days that begin and end between stories; `edges` has stories of the minutes around both ends."""
    own = sorted({story.published.date() for story in portal.stories if not story.slug.startswith("menit-")})
    return Days(own[9].isoformat(), own[21].isoformat())


def edges(portal: RunningPortal) -> list[Story]:
    """Stories of the last and first minutes of the days around both ends of `days_of`, edited when it misleads."""
    days = days_of(portal)
    since, until = (datetime.combine(datetime.fromisoformat(day), time(), WIB) for day in (days.since, days.until))
    behind = until + timedelta(days=1)
    return [
        story_of(portal, "menit-terakhir-sebelum", since - timedelta(minutes=10), modified=since + timedelta(days=2)),
        # In UTC it is still the day before; and it was edited when those days had long gone by.
        story_of(portal, "menit-pertama-di-dalam", since + timedelta(minutes=10), modified=behind + timedelta(days=40), pages=5),
        # Never edited: a sitemap's `lastmod` in UTC says that it lies before.
        story_of(portal, "menit-kedua-di-dalam", since + timedelta(minutes=20)),
        story_of(portal, "menit-terakhir-di-dalam", behind - timedelta(minutes=10)),
        story_of(portal, "menit-pertama-sesudah", behind + timedelta(minutes=10)),
    ]


def story_of(portal: RunningPortal, slug: str, published: datetime, *, modified: datetime | None = None, pages: int = 1) -> Story:
    """A story in the shape in which its portal prints one."""
    words = slug.replace("-", " ").title()
    opening = {"kebumenekspres": "ALIAN(kebumenekspres.com)-", "rakyatbengkulu": "Kepahiang "}.get(portal.name, "")
    texts = [[sentence.format(of=f"{words} halaman {number}") for sentence in SENTENCES] for number in range(1, pages + 1)]
    texts[0][0] = opening + texts[0][0]
    if portal.name == "kebumenekspres":
        texts[-1][-1] += " (abc)"
    blocks = [tuple(Block("paragraph", (text,)) for text in page) for page in texts]
    if pages > 2:
        blocks[2] = (Block("heading", ("Dikerjakan Selama Tiga Hari",)), *blocks[2])
    credited = {} if opening else {"place": "Cilacap", "reporters": ("Nurul Hidayah",), "editors": ("Bagus Prakoso",)}
    return Story(
        slug=f"{slug}-warga-perbaiki-saluran-air",
        title=f"{words}, Warga Perbaiki Saluran Air",
        published=published,
        modified=modified or published,
        pages=tuple(blocks),
        section="Cilacap",
        tags=("irigasi",),
        **credited,
    )


def expected(portal: RunningPortal, story: Story) -> dict[str, object]:
    """What the archive is to hold of a story, worked out from its source text."""
    if not portal.portal.folder:
        return of_the_seeds(portal, story) | ({} if portal.name == "kebumenekspres" else {"published": _minute(story.published)})
    return {"title": story.title, "body": written(story), "place": story.place, "published": _minute(story.published)}


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def held(row: dict[str, object], *names: str) -> dict[str, object]:
    """What the archive holds of a story, its time to the minute: not all portals tell seconds."""
    printed = str(row["published"])
    return {name: row[name] for name in names} | {"published": _minute(datetime.fromisoformat(printed)) if "T" in printed else printed}


def paths_of_stories(portal: RunningPortal) -> dict[str, Story]:
    """The stories by the paths of all their pages, as far as a crawler may ask for them."""
    return {portal.portal.path(story): story for story in portal.stories}


def story_asked(portal: RunningPortal, path: str) -> Story | None:
    """The story of which a path asks for a page."""
    known = paths_of_stories(portal)
    return (
        known.get(path) or known.get(re.sub(r"(?:/\d{1,3}|\?(?:page|halaman)=\d+)$", "", path)) or known.get(re.sub(r"[2-9]/$", "", path))
    )


def close_all_but(portal: RunningPortal, spider: str, way: str, *, first: int = 0) -> None:
    """Close the other ways, each in another manner: refused, forbidden, not there, a wall that answers 200."""
    statuses = (401, 403, 404, 200)
    for number, (other, pattern) in enumerate(WAYS[spider].items(), first):
        if other != way:
            portal.close(pattern, statuses[number % len(statuses)])


assert FAMILIES.keys() == PORTALS.keys()
