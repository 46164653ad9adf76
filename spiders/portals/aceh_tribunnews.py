from spiders.families.tribun import Tribun


class Serambinews(Tribun):
    """Serambinews, site of the daily Serambi Indonesia of Aceh."""

    name = "aceh_tribunnews"
    home = "https://aceh.tribunnews.com"
    region = "11"
    evidence = "public scrapers"
