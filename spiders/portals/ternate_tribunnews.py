from spiders.families.tribun import Tribun


class TribunTernate(Tribun):
    """Tribun Ternate, Tribun's site for Ternate and North Maluku."""

    name = "ternate_tribunnews"
    home = "https://ternate.tribunnews.com"
    region = "82"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
