"""The page fixtures of the families, `tests/pages/FAMILY-slug`: a page as its family prints it, gzipped, and the article that a reader
would make of it. `bench/` measures on them too. Those of single portals are in folders beside them; see `spiders/fixtures.py`.

`FAMILY-slug.json` holds `page` (its address, the portal's names, the zone where it is not WIB) and either `article`, written by hand,
or `refusal`, why the page is none. `without` and `keep` are phrases that must not and must be in the text. `missed` names the
fields that are not read as they should be, and why. Pages of no known family are `generic`.
"""

import gzip
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from archive.records import Page
from pipelines.rules import Rules
from spiders.families import families
from spiders.fixtures import EXPECTED, moment
from tests.builders import at

FOLDER = Path(__file__).parent / "pages"
FAMILIES = {"generic": Rules()} | {name: family.rules for name, family in families().items() if family.rules != Rules()}
READ_WITHOUT_RULES = (
    "title",
    "body",
    "published",
    "modified",
    "authors",
    "editors",
    "byline",
    "place",
    "credited_source",
    "labels",
    "next_page",
)
"""What is told exactly of a page of an unknown CMS; its pictures, tags and section are read where they can be, and scored in `bench/`."""
FETCHED = at(2400)


@dataclass(frozen=True)
class Fixture:
    """A page, the rules of its family, and the article it holds, or the reason why it holds none."""

    name: str
    page: Page
    rules: Rules
    article: dict[str, Any] | None
    refusal: str | None
    without: list[str] = field(default_factory=list)
    keep: list[str] = field(default_factory=list)
    missed: dict[str, str] = field(default_factory=dict)

    @property
    def family(self) -> str:
        return self.name.partition("-")[0]


def fixture(name: str, folder: Path = FOLDER) -> Fixture:
    """The fixture of that name; ValueError where it expects nothing."""
    told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    article, refusal, about = told.get("article"), told.get("refusal"), told["page"]
    if not refusal and (not article or tuple(article) != EXPECTED or not all(article[field] for field in ("title", "body", "published"))):
        raise ValueError(f"{name}.json must expect {', '.join(EXPECTED)}, and at least a title, a body and a date, or else a refusal.")
    body = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
    zone = about.get("zone", "Asia/Jakarta")
    # Nobody has told the generic rules what the portal is called.
    names = () if name.startswith("generic-") else tuple(about["site_names"])
    rules = replace(FAMILIES[name.partition("-")[0]], site_names=names, zone=zone)
    page = Page(url=about["url"], portal="contoh", fetched_at=FETCHED, body=body, headers=(("Content-Type", "text/html"),))
    if article:
        article |= {"published": [moment(article["published"][0]), *article["published"][1:]], "modified": moment(article["modified"])}
    return Fixture(name, page, rules, article, refusal, told.get("without", []), told.get("keep", []), told.get("missed", {}))


def names() -> list[str]:
    """The names of all fixtures."""
    return sorted(path.name.removesuffix(".html.gz") for path in FOLDER.glob("*.html.gz"))
