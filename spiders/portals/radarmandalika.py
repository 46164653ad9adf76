from spiders.families.wordpress import WordPress


class RadarMandalika(WordPress):
    """Radar Mandalika, daily of the island of Lombok in West Nusa Tenggara."""

    name = "radarmandalika"
    home = "https://radarmandalika.id"
    region = "52"
    evidence = "CSS classes named in a public ad-filter list, Newsup"
