"""A portal's file as `scrapy sniff --write` writes it, and what is proposed for its facts. Pure functions.

What a page calls itself goes into a file that Python runs: only letters, digits and a few signs of it are taken.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive import regions
from pipelines.site_names import SECOND_LEVEL
from spiders.base import PortalSpider

TOP_LEVEL = frozenset("com id net org info news tv xyz online site my".split())
"""Last labels of a host that are no part of a portal's name."""
PUBLISHERS = frozenset({"jawapos"})
"""Domains of publishers under which each paper has a name of its own; a network's name (`tribunnews`) is part of its portals'."""
NOT_IN_A_TITLE = re.compile(r"[^\w .&':()+-]|_")
NOT_IN_EVIDENCE = re.compile(r"[^\w .,:;&'()+/*#<>©-]|_")
LONGEST_TITLE, LONGEST_EVIDENCE = 60, 118
SHORTEST_WITHIN = 5
"""Letters of the shortest region that is looked for inside a word: `kebumenekspres`. Shorter ones stand in words by chance."""
OTHERWISE_MEANT = frozenset({"metro", "papua"})
"""Names of a region that portals' names mean otherwise: the big city, and the whole of western New Guinea with its six provinces."""
NAME = re.compile(r"[a-z][a-z0-9_]*")
"""What a portal may be called."""
SIGNS = re.compile(r"\s+[-–—|•»:]\s+|\s*\|\s*")
"""What stands between a site's name and its motto in a page's title."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a portal's file states."""

    family: type[PortalSpider]
    name: str
    title: str
    home: str
    region: str
    evidence: str


def source(facts: Facts) -> str:
    """The portal's file."""
    family, place = facts.family, regions.region(facts.region).name
    return f'''from {family.__module__} import {family.__name__}


class {class_name(facts)}({family.__name__}):
    """{title_from(facts.title)}, news portal of {place}."""

    name = "{facts.name}"
    home = "{facts.home}"
    region = "{facts.region}"
    evidence = "{evidence_from(facts.evidence)}"
'''


def class_name(facts: Facts) -> str:
    """The name of the portal's class: its title in one word, else its short name."""
    for words in (title_from(facts.title), facts.name.replace("_", " ")):
        told = "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", words))
        if told and told.isidentifier() and told != facts.family.__name__:
            return told
    return "Portal" + "".join(re.findall(r"[a-z0-9]+", facts.name)).capitalize()


def name_from(host: str) -> str:
    """The short name of a portal by its host, as those of the catalogue are.

    >>> [name_from(host) for host in ("www.kebumenekspres.com", "ambon.tribunnews.com", "radarbogor.jawapos.com", "kepri.co.id")]
    ['kebumenekspres', 'ambon_tribunnews', 'radarbogor', 'kepri_co_id']
    """
    labels = host.lower().removeprefix("www.").split(".")
    whole = list(labels)
    while len(labels) > 1 and labels[-1] in TOP_LEVEL | SECOND_LEVEL | PUBLISHERS:
        labels.pop()
    if len(labels) == 1 and regions.named(labels[0]):
        labels = whole  # a region's bare name says too little
    name = re.sub(r"[^a-z0-9_]", "", "_".join(labels))
    return name if NAME.fullmatch(name) else f"portal_{name}"


def title_from(printed: str) -> str:
    """A site's name as a docstring takes it: up to its first comma, without signs that a name does not need."""
    plain = NOT_IN_A_TITLE.sub(" ", printed.partition(",")[0])
    return " ".join(plain.split())[:LONGEST_TITLE].strip(" .-:")


def name_in_title(printed: str) -> str:
    """The site's name in the title of its home page, whose motto stands behind or before it: the shorter part is the name.

    >>> name_in_title("Kabar Serayu - Berita Terkini dari Lembah Serayu")
    'Kabar Serayu'
    """
    return min((part for part in SIGNS.split(printed) if part.strip()), key=len, default="").strip()


def evidence_from(told: str) -> str:
    """Evidence as a portal states it: on one line, not too long, without a full stop."""
    plain = " ".join(NOT_IN_EVIDENCE.sub(" ", told).split())
    if len(plain) > LONGEST_EVIDENCE:
        plain = plain[:LONGEST_EVIDENCE].rpartition(",")[0] or plain[:LONGEST_EVIDENCE]
    return plain.rstrip(" .,")


def region_from(title: str, home: str) -> str | None:
    """The code of the region that a portal's name or host names; None where they name none or may mean several.

    >>> region_from("Kebumen Ekspres", "https://kebumenekspres.com"), region_from("Radar Bogor", "https://radarbogor.id")
    ('33.05', None)
    """
    words = re.findall(r"[^\W\d_]+", title.casefold())
    said = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    labels = re.findall(r"[a-z]+", (urlsplit(home).hostname or "").removeprefix("www."))
    named = [place for place in regions.places() - OTHERWISE_MEANT if place in said or _within(place.replace(" ", ""), labels)]
    # "Bengkulu" stands in "Bengkulu Utara" and is not meant there.
    meant = [place for place in named if not any(place != other and place in other for other in named)]
    codes = {region.code for place in meant for region in regions.named(place)}
    return codes.pop() if len(codes) == 1 else None


def _within(place: str, labels: list[str]) -> bool:
    return len(place) >= SHORTEST_WITHIN and any(label.startswith(place) or label.endswith(place) for label in labels)
