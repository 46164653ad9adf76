from spiders.families.promedia import Promedia


class CenderawasihPos(Promedia):
    """Cenderawasih Pos, daily of Jayapura for Papua."""

    name = "ceposonline"
    home = "https://ceposonline.com"
    region = "91"
    evidence = "CSS classes named in a public ad-filter list"
