from spiders.families.promedia import Promedia


class BantenRaya(Promedia):
    """Banten Raya, daily of Banten."""

    name = "bantenraya"
    home = "https://bantenraya.com"
    region = "36"
    evidence = "CSS classes named in a public ad-filter list"
