"""What a page says about itself to machines: JSON-LD and meta elements."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from pipelines.markup import tidy

STORIES = frozenset(
    {
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "Article",
        "BlogPosting",
        "AdvertiserContentArticle",
    }
)
DEEPEST = 6
"""Levels of nesting in JSON-LD that are followed."""
WRAPPED = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|^\s*<!--|(?://\s*)?\]\]>\s*$|-->\s*$|;\s*$")
"""What old templates put around a script's text to hide it from older browsers."""


def json_ld(tree: HtmlElement) -> dict[str, Any]:
    """The first story that the page's JSON-LD describes, or {}."""
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(WRAPPED.sub("", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data, DEEPEST):
            if not STORIES.isdisjoint(kind.rpartition("/")[2] for kind in strings(node.get("@type"))):
                return node
    return {}


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for each in data:
            yield from _nodes(each, depth - 1)
    elif isinstance(data, dict):
        yield data
        for each in data.values():
            if isinstance(each, dict | list):
                yield from _nodes(each, depth - 1)


def strings(value: Any, key: str = "name", depth: int = DEEPEST) -> list[str]:
    """The texts in a JSON-LD value: a string, a thing with `key`, or a list of either."""
    if isinstance(value, str):
        # WordPress plugins write into JSON what they wrote into HTML: `Hukum &amp; Kriminal`.
        return [text] if (text := tidy(html.unescape(value))) else []
    if depth == 0:
        return []
    if isinstance(value, dict):
        return strings(value.get(key), key, depth - 1)
    if isinstance(value, list):
        return [text for each in value for text in strings(each, key, depth - 1)]
    return []


def meta(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the page's meta elements by name, property or itemprop, in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = tidy(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found
