from spiders.families.sitemap import SitemapPortal


class SeputarPapua(SitemapPortal):
    """Seputar Papua, news site of Timika (Mimika) in Central Papua."""

    name = "seputarpapua"
    home = "https://seputarpapua.com"
    region = "94.04"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
