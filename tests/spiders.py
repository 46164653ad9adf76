"""Sample portals as a crawler meets them that does not know their family."""

from spiders.families.sitemap import SitemapPortal


class HarianSerayuUnknown(SitemapPortal):
    """Harian Serayu, as any other CMS."""

    name = "harianserayu_unknown"
    home = "https://harianserayu.disway.example"
    region = "33.05"


class RadarSerayuUnknown(SitemapPortal):
    """Radar Serayu, as any other CMS."""

    name = "radarserayu_unknown"
    home = "https://radarserayu.example"
    region = "33.05"
