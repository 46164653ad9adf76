from spiders.families.tribun import Tribun


class TribunTimur(Tribun):
    """Tribun Timur, daily of Makassar for South Sulawesi."""

    name = "makassar_tribunnews"
    home = "https://makassar.tribunnews.com"
    region = "73"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
