from spiders.families.tribun import Tribun


class TribunSulbar(Tribun):
    """Tribun Sulbar, Tribun's site for West Sulawesi."""

    name = "sulbar_tribunnews"
    home = "https://sulbar.tribunnews.com"
    region = "76"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
