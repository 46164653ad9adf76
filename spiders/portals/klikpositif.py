from spiders.families.wordpress import WordPress


class KlikPositif(WordPress):
    """KLIKPOSITIF, news site of West Sumatra run from Padang."""

    name = "klikpositif"
    home = "https://klikpositif.com"
    region = "13"
    evidence = "CSS classes named in a public ad-filter list, JNews"
