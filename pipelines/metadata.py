"""What a page says about itself to machines: JSON-LD, meta elements and the data of scripts."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element as Element

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
ORGANISATIONS = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "WebSite"})
DEEPEST = 6
"""Levels of nesting in JSON-LD that are followed."""
LONGEST_SCRIPT = 20_000
"""Characters of a script in which such data are looked for."""
PAIR = re.compile(r"""["']?(?P<key>[A-Za-z_]{4,30})["']?\s{0,3}[:=]\s{0,3}(?P<quote>["'])(?P<value>[^"'\\\n]{1,200})(?P=quote)""")
WRAPPED = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|^\s*<!--|(?://\s*)?\]\]>\s*$|-->\s*$|;\s*$")
"""What old templates put around a script's text to hide it from older browsers."""


def json_ld(tree: Element) -> dict[str, Any]:
    """The first story that the page's JSON-LD describes, or {}."""
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(WRAPPED.sub("", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        nodes = list(_nodes(data, DEEPEST))
        for node in nodes:
            if not STORIES.isdisjoint(_kinds(node)):
                return _linked(node, nodes)
    return {}


def _kinds(node: dict[str, Any]) -> list[str]:
    return [kind.rpartition("/")[2] for kind in strings(node.get("@type"))]


def _linked(story: dict[str, Any], nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """A story with the things it names by `@id` in their places, as Yoast writes its graph."""
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}

    def thing(value: Any) -> Any:
        return by_id.get(value["@id"], value) if isinstance(value, dict) and isinstance(value.get("@id"), str) else value

    return {key: [thing(each) for each in value] if isinstance(value, list) else thing(value) for key, value in story.items()}


def people_named(value: Any) -> list[str]:
    """The names of persons in a JSON-LD value; organisations are the portal, or another."""
    each = value if isinstance(value, list) else [value]
    return [name for one in each if not (isinstance(one, dict) and ORGANISATIONS.intersection(_kinds(one))) for name in strings(one)]


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


def script_data(tree: Element) -> dict[str, list[str]]:
    """What scripts hand to the page's counters, by key in lower case: `dataLayer.push({"penulis": "…", "published_date": "…"})`."""
    found: dict[str, list[str]] = {}
    for script in tree.iter("script"):
        text = script.text or ""
        if "dataLayer" in text or "_sf_async_config" in text:
            for pair in PAIR.finditer(text[:LONGEST_SCRIPT]):
                if value := tidy(html.unescape(pair["value"])):
                    found.setdefault(pair["key"].lower(), []).append(value)
    return found


def meta(tree: Element) -> dict[str, list[str]]:
    """The contents of the page's meta elements by name, property or itemprop, in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = tidy(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found
