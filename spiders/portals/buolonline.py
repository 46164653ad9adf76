from spiders.families.promedia import Promedia


class BuolOnline(Promedia):
    """Buol Online, news site of Buol in Central Sulawesi."""

    name = "buolonline"
    home = "https://buolonline.com"
    region = "72.05"
    evidence = "CSS classes named in a public ad-filter list"
