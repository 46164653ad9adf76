from spiders.families.sitemap import SitemapPortal


class BorneoNews(SitemapPortal):
    """Borneonews, daily of Central Kalimantan."""

    name = "borneonews"
    home = "https://borneonews.co.id"
    region = "62"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
