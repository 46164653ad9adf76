from spiders.families.tribun import Tribun


class TribunJogja(Tribun):
    """Tribun Jogja, daily of Yogyakarta."""

    name = "jogja_tribunnews"
    home = "https://jogja.tribunnews.com"
    region = "34"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
