from spiders.families.promedia import Promedia


class SulbarEkspres(Promedia):
    """Sulbar Ekspres, daily of West Sulawesi."""

    name = "sulbarekspres"
    home = "https://sulbarekspres.com"
    region = "76"
    evidence = "CSS classes named in a public ad-filter list"
