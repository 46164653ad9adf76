from spiders.families.sitemap import SitemapPortal


class Telisik(SitemapPortal):
    """Telisik, news site of Southeast Sulawesi run from Kendari."""

    name = "telisik"
    home = "https://telisik.id"
    region = "74"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
