from spiders.families.sitemap import SitemapPortal


class Gopos(SitemapPortal):
    """Gopos, news site of Gorontalo province."""

    name = "gopos"
    home = "https://gopos.id"
    region = "75"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
