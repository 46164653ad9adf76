"""What a reader types, as an expression of the full-text index.

Words are all wanted, in any order; `"words in quotes"` are a phrase; `kata*` is a beginning; `OR`, `NOT` (or `-kata`) and
round brackets combine. Everything else is text, so `covid-19`, `jum'at` and `S.IP` are words and not syntax.
"""

import re
from itertools import accumulate

from archive.errors import ArchiveError

TOKEN = re.compile(r'(?P<phrase>-?"[^"]*")|(?P<bracket>-?\(|\))|(?P<word>[^\s()"]+)|(?P<stray>")')
OPERATORS = frozenset({"AND", "OR", "NOT"})
# SQLite reads an expression as a string of C and as UTF-8: no NUL, no half of a surrogate pair.
UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")
# FTS5's parser has a stack of 100; each level takes up to nine of it.
DEEPEST = 10


def expression(query: str) -> str:
    """The FTS5 expression of a query; ArchiveError says what is wrong with one that is broken."""
    tokens = _tokens(query)
    if max(accumulate((token == "(") - (token == ")") for token in tokens), default=0) > DEEPEST:
        raise _broken(query, f"its brackets stand more than {DEEPEST} deep in one another")
    if not tokens:
        raise _broken(query, "it has no word to look for")
    built, rest = _any(tokens, query)
    if rest:
        raise _broken(query, "a bracket closes that was never opened")
    return built


def _tokens(query: str) -> list[str]:
    tokens = []
    for match in TOKEN.finditer(UNSPEAKABLE.sub(" ", query)):
        if match["stray"]:
            raise _broken(query, "a quotation mark has no partner")
        text = match[0]
        if text in OPERATORS:
            tokens.append(text)
        elif match["bracket"] or re.search(r"[^\W_]", text):
            # A minus excludes; a hyphen inside a word is part of it.
            tokens.extend(["NOT", text[1:]] if text.startswith("-") else [text])
    return tokens


def _any(tokens: list[str], query: str) -> tuple[str, list[str]]:
    """One side of OR after the other."""
    built, tokens = _all(tokens, query)
    while tokens and tokens[0] == "OR":
        further, tokens = _all(tokens[1:], query)
        built = f"{built} OR {further}"
    return built, tokens


def _all(tokens: list[str], query: str) -> tuple[str, list[str]]:
    """Terms that are all wanted, less those after NOT; side by side, because FTS5 takes long queries but not deep ones."""
    first, tokens = _term(tokens, query)
    wanted: list[str] = [first]
    unwanted: list[str] = []
    while tokens and tokens[0] not in ("OR", ")"):
        side = wanted
        if tokens[0] == "AND":
            tokens = tokens[1:]
        if tokens and tokens[0] == "NOT":
            side, tokens = unwanted, tokens[1:]
        further, tokens = _term(tokens, query)
        side.append(further)
    built = " AND ".join(wanted)
    return f"({built}) NOT ({' OR '.join(unwanted)})" if unwanted else built, tokens


def _term(tokens: list[str], query: str) -> tuple[str, list[str]]:
    if not tokens:
        raise _broken(query, "it ends where a word is missing")
    token, rest = tokens[0], tokens[1:]
    if token == "NOT":
        raise _broken(query, "NOT needs a word before it, from whose stories it takes some away")
    if token in OPERATORS or token == ")":
        raise _broken(query, f"{token} stands where a word is missing")
    if token != "(":
        return _text(token), rest
    built, rest = _any(rest, query)
    if not rest:
        raise _broken(query, "a bracket is never closed")
    return f"({built})", rest[1:]


def _text(token: str) -> str:
    star = "*" if token.endswith("*") else ""
    return '"' + token.strip('"*') + '"' + star


def _broken(query: str, why: str) -> ArchiveError:
    return ArchiveError(f"The search {query!r} cannot be understood: {why}.", status=2)
