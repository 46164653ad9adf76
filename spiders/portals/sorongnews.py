from spiders.families.sitemap import SitemapPortal


class SorongNews(SitemapPortal):
    """Sorong News, news site of Sorong in Southwest Papua."""

    name = "sorongnews"
    home = "https://sorongnews.com"
    region = "96"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
