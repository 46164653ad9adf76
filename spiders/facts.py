"""The facts that a portal states about itself: none may be missing, and what follows from them is derived once."""

from dataclasses import replace
from typing import TYPE_CHECKING

from archive import regions
from spiders.site import origin_of

if TYPE_CHECKING:
    from spiders.base import PortalSpider

FACTS = ("name", "home", "region")


def state_facts(portal: "type[PortalSpider]") -> None:
    """Derive a portal's title, zone and site names; TypeError with one sentence where a fact is missing or cannot be."""
    stated = vars(portal)
    called = f"The portal {stated.get('name') or portal.__name__}"
    for fact in FACTS:
        if not stated.get(fact):
            raise TypeError(f"{called} states no `{fact}`; add it in {portal.__module__}.")
    told = (portal.__doc__ or "").strip()
    if not told:
        raise TypeError(f"{called} has no docstring; its first words up to a comma are the portal's name.")
    try:
        portal.home = origin_of(portal.home)
        zone = regions.zone_of(portal.region)
    except ValueError as error:
        raise TypeError(f"{called} states a fact that cannot be: {error}") from error
    portal.title = told.splitlines()[0].partition(",")[0].rstrip(".")
    names = dict.fromkeys((*portal.rules.site_names, portal.title))
    portal.rules = replace(portal.rules, zone=zone, site_names=tuple(names))
