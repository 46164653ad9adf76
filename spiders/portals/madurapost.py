from spiders.families.wordpress import WordPress


class MaduraPost(WordPress):
    """Madura Post, news site of the island of Madura in East Java."""

    name = "madurapost"
    home = "https://madurapost.net"
    region = "35"
    evidence = "CSS classes named in a public ad-filter list, probably idtheme WpBerita"
