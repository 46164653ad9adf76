from spiders.families.wordpress import WordPress


class BantenPos(WordPress):
    """Banten Pos, daily of Banten."""

    name = "banpos"
    home = "https://banpos.co"
    region = "36"
    evidence = "CSS classes named in a public ad-filter list, JNews"
