"""What the archive keeps: pages as they came, articles as they were read from them.

Everything here is frozen and made of plain values, so it can be pickled to worker processes and compared whole.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

GONE = "gone"
"""The refusal of a page that answers 404 or 410."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """A date as far as the page gives it, never further."""

    iso: str
    """`YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM[:SS]+HH:MM` where the page prints a time of day."""
    precision: str
    """`day`, `hour`, `minute` or `second`: how much of `iso` the page says."""
    raw: str = ""
    """The string as printed."""
    source: str = ""
    """Where it stood: `rule`, `json-ld`, `meta`, `visible` or `url`."""
    flags: tuple[str, ...] = ()
    """What is odd about it: `weekday` when the printed weekday does not fit the date."""
    modified: "Stamp | None" = None
    """The second date of a string that prints two ("Tayang … Diperbarui …")."""

    def day_in(self, zone: ZoneInfo) -> str:
        """The day in a zone, `YYYY-MM-DD`: 18:30 UTC is the next day in Kebumen. A date without a time is a day wherever it is read."""
        moment = datetime.fromisoformat(self.iso)
        return (moment.astimezone(zone) if moment.tzinfo else moment).date().isoformat()


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One capture: the bytes of a page, how and when they came."""

    url: str
    """Final address, after redirects, on the portal's own origin."""
    portal: str
    """The portal's name, as in `scrapy list`; empty for a page of no known portal."""
    fetched_at: datetime
    """When the answer came; aware, UTC."""
    body: bytes
    """The body as it came, with content encoding (gzip, br) undone."""
    requested_url: str | None = None
    """Address that was asked for, on the portal's own origin; None when it is `url`."""
    origin: str | None = None
    """Scheme and host that answered when it was not the portal's own (a mirror, a staging host, a test server)."""
    status: int = 200
    """HTTP status."""
    headers: tuple[tuple[str, str], ...] = ()
    """Response headers in order, names as sent."""
    crawl: str | None = None
    """Id of the crawl that fetched it."""
    robots: str = "unchecked"
    """What allowed it: `allowed` (the rules of robots.txt), `allowed: no robots.txt (404)` and the like where there are none,
    `unchecked`, or `unchecked: imported from FILE`."""
    rest: tuple["Page", ...] = ()
    """The further pages of an article that the portal prints on several, in order."""

    @property
    def sha256(self) -> str:
        """SHA-256 of `body`, hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """The first response header of that name, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed:
    """A line that was on the page and is not the story."""

    rule: str
    """Id of the row in `pipelines/boilerplate.py`, or of the byline rule, that took it off."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What `press` read from a page. Absent values are None or an empty tuple, never ""."""

    url: str
    """The story's address without tracking parameters: its identity."""
    portal: str
    captured_at: datetime
    """When the page was fetched; aware, UTC."""
    page_sha256: str
    """SHA-256 of the page (its first one) that it was made of: the proof in pages.db."""
    refusal: str | None = None
    """Why this page is no article, in a few words; None when it is one."""
    title: str | None = None
    """The headline, without the site's name."""
    body: str = ""
    """The story's paragraphs, separated by one blank line; lines within a paragraph (verse, lists) by one line break."""
    published: Stamp | None = None
    modified: Stamp | None = None
    authors: tuple[str, ...] = ()
    """Names or initials as printed."""
    editors: tuple[str, ...] = ()
    byline: str | None = None
    """The closing initials as printed, `mam` or `mam/cah`, when the story ends with them."""
    place: str | None = None
    """Place of the dateline, taken off the text."""
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    """Address of the lead image."""
    image_caption: str | None = None
    image_credit: str | None = None
    credited_source: str | None = None
    """Where the portal says it has the story from ("Sumber: …", Antara, …)."""
    canonical_url: str | None = None
    """What the page itself calls its address."""
    labels: tuple[str, ...] = ()
    """`advertorial`, …: what the portal marks the story as."""
    pages: int = 1
    """How many pages it was made of."""
    next_page: str | None = None
    """Address of a further page of the story that it was not made of."""
    sources: tuple[tuple[str, str], ...] = ()
    """(field, where it came from): `rule`, `json-ld`, `meta`, `visible`, `url`, `text` or `generic`."""
    found_by: tuple[tuple[str, str], ...] = ()
    """(field, what found it there): a selector of the rules, a key of JSON-LD, the name of a meta element, a row of a table of the text."""
    rules_version: str | None = None
    """Which rules read it, see `pipelines/version.py`: 12 hexadecimal digits."""
    removed: tuple[Removed, ...] = ()
    """Every line taken off, in the order of the page."""
    flags: tuple[str, ...] = ()
    """What is suspicious about it, by the ids of `pipelines/check.py`."""

    @property
    def id(self) -> str:
        """The article's stable id: the same for the same portal and address in every archive."""
        return article_id(self.portal, self.url)

    @property
    def body_sha256(self) -> str:
        """SHA-256 of `body` in UTF-8, hexadecimal."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what readers were told: a different one makes a new revision."""
        date = self.published.iso if self.published else None
        return fingerprint(self.title, self.body, date, self.authors, self.editors, self.credited_source, self.labels)


def fingerprint(*told: str | Sequence[str] | None) -> str:
    """SHA-256 over title, body, date, authors, editors, credited source and labels."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def article_id(portal: str, url: str) -> str:
    """The stable id of the article at `url` of `portal`: 16 hexadecimal digits."""
    return hashlib.sha256(f"{portal}\n{url}".encode()).hexdigest()[:16]
