from spiders.families.sitemap import SitemapPortal


class HarianJogja(SitemapPortal):
    """Harian Jogja, daily of Yogyakarta."""

    name = "harianjogja"
    home = "https://harianjogja.com"
    region = "34"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
