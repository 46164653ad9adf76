from spiders.families.promedia import Promedia


class DetikSumsel(Promedia):
    """Detik Sumsel, news site of South Sumatra."""

    name = "detiksumsel"
    home = "https://detiksumsel.com"
    region = "16"
    evidence = "CSS classes named in a public ad-filter list"
