"""What is suspicious about an article, as data: it is kept with the article and counted per portal (`arsip stats --flags`)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from archive.records import Article
from pipelines import language
from pipelines.site_names import names_site

SHORT_BODY = 200
"""Characters under which a story is too short to trust."""
LEFTOVER = re.compile(
    r"(?:^|\n)[\s•*·>|-]{0,4}(?:(?:baca|simak|lihat|tonton)\s+(?:juga|selengkapnya)|bagikan artikel|advertisement|scroll (?:to|untuk)"
    r"|ikuti kami|halaman selanjutnya|artikel ini telah tayang|berita terkait|copyright|editor\s*:|penulis\s*:|reporter\s*:)(?!\w)",
    re.IGNORECASE,
)
DAMAGED = re.compile("\ufffd|Ã[\x80-\xbf]|â€|Â[\xa0-\xbf]")
SENTENCE_END = tuple(".!?…:”\"'’)]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One suspicion: its id, what it means, and the test, which knows the site's names."""

    id: str
    means: str
    suspects: Callable[[Article, frozenset[str]], bool]


def _dated(flag: str) -> Callable[[Article, frozenset[str]], bool]:
    return lambda article, _: bool(article.published and flag in article.published.flags)


CHECKS = (
    Check(id="short-body", means=f"the story has fewer than {SHORT_BODY} characters", suspects=lambda a, _: len(a.body) < SHORT_BODY),
    Check(
        id="title-is-site",
        means="the headline is the site's own name",
        suspects=lambda a, names: names_site(a.title or "", names),
    ),
    Check(id="no-date", means="no date of publication could be read", suspects=lambda a, _: a.published is None),
    Check(id="odd-weekday", means="the printed weekday is not the date's", suspects=_dated("weekday")),
    Check(id="contradicted-date", means="another source of the page names another day", suspects=_dated("contradicted")),
    Check(id="wrong-zone", means="the markup stamps the printed time with another zone", suspects=_dated("zone")),
    Check(
        id="date-by-fallback",
        means="only dateparser could read the date: a form that pipelines/dates.py does not know",
        suspects=_dated("dateparser"),
    ),
    Check(id="more-pages", means="the story goes on on a page that was not joined", suspects=lambda a, _: a.next_page is not None),
    Check(
        id="unfinished",
        means="the story does not end with a sentence",
        suspects=lambda a, _: a.next_page is None and not a.body.endswith(SENTENCE_END),
    ),
    Check(id="leftover", means="a paragraph starts like boilerplate", suspects=lambda a, _: bool(LEFTOVER.search(a.body))),
    Check(
        id="other-language",
        means="the text is neither Indonesian nor in a language of its regions",
        suspects=lambda a, _: not language.is_local(a.body),
    ),
    Check(
        id="damaged",
        means="characters were damaged by a wrong encoding",
        suspects=lambda a, _: bool(DAMAGED.search(f"{a.title}\n{a.body}")),
    ),
)


def flags(article: Article, names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Ids of the checks that an article does not pass, in their order; `names` are the site's own, casefolded."""
    return tuple(check.id for check in CHECKS if check.suspects(article, names))
