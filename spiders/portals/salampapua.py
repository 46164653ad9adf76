from spiders.families.sitemap import SitemapPortal


class SalamPapua(SitemapPortal):
    """Salam Papua, news site of Timika (Mimika) in Central Papua."""

    name = "salampapua"
    home = "https://salampapua.com"
    region = "94.04"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
