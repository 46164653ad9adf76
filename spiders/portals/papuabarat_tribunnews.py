from spiders.families.tribun import Tribun


class TribunPapuaBarat(Tribun):
    """Tribun Papua Barat, Tribun's site for West Papua."""

    name = "papuabarat_tribunnews"
    home = "https://papuabarat.tribunnews.com"
    region = "92"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
