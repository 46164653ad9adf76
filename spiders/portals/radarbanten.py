from spiders.families.wordpress import WordPress


class RadarBanten(WordPress):
    """Radar Banten, daily of Banten."""

    name = "radarbanten"
    home = "https://radarbanten.co.id"
    region = "36"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
