from spiders.families.wordpress import WordPress


class RadarKarawang(WordPress):
    """Radar Karawang, daily of Karawang in West Java."""

    name = "radarkarawang"
    home = "https://radarkarawang.id"
    region = "32.15"
    evidence = "public scraper, Jannah"
