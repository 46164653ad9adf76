from spiders.families.sitemap import SitemapPortal


class TerasMaluku(SitemapPortal):
    """Teras Maluku, news site of Maluku run from Ambon."""

    name = "terasmaluku"
    home = "https://terasmaluku.com"
    region = "81"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
