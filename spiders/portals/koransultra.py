from spiders.families.wordpress import WordPress


class KoranSultra(WordPress):
    """Koran Sultra, news site of Southeast Sulawesi."""

    name = "koransultra"
    home = "https://koransultra.com"
    region = "74"
    evidence = "CSS classes named in a public ad-filter list, idtheme"
