from spiders.families.sitemap import SitemapPortal


class Jayawijaya(SitemapPortal):
    """Jayawijaya, site of the regency of Jayawijaya (Wamena) in Highland Papua with news of its own."""

    name = "jayawijayakab"
    home = "https://jayawijayakab.go.id"
    region = "95.01"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
