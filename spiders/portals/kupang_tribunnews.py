from spiders.families.tribun import Tribun


class PosKupang(Tribun):
    """Pos Kupang, daily of Kupang for East Nusa Tenggara."""

    name = "kupang_tribunnews"
    home = "https://kupang.tribunnews.com"
    region = "53"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
