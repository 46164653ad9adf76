from spiders.families.wordpress import WordPress


class RadarBandung(WordPress):
    """Radar Bandung, daily of Bandung in West Java."""

    name = "radarbandung"
    home = "https://radarbandung.id"
    region = "32.73"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
