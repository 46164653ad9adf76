"""Page fixtures: pages as a portal prints them, gzipped, beside the article that they must become.

`<portal>/<slug>.html.gz` is a page, `<slug>.2.html.gz` the second page of the same article, and `<slug>.json` says under `page` all that
`press` looks at besides the bytes, and either the `article`, which whoever saved the page has compared with it, or the `refusal`: why it
is none. `missed` may name fields that are not read as they should be, each with the reason.
"""

import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.records import Article, Page

EXPECTED = (
    *("title", "body", "published", "modified", "authors", "editors", "byline", "place", "section", "tags"),
    *("image", "image_caption", "image_credit", "credited_source", "labels", "next_page", "removed"),
)
"""The fields of an article that a fixture tells."""
LONGEST_SLUG = 60
HTML, TOLD = ".html.gz", ".json"


@dataclass(frozen=True, kw_only=True)
class Fixture:
    """A page with its further ones, and what press must make of it."""

    page: Page
    article: dict[str, Any] | None
    refusal: str | None
    missed: Mapping[str, str] = field(default_factory=dict)
    """Fields that are not read as `article` says, and why."""

    def differences(self, made: Article) -> list[str]:
        """The lines of a diff between what is expected and what was made; none where they are the same."""
        expected, read = self.article or {"refusal": self.refusal}, _told(made)
        before, after = (_lines({name: value for name, value in each.items() if name not in self.missed}) for each in (expected, read))
        mended = [name for name in self.missed if name in read and read[name] == expected.get(name)]
        lines = list(unified_diff(before, after, "expected", "read", lineterm=""))
        return [*lines, *(f"{name} is read as it should be now: take it out of `missed`" for name in mended)]


def expectation(article: Article) -> dict[str, Any]:
    """The fields of an article as a fixture tells them; a date is its iso, its precision, the printed string and where it stood."""
    published = article.published
    return {
        "title": article.title,
        "body": article.body.split("\n\n"),
        "published": published and [moment(published.iso), published.precision, published.raw, published.source],
        "modified": article.modified and moment(article.modified.iso),
        "authors": list(article.authors),
        "editors": list(article.editors),
        "byline": article.byline,
        "place": article.place,
        "section": article.section,
        "tags": list(article.tags),
        "image": article.image,
        "image_caption": article.image_caption,
        "image_credit": article.image_credit,
        "credited_source": article.credited_source,
        "labels": list(article.labels),
        "next_page": article.next_page,
        "removed": [[line.rule, line.text] for line in article.removed],
    }


def slug_of(url: str) -> str:
    """The name of an address's fixture: the last part of its path in which there are words, else all of the path and query."""
    parts = urlsplit(url)
    words = [slug for part in parts.path.split("/") if re.search("[a-z]", slug := _slug(part.partition(".htm")[0]))]
    whole = _slug(f"{parts.path} {parts.query}")
    slug = (words[-1] if words else whole) or "home"
    return slug if len(slug) <= LONGEST_SLUG else slug[:LONGEST_SLUG].rpartition("-")[0] or slug[:LONGEST_SLUG]


def fixture_files(slug: str, page: Page, article: Article) -> dict[str, bytes]:
    """The contents of a fixture's files by name: the same for the same page on every day."""
    told: dict[str, Any] = {"page": _about(page)}
    if page.rest:
        told["page"]["rest"] = [_about(further) for further in page.rest]
    told |= _told(article) if article.refusal else {"article": _told(article)}
    pages = {_page_file(slug, number): _packed(each.body) for number, each in enumerate((page, *page.rest), start=1)}
    return pages | {f"{slug}{TOLD}": "\n".join([*_lines(told), ""]).encode()}


def files_of(folder: Path, slug: str) -> list[Path]:
    """The files of a fixture that are there."""
    further = re.compile(rf"{re.escape(slug)}(\.\d+)?{re.escape(HTML)}|{re.escape(slug + TOLD)}")
    return sorted(path for path in folder.glob(f"{slug}.*") if further.fullmatch(path.name))


def fixtures_below(folder: Path) -> Iterator[Path]:
    """The `<portal>/<slug>.json` of every fixture."""
    yield from sorted(folder.glob(f"*/*{TOLD}"))


def read_fixture(path: Path) -> Fixture:
    """The fixture of a `<portal>/<slug>.json`; ValueError where it expects nothing, or not all that there is to be told."""
    told = json.loads(path.read_text(encoding="utf-8"))
    article, refusal = told.get("article"), told.get("refusal")
    whole = article and set(article) == {"url", *EXPECTED} and article["title"] and any(article["body"])
    if bool(refusal) == bool(article) or (article and not whole):
        raise ValueError(
            f"{path} must expect an article with url, {', '.join(EXPECTED)}, of which no title or body is empty, or a refusal."
        )
    about = told["page"]
    pages = [_page(path, number, each) for number, each in enumerate((about, *about.get("rest", ())), start=1)]
    return Fixture(page=replace(pages[0], rest=tuple(pages[1:])), article=article, refusal=refusal, missed=told.get("missed", {}))


def _told(article: Article) -> dict[str, Any]:
    return {"refusal": article.refusal} if article.refusal else {"url": article.url} | expectation(article)


def _about(page: Page) -> dict[str, Any]:
    """What press looks at besides the bytes."""
    told = {"url": page.url, "requested_url": page.requested_url, "fetched_at": page.fetched_at.isoformat()}
    return {name: value for name, value in (told | {"content_type": page.header("Content-Type")}).items() if value}


def _page(path: Path, number: int, about: dict[str, Any]) -> Page:
    kind = about.get("content_type")
    return Page(
        url=about["url"],
        portal=path.parent.name,
        fetched_at=datetime.fromisoformat(about["fetched_at"]),
        body=gzip.decompress(path.with_name(_page_file(path.name.removesuffix(TOLD), number)).read_bytes()),
        requested_url=about.get("requested_url"),
        headers=(("Content-Type", kind),) if kind else (),
    )


def _page_file(slug: str, number: int) -> str:
    return f"{slug}{HTML}" if number == 1 else f"{slug}.{number}{HTML}"


def _packed(body: bytes) -> bytes:
    """A body gzipped without the moment, so that the same page is the same file."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(body)
    return packed.getvalue()


def _lines(told: dict[str, Any]) -> list[str]:
    return json.dumps(told, ensure_ascii=False, indent=2).split("\n")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def moment(iso: str | None) -> str | None:
    """A time written with its seconds, whether or not the page prints them: `precision` says that."""
    return datetime.fromisoformat(iso).isoformat() if iso and "T" in iso else iso
