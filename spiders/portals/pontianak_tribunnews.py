from spiders.families.tribun import Tribun


class TribunPontianak(Tribun):
    """Tribun Pontianak, daily of Pontianak for West Kalimantan."""

    name = "pontianak_tribunnews"
    home = "https://pontianak.tribunnews.com"
    region = "61"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
