from spiders.families.sitemap import SitemapPortal


class GoRiau(SitemapPortal):
    """GoRiau, news site of Riau run from Pekanbaru."""

    name = "goriau"
    home = "https://goriau.com"
    region = "14"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
