from spiders.families.sitemap import SitemapPortal


class AnalisaDaily(SitemapPortal):
    """Analisa Daily, site of the Medan daily Analisa for North Sumatra."""

    name = "analisadaily"
    home = "https://analisadaily.com"
    region = "12"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
