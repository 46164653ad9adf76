from spiders.families.tribun import Tribun


class TribunPapua(Tribun):
    """Tribun Papua, Tribun's site for Papua."""

    name = "papua_tribunnews"
    home = "https://papua.tribunnews.com"
    region = "91"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
