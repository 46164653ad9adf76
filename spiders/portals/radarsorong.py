from spiders.families.sitemap import SitemapPortal


class RadarSorong(SitemapPortal):
    """Radar Sorong, daily of Sorong in Southwest Papua."""

    name = "radarsorong"
    home = "https://radarsorong.id"
    region = "96.71"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
