from spiders.families.tribun import Tribun


class TribunJateng(Tribun):
    """Tribun Jateng, daily of Semarang for Central Java."""

    name = "jateng_tribunnews"
    home = "https://jateng.tribunnews.com"
    region = "33"
    evidence = "public scrapers"
