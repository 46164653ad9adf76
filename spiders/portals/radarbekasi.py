from spiders.families.wordpress import WordPress


class RadarBekasi(WordPress):
    """Radar Bekasi, daily of Bekasi in West Java (city and regency)."""

    name = "radarbekasi"
    home = "https://radarbekasi.id"
    region = "32.75"
    evidence = "CSS classes named in a public ad-filter list, idtheme"
