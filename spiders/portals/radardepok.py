from spiders.families.promedia import Promedia


class RadarDepok(Promedia):
    """Radar Depok, daily of Depok in West Java."""

    name = "radardepok"
    home = "https://radardepok.com"
    region = "32.76"
    evidence = "CSS classes named in a public ad-filter list"
