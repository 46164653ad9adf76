from spiders.families.wordpress import WordPress


class Masakini(WordPress):
    """Masakini, news site of Aceh run from Banda Aceh."""

    name = "masakini"
    home = "https://masakini.co"
    region = "11"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
