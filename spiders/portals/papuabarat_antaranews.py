from spiders.families.sitemap import SitemapPortal


class AntaraPapuaBarat(SitemapPortal):
    """Antara Papua Barat, the Antara news agency's bureau in West Papua."""

    name = "papuabarat_antaranews"
    home = "https://papuabarat.antaranews.com"
    region = "92"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
