from spiders.families.tribun import Tribun


class TribunJambi(Tribun):
    """Tribun Jambi, daily of Jambi province."""

    name = "jambi_tribunnews"
    home = "https://jambi.tribunnews.com"
    region = "15"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
