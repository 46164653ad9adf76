"""Asking a sample portal over HTTP, and what it answers."""

from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from lxml import etree, html

from sample.server import RunningPortal


class Answer(NamedTuple):
    """Status, headers and body."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> html.Element:
        return html.fromstring(self.text)

    @property
    def visible(self) -> str:
        return str(self.page.text_content()).replace("\xa0", " ")

    def loc(self) -> list[str]:
        return [loc.text or "" for loc in etree.fromstring(self.body).iter("{*}loc")]


def ask(portal: RunningPortal, address: str, method: str = "GET", form: dict[str, str] | None = None, **headers: str) -> Answer:
    """The answer of a portal to an official address or a path."""
    url = portal.home + address.removeprefix(portal.origin)
    data = urlencode(form).encode() if form is not None else None
    request = Request(url, data, {name.replace("_", "-"): value for name, value in headers.items()}, method="POST" if form else method)
    try:
        with urlopen(request, timeout=10) as response:
            return Answer(response.status, response.headers, response.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
