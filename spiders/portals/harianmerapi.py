from spiders.families.promedia import Promedia


class HarianMerapi(Promedia):
    """Harian Merapi, daily of Yogyakarta."""

    name = "harianmerapi"
    home = "https://harianmerapi.com"
    region = "34"
    evidence = "CSS classes named in a public ad-filter list"
