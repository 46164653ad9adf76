from spiders.families.sitemap import SitemapPortal


class Solopos(SitemapPortal):
    """Solopos, daily of Solo (Surakarta) in Central Java."""

    name = "solopos"
    home = "https://solopos.com"
    region = "33.72"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
