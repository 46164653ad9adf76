"""What is connected to, and how much of an answer is read before there is a body: the last look, on Twisted's side."""
# ruff: noqa: N802, N803 (the names are Twisted's)

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IAddress, IHostResolution
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

from spiders.safety import DOORS, REFUSED, is_public


class HeadTooLargeError(Exception):
    """An answer whose header does not end."""


class PublicOnly:
    """Hands on what a name resolves to, without the addresses of private networks."""

    def __init__(self, receiver: Any, name: str) -> None:
        self.receiver = receiver
        self.name = name

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        """Handed on."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        """Handed on where it is public."""
        if is_public(ip_address(address.host)):
            self.receiver.addressResolved(address)
        else:
            REFUSED.add(self.name.lower())

    def resolutionComplete(self) -> None:
        """Handed on; a name without any address left is an unknown host."""
        self.receiver.resolutionComplete()


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's resolver for IPv4 and IPv6, without answers that lead into a private network.

    Twisted asks it for every connection, for hosts that are written as addresses too, and connects to nothing else than its
    answers. They are looked at again when they come from its cache, so no crawl can open a door for another.
    """

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """The resolution, as Twisted wants it."""
        open_door = (hostName.lower(), portNumber) in DOORS.values()
        receiver: Any = resolutionReceiver if open_door else PublicOnly(resolutionReceiver, hostName)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler, which also bounds the header: Twisted bounds its lines and not their number."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)

        class Factory(BoundedFactory):
            largest_head = crawler.settings.getint("DOWNLOAD_HEAD_MAXSIZE")

        # Where Scrapy itself puts a factory of its own.
        self._pool._factory = Factory  # noqa: SLF001


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes protocols that bound the header."""

    largest_head: int

    def buildProtocol(self, addr: IAddress | None) -> "BoundedProtocol":
        """A protocol for one connection."""
        protocol = BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        protocol.largest_head = self.largest_head
        return protocol


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Gives up an answer whose header is larger than `largest_head` bytes."""

    largest_head: int

    def request(self, request: Any) -> Any:
        """The answer to a request, to come."""
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        """Count what comes before the body."""
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > self.largest_head:
                self._giveUp(Failure(HeadTooLargeError()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]
