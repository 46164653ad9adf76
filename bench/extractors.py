"""Ours and other extractors, each as its documentation says, from the bytes of a page to a reading. None is tuned to the pages."""

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version

from lxml import html

from archive.records import Page
from bench.pages import Label, Reading
from pipelines.press import press
from pipelines.rules import Rules


@dataclass(frozen=True)
class Extractor:
    """A row: what reads a page, and the columns in which it has nothing to say."""

    name: str
    row: str
    read: Callable[[Label], Reading]
    package: str | None = None
    """The distribution whose version the row names; None for ours."""
    silent: frozenset[str] = frozenset()
    families_only: bool = False
    """Whether it reads only pages of a known family."""

    @property
    def heading(self) -> str:
        """How the table names it."""
        return f"{self.row} {version(self.package)}" if self.package else self.row

    def pages(self, labels: list[Label]) -> list[Label]:
        """The pages that it can read."""
        return [label for label in labels if label.rules] if self.families_only else labels


def _press(page: Page, rules: Rules) -> Reading:
    article = press(page, rules)
    return Reading(
        title=article.title or "",
        body=article.body,
        published=article.published.iso if article.published else None,
        authors=article.authors,
        editors=article.editors,
    )


def _generic(label: Label) -> Reading:
    # Every portal's region is known, and with it the zone; nothing else is told.
    return _press(label.page, Rules(zone=label.zone))


def _family(label: Label) -> Reading:
    assert label.rules
    return _press(label.page, label.rules)


def _trafilatura(label: Label) -> Reading:
    # Peers are imported where they run: the gate needs none of them, and they load slowly.
    import trafilatura

    # As on the day of the capture: its search takes the latest day that is not in the future, so today would change what it finds.
    dates = {"original_date": True, "extensive_search": True, "max_date": label.page.fetched_at.date().isoformat()}
    document = trafilatura.bare_extraction(label.page.body, url=label.page.url, with_metadata=True, date_extraction_params=dates)
    if document is None:
        return Reading()
    told = document if isinstance(document, dict) else document.as_dict()
    authors = (told.get("author") or "").split("; ")
    return Reading(
        title=told.get("title") or "", body=told.get("text") or "", published=told.get("date"), authors=tuple(filter(None, authors))
    )


def _readability(label: Label) -> Reading:
    import readability

    document = readability.Document(label.page.body)
    title, author, summary = document.short_title(), document.author(), document.summary()
    return Reading(
        title=title,
        body=" ".join(map(str, html.document_fromstring(summary).itertext())),
        authors=() if author == "[no-author]" else (author,),
    )


def _newspaper(label: Label) -> Reading:
    with warnings.catch_warnings(action="ignore"):  # it misses nltk, which only its keywords and summaries need
        import newspaper

    # Without `fetch_images=False` it would download every image to measure it.
    article = newspaper.Article(label.page.url, language="id", fetch_images=False)
    article.download(input_html=label.page.body)
    article.parse()
    published = article.publish_date
    return Reading(
        title=article.title,
        body=article.text,
        published=published.isoformat() if published else None,
        authors=tuple(article.authors),
    )


EXTRACTORS = (
    Extractor("generic", "ours, generic", _generic),
    Extractor("family", "ours, family rules", _family, families_only=True),
    Extractor("trafilatura", "trafilatura", _trafilatura, "trafilatura", frozenset({"minute", "editors"})),
    Extractor("readability", "readability", _readability, "readability-lxml", frozenset({"minute", "day", "editors"})),
    Extractor("newspaper4k", "newspaper4k", _newspaper, "newspaper4k", frozenset({"editors"})),
)
OURS = tuple(extractor for extractor in EXTRACTORS if not extractor.package)


@contextmanager
def quiet() -> Iterator[None]:
    """Meanwhile the peers log nothing about pages that they do not understand."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
