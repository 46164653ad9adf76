from spiders.families.tribun import Tribun


class TribunBengkulu(Tribun):
    """Tribun Bengkulu, Tribun's site for Bengkulu province."""

    name = "bengkulu_tribunnews"
    home = "https://bengkulu.tribunnews.com"
    region = "17"
    evidence = "public scrapers"
