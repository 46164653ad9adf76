"""A crawl of a single address: what is asked, and how, is as in any crawl of its portal; nothing else is looked for."""

from collections.abc import AsyncIterator

from scrapy import Request

from archive.ledger import Announcement
from pipelines.addresses import first_page
from spiders.base import PortalSpider


def single(portal: type[PortalSpider], url: str) -> type[PortalSpider]:
    """The portal's spider, which asks for this address only, with the further pages of its article."""

    class Single(portal):  # type: ignore[valid-type, misc]
        family = portal.family

        async def start(self) -> AsyncIterator[Request]:
            announced = Announcement(url=first_page(self.site.official(url)))
            for request in self.article_requests(self.ledger.announce([announced], portal=self.name, through="request", at=self.now())):
                yield request

    return Single
