from spiders.families.sitemap import SitemapPortal


class SuaraNTB(SitemapPortal):
    """Suara NTB, daily of Mataram for West Nusa Tenggara."""

    name = "suarantb"
    home = "https://suarantb.com"
    region = "52"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
