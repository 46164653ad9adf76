"""What listings announce: on which days it may lie, and under which one address it is known. Pure functions."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from archive.ledger import Announcement
from pipelines.addresses import day_named, days_named, first_page, twin
from spiders.site import Site

LONGEST_ADDRESS = 2_048
"""Characters of an address that is announced; what is longer is no story's."""


def own_addresses(
    announcements: Iterable[Announcement], site: Site, *, known: Callable[[Collection[str]], Collection[str]]
) -> list[Announcement]:
    """The announcements of the site's own pages but its front page, each under one address, with the day that its address names.

    With and without a slash at its end, an address is one: the one that `known` tells among those given, else the first.
    """
    told = {
        url: replace(announcement, url=url, day=announcement.day or day_named(url))
        for announcement in announcements
        if len(announcement.url) <= LONGEST_ADDRESS
        and site.includes(announcement.url)
        and (url := first_page(site.official(announcement.url))) != f"{site.home}/"
    }
    already = known([*told, *map(twin, told)])
    own: dict[str, Announcement] = {}
    for url, announcement in told.items():
        other = twin(url)
        name = other if (other in already or other in own) and url not in already else url
        own.setdefault(name, replace(announcement, url=name))
    return list(own.values())


def outside(announcement: Announcement, *, since: str | None, until: str | None, zone: ZoneInfo) -> bool:
    """Whether what is announced lies outside these days, as far as its announcement and its address tell."""
    first, last = first_day(announcement), last_day(announcement, zone)
    return bool((since and last and last < since) or (until and first and first > until))


def first_day(announcement: Announcement) -> str | None:
    """The first day on which what is announced can have been published, `YYYY-MM-DD`, as far as that is told."""
    named = days_named(announcement.url)
    return announcement.day or (named[0].isoformat() if named else None)


def last_day(announcement: Announcement, zone: ZoneInfo) -> str | None:
    """The last day on which what is announced can have been published, `YYYY-MM-DD`, as far as that is told.

    What was changed at 18:00 UTC was changed on the next day in Kebumen.
    """
    named = days_named(announcement.url)
    told = announcement.day or (named[1].isoformat() if named else None)
    changed = announcement.lastmod
    return told or (datetime.fromisoformat(changed).astimezone(zone).date().isoformat() if changed else None)
