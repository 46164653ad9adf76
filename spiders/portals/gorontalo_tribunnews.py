from spiders.families.tribun import Tribun


class TribunGorontalo(Tribun):
    """Tribun Gorontalo, Tribun's site for Gorontalo province."""

    name = "gorontalo_tribunnews"
    home = "https://gorontalo.tribunnews.com"
    region = "75"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
