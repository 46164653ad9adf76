from spiders.families.wordpress import WordPress


class Waspada(WordPress):
    """Waspada, site of the Medan daily for North Sumatra."""

    name = "waspada"
    home = "https://waspada.id"
    region = "12"
    evidence = "CSS classes named in a public ad-filter list, probably idtheme WpBerita"
