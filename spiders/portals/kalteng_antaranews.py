from spiders.families.sitemap import SitemapPortal


class AntaraKalteng(SitemapPortal):
    """Antara Kalteng, the Antara news agency's bureau in Central Kalimantan."""

    name = "kalteng_antaranews"
    home = "https://kalteng.antaranews.com"
    region = "62"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
