"""Pages as portals print them, of any number: a family's markup around an invented story, a theme, and what is each page's own.

A theme (menus, styles, scripts) is a portal's, and the same on all its pages until it is redesigned. The story, the headlines beside it,
their addresses and pictures, ids and tokens are a page's own: of 60 KiB they are so much that two pages of a portal have no more in common
than two real ones that were fetched months apart. Of those, with 49 KiB each, zstd 3 makes 12.1 KB, and 6.8 KB where it knows the other.
"""

import random
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import zip_longest

from archive.records import Page
from bench.corpus import WEIGHTS, WORDS
from sample import printed
from sample.blogger import KebumenEkspres
from sample.disway import HarianSerayu
from sample.portal import Portal, Resource
from sample.promedia import RadarSerayu
from sample.stories import Block, Story
from sample.tribun import TribunSerayu
from sample.wordpress import RakyatBengkulu

FAMILIES: dict[str, type[Portal]] = {
    "WordPress": RakyatBengkulu,
    "Blogger": KebumenEkspres,
    "Disway": HarianSerayu,
    "Promedia": RadarSerayu,
    "Tribun": TribunSerayu,
}
START = datetime(2026, 1, 1, 6, tzinfo=UTC)
HEADERS = (
    ("Date", "Thu, 01 Jan 2026 06:00:00 GMT"),
    ("Content-Type", "text/html; charset=UTF-8"),
    ("Content-Encoding", "gzip"),
    ("Transfer-Encoding", "chunked"),
    ("Vary", "Accept-Encoding, Cookie"),
    ("Cache-Control", "max-age=600, public"),
    ("Server", "cloudflare"),
    ("Cf-Cache-Status", "DYNAMIC"),
    ("X-Content-Type-Options", "nosniff"),
    ("Strict-Transport-Security", "max-age=15552000; includeSubDomains; preload"),
)
PARAGRAPHS, LENGTH = 10, 36
"""Paragraphs of a story, and words of each: 2.5 KB, of which zstd makes half, as of real stories."""
NAMED = 0.2
"""How many words of a text are names or numbers, which no vocabulary holds."""
SYLLABLES = (
    "a ba da ga ja ka la ma na pa ra sa ta wa ya bu du gu ju ku lu mu nu pu ru su tu wu yu ban dar gan ling man ton wan ri si ti".split()
)
HEADLINES, TOKENS = 48, 50
"""Beside a story and in the scripts of a page; pages of portals have 20 to 60 headlines."""
ELEMENTS = ("div", "span", "section", "aside", "figure", "nav")


class Furnished:
    """A portal of a family with so many pages, no two of them alike."""

    def __init__(self, family: str, pages: int, *, size: int, redesigned: int | None = None) -> None:
        """`size`: bytes of a page; `redesigned`: the number of the page from which on another theme holds."""
        self.name = FAMILIES[family].name
        self._family, self._pages, self._size, self._redesigned = family, pages, size, redesigned

    def page(self, number: int) -> Page:
        """The page of that number."""
        portal, chance = self._portal, random.Random(f"{self.name} page {number}")  # noqa: S311 - the same pages every time
        story = portal.stories[-1 - number]
        answer = portal.resource(portal.path(story), {})
        assert isinstance(answer, Resource)
        own = [_headline(chance) for _ in range(HEADLINES)] + [_token(chance) for _ in range(TOKENS)]
        theme = self._themes[self._redesigned is not None and number >= self._redesigned]
        head, body, rest = answer.body.partition(b"</body>")
        own_size = sum(map(len, own)) + len(head) + len(body) + len(rest)
        furniture = _mixed(_cut(theme, self._size - own_size), own)
        return Page(
            url=portal.url(story),
            portal=self.name,
            fetched_at=START + timedelta(seconds=4 * number),
            body=head + furniture.encode() + body + rest,
            headers=(*HEADERS, ("Etag", f'"{chance.randbytes(16).hex()}"'), ("Cf-Ray", f"{chance.randbytes(8).hex()}-SIN")),
            crawl=f"{START:%Y%m%dT%H%M%S}-{self.name}",
            robots="allowed",
        )

    @cached_property
    def _portal(self) -> Portal:
        return FAMILIES[self._family](_story(self.name, number) for number in range(self._pages))

    @cached_property
    def _themes(self) -> tuple[list[str], list[str]]:
        """The theme, and the one that follows it."""
        first, second = (_theme(random.Random(f"{self.name} theme {number}"), self._size) for number in range(2))  # noqa: S311
        return first, second


def _story(portal: str, number: int) -> Story:
    chance = random.Random(f"{portal} story {number}")  # noqa: S311
    title, published = _text(chance, 9).title(), START - timedelta(days=300) + timedelta(minutes=37 * number)
    paragraphs = tuple(Block("paragraph", (f"{_text(chance, LENGTH).capitalize()}.",)) for _ in range(PARAGRAPHS))
    slug = f"{printed.slug(title)}-{number}"
    published = published.astimezone(printed.WIB)
    return Story(
        slug=slug, title=title, published=published, modified=published, pages=(paragraphs,), tags=(_text(chance, 1), _name(chance))
    )


def _text(chance: random.Random, length: int) -> str:
    words = chance.choices(WORDS, cum_weights=WEIGHTS, k=length)
    return " ".join(word if chance.random() > NAMED else _name(chance) for word in words)


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).title() if chance.random() > 0.2 else str(chance.randrange(10_000))


def _headline(chance: random.Random) -> str:
    """A headline beside the story: where it leads, its picture, its moment."""
    title, number = _text(chance, 8).title(), chance.randrange(10**6)
    day = f"2025/{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}"
    return (
        f'<article class="latest__item"><a href="/{day}/{printed.slug(title)}-{number}/" class="latest__link" title="{title}">'
        f'<img class="latest__photo" src="/crops/{chance.randbytes(4).hex()}/120x80/photo/{day}/{chance.randrange(10**9)}.jpg" '
        f'alt="{title}" loading="lazy"></a><h3 class="latest__title">{title}</h3><time class="latest__date">'
        f"{chance.randrange(1, 24)} jam lalu, {chance.randrange(24):02}:{chance.randrange(60):02} WIB</time></article>\n"
    )


def _token(chance: random.Random) -> str:
    """An id, a nonce and a place for an advertisement, as scripts have them."""
    slot = chance.randrange(10**9)
    return f'<script nonce="{chance.randbytes(9).hex()}">slot("ad-{slot}", {{pos: {chance.randrange(1000)}, id: {slot}}});</script>\n'


def _theme(chance: random.Random, size: int) -> list[str]:
    """The lines of a theme, more than `size` bytes of them: a third menus, a third styles, a third scripts."""
    kinds, lines = (_menu, _style, _script, _markup), []
    while size > 0:
        lines.append(chance.choices(kinds, weights=(2, 2, 1, 3))[0](chance))
        size -= len(lines[-1])
    return lines


def _menu(chance: random.Random) -> str:
    section = _text(chance, 2)
    item = chance.randrange(10**4)
    return (
        f'<li id="menu-item-{item}" class="menu-item menu-item-type-taxonomy menu-item-object-category menu-item-{item}">'
        f'<a href="/category/{printed.slug(section)}/" itemprop="url"><span itemprop="name">{section.title()}</span></a></li>\n'
    )


def _style(chance: random.Random) -> str:
    name, color = _name(chance).lower(), chance.randbytes(3).hex()
    return (
        f"<style>.{name}-{chance.choice(ELEMENTS)} {{ display: block; margin: {chance.randrange(40)}px {chance.randrange(40)}px 0; "
        f"color: #{color}; font: {chance.randrange(10, 30)}px/1.{chance.randrange(9)} Arial, sans-serif }}</style>\n"
    )


def _script(chance: random.Random) -> str:
    name, other = _name(chance), _name(chance)
    return (
        f"<script>(function(w,d){{var {name}=w.{other}||[];{name}.push(['_set','{chance.randbytes(4).hex()}']);"
        f"d.getElementById('{other.lower()}-{chance.randrange(99)}').addEventListener('load',function(){{w.{name}={name};}});}})(window,document);</script>\n"
    )


def _markup(chance: random.Random) -> str:
    element, name, other = chance.choice(ELEMENTS), _name(chance).lower(), _name(chance).lower()
    return (
        f'<{element} id="{name}" class="{name} {chance.choice(ELEMENTS)}__{other} col-md-{chance.randrange(1, 13)} clearfix">'
        f'<div class="{name}__inner"><p>{_text(chance, 5)}</p></div></{element}>\n'
    )


def _cut(lines: list[str], size: int) -> list[str]:
    """As many of the lines as fit into so many bytes."""
    taken = []
    for line in lines:
        size -= len(line)
        if size < 0:
            break
        taken.append(line)
    return taken


def _mixed(theme: list[str], own: list[str]) -> str:
    """The lines of the theme with those of the page spread among them."""
    run = max(1, len(theme) // (len(own) + 1))
    runs = ["".join(theme[start : start + run]) for start in range(0, len(theme), run)]
    return "".join(part for pair in zip_longest(runs, own, fillvalue="") for part in pair)
