"""The headline of a page: the heading that readers saw, confirmed by what the page tells machines of its title."""

import re
from collections.abc import Iterable

from lxml.etree import _Element as Element

from pipelines.markup import elements_at, text_of
from pipelines.site_names import names_site

HEADINGS = elements_at(
    "//h1 | //h2 | //h3 | //*[@itemprop='headline']"
    " | //*[contains(@class, 'title') or contains(@class, 'judul') or contains(@class, 'headline')"
    " or contains(@id, 'title') or contains(@id, 'judul')][not(self::script or self::style or self::a or self::ul or self::body)]"
)
LONGEST = 300
"""Characters of the longest headline."""
LONGEST_TITLE = 2 * LONGEST
"""Characters of the longest title in which the site's name is looked for."""
MOST_HEADINGS = 150
SHORTEST = 12
"""Characters of the shortest text that can confirm a heading by being part of it."""
BEFORE_SITE = re.compile(r"\s+(?:-|\||–|—|::?|»|•|~|/)\s+|\s*\|\s*|:\s+")
"""What stands between the headline and the site's name or section."""
APART_BEFORE = re.compile(r"(?:.*[-|:»•~/>]\s*)?")
APART_BEHIND = re.compile(r"(?:\s*[-|:»•~/<].*)?")
BROKEN_OFF = 30
"""Characters of the shortest title that counts where it breaks off."""
WORDS = re.compile(r"\w+")
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-", "…": " "})


def confirmed(tree: Element, told: Iterable[str], names: frozenset[str]) -> str | None:
    """The heading whose words the page also gives as its title (`told`: JSON-LD, `og:title`, `<title>`, the surest first), or None.

    What stands around it in those, the site's name or the section, is none of it.
    """
    told_by_page = headings(tree)
    for title in told:
        plain = folded(title)
        if len(plain) < SHORTEST and len(told_by_page) > 1:
            continue
        told_by = [heading for heading in told_by_page if _told_by(folded(heading), plain) and folded(heading) not in names]
        if told_by:
            return max(told_by, key=lambda heading: len(folded(heading)))
        # `og:title` is cut to fit.
        if plain != title.casefold() and title.rstrip().endswith(("...", "…")) and len(plain) >= BROKEN_OFF:
            begun = [heading for heading in told_by_page if folded(heading).startswith(plain)]
            if begun:
                return min(begun, key=len)
    return None


def printed(tree: Element, names: frozenset[str]) -> list[str]:
    """The texts of the page's `<h1>`s that are not the site's own name."""
    texts = (text_of(element) for element in tree.iter("h1"))
    return [text for text in texts if text and len(text) <= LONGEST and not names_site(text, names)]


def without_site(title: str, names: frozenset[str]) -> str:
    """A title without the site's name behind or before it: `… - Rakyat Bengkulu`, `KabarKita.com: …`."""
    for mark in BEFORE_SITE.finditer(title) if len(title) <= LONGEST_TITLE else ():
        if names_site(title[mark.end() :], names):
            return title[: mark.start()]
        if names_site(title[: mark.start()], names) and len(title) - mark.end() >= SHORTEST:
            return title[mark.end() :]
    return title


def folded(text: str) -> str:
    """A title for comparison: quotation marks, dashes and case alike."""
    return " ".join(text.translate(QUOTES).casefold().split()).strip(" .")


def headings(tree: Element) -> list[str]:
    """The texts of all that is set as a heading or called one, each once."""
    found = [text_of(element) for element in HEADINGS(tree)[:MOST_HEADINGS] if len(element) < 8]
    return [text for text in dict.fromkeys(found) if text and len(text) <= LONGEST]


def _told_by(heading: str, title: str) -> bool:
    """Whether a title is a heading, alone or set apart from what stands around it, or breaks off within it."""
    if heading == title or WORDS.findall(heading) == WORDS.findall(title):
        return True
    if len(heading) >= SHORTEST and heading in title:
        before, _, behind = title.partition(heading)
        return bool(APART_BEFORE.fullmatch(before) and APART_BEHIND.fullmatch(behind))
    return False
