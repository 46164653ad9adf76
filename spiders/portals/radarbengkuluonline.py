from spiders.families.wordpress import WordPress


class RadarBengkulu(WordPress):
    """Radar Bengkulu, daily of Bengkulu province."""

    name = "radarbengkuluonline"
    home = "https://radarbengkuluonline.com"
    region = "17"
    evidence = "public scraper, tagDiv Newspaper"
