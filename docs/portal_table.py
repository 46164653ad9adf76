"""The catalogue of `spiders/portals/`, as Markdown: the portals of each province with place, family and evidence."""

from collections import Counter
from itertools import groupby

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from archive.regions import region, regions
from spiders.base import PortalSpider


def portals() -> list[type[PortalSpider]]:
    """Every portal of the catalogue, by province and name."""
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["spiders.portals"]}))
    found = [loader.load(name) for name in loader.list()]
    order = {province.code: place for place, province in enumerate(regions()) if province.kind == "province"}
    return sorted(found, key=lambda portal: (order[portal.region[:2]], portal.name))


def row(portal: type[PortalSpider]) -> str:
    """One portal."""
    place = region(portal.region)
    where = f"{place.kind.capitalize()} {place.name}" if place.parent else ""
    closed = f"; closed {portal.closed}" if portal.closed else ""
    return (
        f"| `{portal.name}` | {portal.title} | {portal.home.partition('://')[2]} | {where} | {portal.family}{closed} | {portal.evidence} |"
    )


def main() -> None:
    """Print how many there are, and a table a province."""
    catalogue = portals()
    families = ", ".join(f"{number} {family}" for family, number in Counter(portal.family for portal in catalogue).most_common())
    provinces = [(code, list(group)) for code, group in groupby(catalogue, key=lambda portal: portal.region[:2])]
    print(f"{len(catalogue)} portals in {len(provinces)} provinces: {families}.")
    for code, group in provinces:
        print(f"\n### {region(code).name}\n")
        print("| name | portal | host | place, if not the province | family | evidence |\n|---|---|---|---|---|---|")
        for portal in group:
            print(row(portal))


if __name__ == "__main__":
    main()
