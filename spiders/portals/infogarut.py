from spiders.families.sitemap import SitemapPortal


class InfoGarut(SitemapPortal):
    """Info Garut, news site of Garut in West Java."""

    name = "infogarut"
    home = "https://infogarut.id"
    region = "32.05"
    evidence = "public scraper, a JSON API of its own"
