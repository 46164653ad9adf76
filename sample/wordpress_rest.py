"""The REST interface of the sample's WordPress portal: `/wp-json/wp/v2/posts`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import escape

from sample import printed
from sample.portal import JSON, Query, Resource
from sample.stories import Story

if TYPE_CHECKING:
    from sample.wordpress import RakyatBengkulu

PATH = "/wp-json/wp/v2/posts"

_ORDERS: Mapping[str, Callable[[Story], object]] = {
    "date": lambda story: story.published,
    "modified": lambda story: story.modified,
    "id": lambda story: story.number,
    "title": lambda story: story.title,
    "slug": lambda story: story.slug,
}
_BOUNDS: Mapping[str, Callable[[Story, datetime], bool]] = {
    "after": lambda story, bound: story.published > bound,
    "before": lambda story, bound: story.published < bound,
    "modified_after": lambda story, bound: story.modified > bound,
    "modified_before": lambda story, bound: story.modified < bound,
}


class _ParameterError(ValueError):
    """A parameter that WordPress refuses, and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


def index(portal: RakyatBengkulu) -> Resource:
    """The answer at `/wp-json/`, which pages link to: the site's name and its interfaces."""
    document = {"name": portal.title, "url": portal.origin, "gmt_offset": 7, "timezone_string": "Asia/Jakarta", "namespaces": ["wp/v2"]}
    return Resource(body=json.dumps(document).encode(), content_type=JSON, modified=portal.changed)


def posts(portal: RakyatBengkulu, query: Query) -> Resource:
    """One page of posts as JSON with WordPress's headers, or the JSON error that WordPress answers with."""
    try:
        page = _number(query, "page", 1, None)
        size = _number(query, "per_page", 10, 100)
        stories = _selected(portal, query)
    except _ParameterError as refused:
        message = f"Invalid parameter(s): {refused.name}"
        return _error("rest_invalid_param", message, {"status": 400, "params": {refused.name: refused.reason}})
    pages = -(-len(stories) // size)
    if page > max(pages, 1):
        message = "The page number requested is larger than the number of pages available."
        return _error("rest_post_invalid_page_number", message, {"status": 400})
    fields = [name.strip() for name in query.get("_fields", "").split(",") if name.strip()]
    shown = [_chosen(_post(portal, story), fields) for story in stories[(page - 1) * size : page * size]]
    links = [
        f'<{portal.origin}{PATH}?{urlencode({**query, "page": other})}>; rel="{rel}"'
        for rel, other in (("prev", page - 1), ("next", page + 1))
        if 0 < other <= pages
    ]
    headers = {"X-WP-Total": str(len(stories)), "X-WP-TotalPages": str(pages), **({"Link": ", ".join(links)} if links else {})}
    return Resource(body=json.dumps(shown).encode(), content_type=JSON, modified=portal.changed, headers=headers)


def _number(query: Query, name: str, default: int, most: int | None) -> int:
    value = query.get(name, str(default))
    if not value.isdecimal() or int(value) < 1 or (most is not None and int(value) > most):
        span = "greater than or equal to 1" if most is None else f"between 1 (inclusive) and {most} (inclusive)"
        raise _ParameterError(name, f"{name} must be {span}")
    return int(value)


def _selected(portal: RakyatBengkulu, query: Query) -> list[Story]:
    stories = portal.stories
    for name, within in _BOUNDS.items():
        if name in query:
            bound = _moment(name, query[name])
            stories = [story for story in stories if within(story, bound)]
    order = query.get("orderby", "date")
    if order not in _ORDERS:
        raise _ParameterError("orderby", f"orderby is not one of {', '.join(_ORDERS)}.")
    if query.get("order", "desc") not in ("asc", "desc"):
        raise _ParameterError("order", "order is not one of asc and desc.")
    key = _ORDERS[order]
    return sorted(stories, key=lambda story: (key(story), story.slug), reverse=query.get("order", "desc") == "desc")


def _moment(name: str, value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise _ParameterError(name, "Invalid date.") from None
    # WordPress takes a time without offset for the site's own.
    return moment if moment.tzinfo else moment.replace(tzinfo=printed.WIB)


def _chosen(post: dict[str, object], fields: list[str]) -> dict[str, object]:
    """The post with only the fields asked for, `title.rendered` for one of the inner ones; all of them where none is."""
    if not fields:
        return post
    chosen: dict[str, object] = {}
    for name in fields:
        outer, _, inner = name.partition(".")
        value = post.get(outer)
        if inner and isinstance(value, dict):
            kept = chosen.setdefault(outer, {})
            if inner in value and isinstance(kept, dict):
                kept[inner] = value[inner]
        elif outer in post:
            chosen[outer] = value
    return chosen


def _post(portal: RakyatBengkulu, story: Story) -> dict[str, object]:
    return {
        "id": story.number,
        "date": _local(story.published),
        "date_gmt": _gmt(story.published),
        "guid": {"rendered": f"{portal.origin}/?p={story.number}"},
        "modified": _local(story.modified),
        "modified_gmt": _gmt(story.modified),
        "slug": story.slug,
        "status": "publish",
        "type": "post",
        "link": portal.url(story),
        "title": {"rendered": str(escape(story.title))},
        "content": {"rendered": portal.content(story), "protected": False},
        "excerpt": {"rendered": f"<p>{escape(story.summary)}</p>\n", "protected": False},
        "author": 1,
        "comment_status": "closed",
        "sticky": False,
        "format": "standard",
    }


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(printed.WIB):%Y-%m-%dT%H:%M:%S}"


def _gmt(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def _error(code: str, message: str, data: dict[str, object]) -> Resource:
    body = json.dumps({"code": code, "message": message, "data": data})
    return Resource(body=body.encode(), content_type=JSON, status=400)
