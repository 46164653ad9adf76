from spiders.families.promedia import Promedia


class HarianHaluan(Promedia):
    """Harian Haluan, site of the Padang daily for West Sumatra."""

    name = "harianhaluan"
    home = "https://harianhaluan.com"
    region = "13"
    evidence = "CSS classes named in a public ad-filter list"
