from spiders.families.wordpress import WordPress


class CentralBatam(WordPress):
    """Central Batam, news site of Batam in the Riau Islands."""

    name = "centralbatam"
    home = "https://centralbatam.co.id"
    region = "21.71"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
