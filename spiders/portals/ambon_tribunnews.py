from spiders.families.tribun import Tribun


class TribunAmbon(Tribun):
    """Tribun Ambon, Tribun's site for Ambon and Maluku."""

    name = "ambon_tribunnews"
    home = "https://ambon.tribunnews.com"
    region = "81"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
