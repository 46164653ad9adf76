from spiders.families.wordpress import WordPress


class Jubi(WordPress):
    """Jubi, news site of Papua run from Jayapura."""

    name = "jubi"
    home = "https://jubi.id"
    region = "91"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
