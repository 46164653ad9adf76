from spiders.families.sitemap import SitemapPortal


class TaburaPos(SitemapPortal):
    """Tabura Pos, daily of Manokwari in West Papua."""

    name = "taburapos"
    home = "https://taburapos.co"
    region = "92.02"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
