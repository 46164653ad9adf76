"""What the CSS selectors of rules find on a page.

A family has selectors for many themes, and they are asked of every page. Most begin with the name of a class or an id, so each page is
looked through once for its names; a selector whose names the page does not have finds nothing, and the others start where their first
name stands. cssselect does the rest.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import NamedTuple, cast

from cssselect import HTMLTranslator
from lxml import etree
from lxml.etree import _Element as Element

from pipelines.found import RULE, Found, found
from pipelines.markup import text_of, tidy
from pipelines.rules import Rules, Selectors

NAMED = re.compile(r"[.#][\w-]+")
UNNAMED = re.compile(r":not\([^)]*\)|\[[^\]]*\]")
"""Parts of a selector whose names need not stand on the page, or are no names."""
PLAIN = re.compile(r":\w[\w-]*\([^)]*\)|(?<=[\w-])[*^$~|]?=[^\]]*")
"""Parts of a selector that say nothing of which names stand on the page: what is not, or may be, and the values of attributes."""
HEAD = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?(?P<names>(?:[.#][\w-]+)+)(?:(?P<child>\s*>\s*)(?P<below>[^\s>+~,].*)|\s+(?P<within>[^\s>+~,].*))?"
)
"""A selector that starts with an element known by names alone, and goes on within it or not at all."""
SPELLED = re.compile(
    rb"&#(?:x0*(?:2d|3\d|[46][1-9a-f]|[57][\da]|5f|4f|6f)|0*(?:45|4[89]|5[0-7]|6[5-9]|[78]\d|9[05789]|1[01]\d|12[0-2]))(?![0-9a-f])",
    re.IGNORECASE,
)
"""A letter, digit or hyphen that is spelled as a number, as in `class="page&#45;links"`."""
NAMES: set[str] = set()
"""The `.class` and `#id` names of all selectors that were compiled."""

Find = Callable[[Element], list[Element]]


@dataclass(frozen=True, slots=True)
class _Selector:
    names: tuple[str, ...]
    """`.class` and `#id` names that stand on every page on which it finds anything."""
    attribute: str | None
    find: Find
    """The whole selector, asked of an element and all within it."""
    tag: str | None = None
    head: tuple[str, ...] = ()
    """The names of its first element, where it starts with one that is known by names alone."""
    rest: Find | None = None
    """What follows behind that, asked of it."""


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> _Selector:
    css, _, attribute = selector.partition("@")
    names = tuple(NAMED.findall(UNNAMED.sub("", css)))
    NAMES.update(NAMED.findall(css))
    head = HEAD.fullmatch(css) if "," not in css else None
    if head is None:
        return _Selector(names, attribute or None, _found_by(css))
    rest = _found_by(head["below"], "child::") if head["child"] else _found_by(head["within"], "descendant::") if head["within"] else None
    return _Selector(names, attribute or None, _found_by(css), head["tag"], tuple(NAMED.findall(head["names"])), rest)


def _found_by(css: str, prefix: str = "descendant-or-self::") -> Find:
    # A CSS selector finds elements; the stubs know only that an XPath may find anything.
    return cast("Find", etree.XPath(HTMLTranslator().css_to_xpath(css, prefix)))


@lru_cache(maxsize=1024)
def _words(selector: str) -> tuple[bytes, ...]:
    """What stands among the bytes of every page on which a selector finds anything, in lower case."""
    named = PLAIN.sub("", selector.partition("@")[0])
    if "," in named:
        return ()  # one of several is enough
    return tuple(word.encode() for word in re.findall(r"[.#\[]([a-z][\w-]+)", named.lower()) if word.isascii())


def may_find(raw: bytes, selectors: Selectors) -> bool:
    """Whether selectors may find anything on a page of these bytes, which need not be parsed where they cannot.

    What is certain is only the no: a name that stands nowhere among the bytes is no element's, but where letters are spelled otherwise.
    """
    lower = raw.lower()  # HTML tells no case of the names of attributes
    if any(all(word in lower for word in _words(selector)) for selector in selectors):
        return True
    # In UTF-16 every other byte is zero.
    return b"\0" in raw or SPELLED.search(raw) is not None


def elements(tree: Element, selectors: Selectors) -> Iterator[Element]:
    """What the selectors find within an element, first selector first; attributes after `@` are ignored."""
    for selector in selectors:
        yield from _compiled(selector).find(tree)


class _Names(NamedTuple):
    """What is found in one walk through a page."""

    by_name: dict[str, list[Element]]
    """The elements of each `.class` and `#id` that selectors ask for, in the order of the page."""
    spelled: frozenset[str]
    """Every distinct `class` attribute, as it is spelled."""
    marked: list[Element]
    """Elements with `itemprop` or `property`, in the order of the page."""


@lru_cache(maxsize=1024)
def _learn(rules: Rules) -> None:
    """Compile all selectors of rules, so that their names are known before a page is walked through."""
    for asked in fields(rules):
        value = getattr(rules, asked.name)
        for selector in value if asked.type is Selectors else ():
            _compiled(selector)


def _walk(root: Element) -> _Names:
    found: dict[str, list[Element]] = defaultdict(list)
    spelled: dict[str, tuple[str, ...]] = {}
    marked: list[Element] = []
    for element in root.iter("*"):
        if told := element.get("class"):
            names = spelled.get(told)
            if names is None:
                names = spelled[told] = tuple(dict.fromkeys(name for each in told.split() if (name := f".{each}") in NAMES))
            for name in names:
                found[name].append(element)
        if (identifier := element.get("id")) and (name := f"#{identifier}") in NAMES:
            found[name].append(element)
        if element.get("itemprop") or element.get("property"):
            marked.append(element)
    return _Names(dict(found), frozenset(spelled), marked)


class Tree:
    """A parsed page, and what selectors find on it."""

    def __init__(self, root: Element, rules: Rules = Rules()) -> None:
        """`rules` are those whose selectors will be asked; others cost one more walk when they are asked first."""
        self.root = root
        self._names: _Names | None = None
        self._known = 0
        _learn(rules)

    @property
    def names(self) -> _Names:
        """The names of the page."""
        if self._names is None or self._known != len(NAMES):
            self._names, self._known = _walk(self.root), len(NAMES)
        return self._names

    def elements(self, selectors: Selectors) -> Iterator[Element]:
        """What the selectors find, first selector first; attributes after `@` are ignored."""
        for selector in selectors:
            wanted, by_name = _compiled(selector), self.names.by_name
            if all(name in by_name for name in wanted.names):
                yield from self._started(wanted) if wanted.head else wanted.find(self.root)

    def _started(self, wanted: _Selector) -> Iterable[Element]:
        first, *others = (self.names.by_name[name] for name in wanted.head)
        heads = [each for each in first if (not wanted.tag or each.tag == wanted.tag) and all(each in other for other in others)]
        return heads if wanted.rest is None else dict.fromkeys(each for head in heads for each in wanted.rest(head))

    def values(self, selector: str) -> list[str]:
        """The texts (or attributes) that a selector finds."""
        attribute = _compiled(selector).attribute
        texts = (tidy(element.get(attribute) or "" if attribute else text_of(element)) for element in self.elements((selector,)))
        return [text for text in texts if text]

    def found(self, selectors: Selectors) -> list[Found]:
        """What the first selector with any texts (or attributes) finds."""
        return next((found(texts, RULE, selector) for selector in selectors if (texts := self.values(selector))), [])
