from spiders.families.wordpress import WordPress


class PanjiKendari(WordPress):
    """Panji Kendari, news site of Kendari in Southeast Sulawesi."""

    name = "panjikendari"
    home = "https://panjikendari.com"
    region = "74.71"
    evidence = "CSS classes named in a public ad-filter list, JNews"
