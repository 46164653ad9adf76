from spiders.families.tribun import Tribun


class TribunPalu(Tribun):
    """Tribun Palu, Tribun's site for Palu and Central Sulawesi."""

    name = "palu_tribunnews"
    home = "https://palu.tribunnews.com"
    region = "72"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
