from spiders.families.sitemap import SitemapPortal


class SuaraPapua(SitemapPortal):
    """Suara Papua, news site of Papua run from Jayapura."""

    name = "suarapapua"
    home = "https://suarapapua.com"
    region = "91"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
