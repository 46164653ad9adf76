from spiders.families.sitemap import SitemapPortal


class AntaraPapua(SitemapPortal):
    """Antara Papua, the Antara news agency's bureau in Papua."""

    name = "papua_antaranews"
    home = "https://papua.antaranews.com"
    region = "91"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
