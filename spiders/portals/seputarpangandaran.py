from spiders.families.wordpress import WordPress


class SeputarPangandaran(WordPress):
    """Seputar Pangandaran, news site of Pangandaran in West Java."""

    name = "seputarpangandaran"
    home = "https://seputarpangandaran.com"
    region = "32.18"
    evidence = "CSS classes named in a public ad-filter list, idtheme"
