from spiders.families.wordpress import WordPress


class KoranBanjar(WordPress):
    """Koran Banjar, news site of South Kalimantan run from Martapura."""

    name = "koranbanjar"
    home = "https://koranbanjar.net"
    region = "63"
    evidence = "CSS classes named in a public ad-filter list, probably idtheme WpBerita"
