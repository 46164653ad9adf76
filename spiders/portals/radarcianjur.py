from spiders.families.promedia import Promedia


class RadarCianjur(Promedia):
    """Radar Cianjur, daily of Cianjur in West Java."""

    name = "radarcianjur"
    home = "https://radarcianjur.com"
    region = "32.03"
    evidence = "CSS classes named in a public ad-filter list"
