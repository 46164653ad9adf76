"""A portal's own addresses, and the host that is really asked for them."""

from typing import Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from pipelines.addresses import host_of, identity


class Site:
    """A portal's site: its official origin and, when a mirror is asked instead, the mirror's.

    Every address that is kept is an official one; every address that is asked for is on the mirror.
    """

    def __init__(self, home: str, mirror: str | None = None) -> None:
        self.home = origin_of(home)
        self._host = host_of(self.home)
        self.mirror = origin_of(mirror) if mirror and origin_of(mirror) != self.home else None

    def includes(self, url: str) -> bool:
        """Whether an address is the site's, with or without www, m or amp, by http or https, or on the mirror."""
        try:
            return host_of(url).removeprefix("m.").removeprefix("amp.") == self._host or (
                self.mirror is not None and origin_of(url) == self.mirror
            )
        except ValueError:
            return False

    def official(self, url: str) -> str:
        """An address on the site's official origin, without what names no story; others come back as they are."""
        url = urljoin(f"{self.home}/", url)
        return identity(_on(self.home, url)) if self.includes(url) else url

    def asked(self, url: str) -> str:
        """The address to ask: on the mirror where there is one."""
        return _on(self.mirror, url) if self.mirror and self.includes(url) else url


def origin_of(url: str) -> str:
    """`scheme://host[:port]` of an address; ValueError where it is no http address."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or (parts.port is not None and not 0 < parts.port < 65536):
        raise ValueError(f"{url!r} is not an address such as https://example.com")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _on(origin: str, url: str) -> str:
    there = urlsplit(origin)
    return urlsplit(url)._replace(scheme=there.scheme, netloc=there.netloc).geturl()


FOLLOWED_ANYWHERE = "followed_anywhere"
"""Meta of a request whose redirects may lead to another site: that for robots.txt, as RFC 9309 says."""


class ElsewhereError(IgnoreRequest):
    """A request that leads to another site."""


class HomeMiddleware:
    """Asks the mirror for every address of the site, also after redirects, and never any other host.

    It stands in for Scrapy's OffsiteMiddleware, which drops a redirect to another site without telling anyone.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> Request | None:
        site: Site | None = getattr(self.crawler.spider, "site", None)
        if site is None:
            return None
        if not site.includes(request.url):
            if request.meta.get(FOLLOWED_ANYWHERE):
                return None
            raise ElsewhereError(f"leads to another site: {request.url}")
        asked = site.asked(request.url)
        return None if asked == request.url else request.replace(url=asked)
