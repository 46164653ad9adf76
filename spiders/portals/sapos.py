from spiders.families.promedia import Promedia


class SamarindaPos(Promedia):
    """Samarinda Pos, daily of Samarinda in East Kalimantan."""

    name = "sapos"
    home = "https://sapos.co.id"
    region = "64.72"
    evidence = "CSS classes named in a public ad-filter list"
