from spiders.families.tribun import Tribun


class PosBelitung(Tribun):
    """Pos Belitung, daily of Belitung in Bangka Belitung."""

    name = "belitung_tribunnews"
    home = "https://belitung.tribunnews.com"
    region = "19.02"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
