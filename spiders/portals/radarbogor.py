from spiders.families.promedia import Promedia


class RadarBogor(Promedia):
    """Radar Bogor, daily of Bogor in West Java (city and regency)."""

    name = "radarbogor"
    home = "https://radarbogor.jawapos.com"
    region = "32.71"
    evidence = "stored feed"
