from spiders.families.sitemap import SitemapPortal


class PortalMerauke(SitemapPortal):
    """Portal Merauke, news site of the Merauke regency government in South Papua."""

    name = "portal_merauke"
    home = "https://portal.merauke.go.id"
    region = "93.01"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
