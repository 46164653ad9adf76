from spiders.families.sitemap import SitemapPortal


class AntaraRiau(SitemapPortal):
    """Antara Riau, the Antara news agency's bureau in Riau."""

    name = "riau_antaranews"
    home = "https://riau.antaranews.com"
    region = "14"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
