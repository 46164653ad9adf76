"""The page fixtures below `tests/pages/`: a page as its family prints it, gzipped, beside the article that a reader would make of it.

`FAMILY-slug.json` holds `page` (its address, the portal's names, the zone where it is not WIB) and `article`, written by hand.
"""

import gzip
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.records import Article, Page
from pipelines.rules import Rules
from spiders.families.blogger import Blogger
from spiders.families.wordpress import WordPress
from tests.builders import at

FOLDER = Path(__file__).parent / "pages"
FAMILIES = {"blogger": Blogger.rules, "wordpress": WordPress.rules}
FIELDS = (
    *("title", "body", "published", "modified", "authors", "editors", "byline", "place", "section", "tags"),
    *("image", "image_caption", "credited_source", "labels", "removed"),
)
FETCHED = at(2400)


@dataclass(frozen=True)
class Fixture:
    """A page, the rules of its family, and the article it holds."""

    name: str
    page: Page
    rules: Rules
    article: dict[str, Any]


def fixture(name: str, folder: Path = FOLDER) -> Fixture:
    """The fixture of that name; ValueError where it expects nothing."""
    told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    article, about = told["article"], told["page"]
    if tuple(article) != FIELDS or not all(article[field] for field in ("title", "body", "published")):
        raise ValueError(f"{name}.json must expect {', '.join(FIELDS)}, and at least a title, a body and a date.")
    body = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
    rules = replace(FAMILIES[name.partition("-")[0]], site_names=tuple(about["site_names"]), zone=about.get("zone", "Asia/Jakarta"))
    headers = (("Content-Type", "text/html"),)
    return Fixture(name, Page(url=about["url"], portal="contoh", fetched_at=FETCHED, body=body, headers=headers), rules, article)


def names() -> list[str]:
    """The names of all fixtures."""
    return sorted(path.name.removesuffix(".html.gz") for path in FOLDER.glob("*.html.gz"))


def as_fixture(article: Article) -> dict[str, Any]:
    """An article in the shape of a fixture's."""
    published = article.published
    return {
        "title": article.title,
        "body": article.body.split("\n\n"),
        "published": published and [published.iso, published.precision, published.raw, published.source],
        "modified": article.modified and article.modified.iso,
        "authors": list(article.authors),
        "editors": list(article.editors),
        "byline": article.byline,
        "place": article.place,
        "section": article.section,
        "tags": list(article.tags),
        "image": article.image,
        "image_caption": article.image_caption,
        "credited_source": article.credited_source,
        "labels": list(article.labels),
        "removed": [[line.rule, line.text] for line in article.removed],
    }
