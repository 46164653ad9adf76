from spiders.families.promedia import Promedia


class MetroSulteng(Promedia):
    """Metro Sulteng, news site of Central Sulawesi."""

    name = "metrosulteng"
    home = "https://metrosulteng.com"
    region = "72"
    evidence = "CSS classes named in a public ad-filter list"
