from spiders.families.promedia import Promedia


class RadarSerayu(Promedia):
    """Radar Serayu, a sample portal on the CMS of Promedia."""

    name = "radarserayu"
    home = "https://radarserayu.example"
    region = "33.05"
