from spiders.families.wordpress import WordPress


class Popularitas(WordPress):
    """Popularitas, news site of Aceh run from Banda Aceh."""

    name = "popularitas"
    home = "https://popularitas.com"
    region = "11"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
