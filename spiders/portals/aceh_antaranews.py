from spiders.families.sitemap import SitemapPortal


class AntaraAceh(SitemapPortal):
    """Antara Aceh, the Antara news agency's bureau in Aceh."""

    name = "aceh_antaranews"
    home = "https://aceh.antaranews.com"
    region = "11"
    evidence = "2018 public scraper, Antara bureau"
