"""Which addresses a crawl may ask.

Each is checked twice: as it is written, here, before anything is done with it; and as it is resolved (`spiders/connections.py`),
because a name may lead anywhere, and elsewhere at the second look.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest

NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 networks without IPv4 reach IPv4 hosts by these addresses."""

Door = tuple[str, int]
"""A host as it is written in an address, and a port."""

REFUSED: set[str] = set()
"""Names of which the resolver refused an address."""

DOORS: WeakKeyDictionary[Crawler, Door] = WeakKeyDictionary()
"""The doors into private networks that running crawls were given as their homes. The resolver is one for all crawls of a process."""


class ForbiddenAddressError(IgnoreRequest):
    """A request that is no web page's, or that leads into a private network."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet, and so is the IPv4 address that an IPv6 address may carry.

    >>> is_public(ip_address("93.184.216.34")), is_public(ip_address("::ffff:127.0.0.1")), is_public(ip_address("169.254.169.254"))
    (True, False, False)
    """
    if isinstance(address, IPv6Address):
        if address in NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if carried:
            return is_public(carried)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local)


def written_address(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a host is written as, in any form that the system's resolver reads; None for a name.

    >>> written_address("2130706433"), written_address("0x7f.1"), written_address("contoh.id")
    (IPv4Address('127.0.0.1'), IPv4Address('127.0.0.1'), None)
    """
    bare = host.strip("[]").rstrip(".")
    try:
        return ip_address(bare)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(bare))
    except (OSError, ValueError):
        return None


def is_private(host: str) -> bool:
    """Whether a host, as it is written, lies on this machine or in a private network."""
    address = written_address(host)
    if address is not None:
        return not is_public(address)
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


def door_of(url: str) -> Door:
    """The host and port that an address asks."""
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)


class AddressMiddleware:
    """Refuses what is no web address or leads into a private network, unless it is exactly the host and port of the crawl's home."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.opened, signals.spider_opened)
        crawler.signals.connect(middleware.closed, signals.spider_closed)
        return middleware

    def opened(self, spider: Any) -> None:
        """A home in a private network was asked for by whoever runs the crawl, so its door is open, to this crawl."""
        site = getattr(spider, "site", None)
        door = door_of(site.mirror or site.home) if site else None
        if door and is_private(door[0]):
            DOORS[self.crawler] = door

    def closed(self) -> None:
        """The door is shut with the crawl."""
        DOORS.pop(self.crawler, None)

    async def process_request(self, request: Request) -> None:
        scheme, door = urlsplit(request.url).scheme, door_of(request.url)
        if scheme not in ("http", "https"):
            raise ForbiddenAddressError(f"no web address: {scheme}")
        if is_private(door[0]) and door != DOORS.get(self.crawler):
            raise ForbiddenAddressError(f"leads into a private network: {door[0]}")

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Say of a host whose every address was refused why it seems unknown."""
        host = door_of(request.url)[0]
        if isinstance(exception, CannotResolveHostError) and host in REFUSED:
            raise ForbiddenAddressError(f"leads into a private network: {host}") from exception
