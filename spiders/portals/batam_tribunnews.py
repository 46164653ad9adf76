from spiders.families.tribun import Tribun


class TribunBatam(Tribun):
    """Tribun Batam, daily of Batam for the Riau Islands."""

    name = "batam_tribunnews"
    home = "https://batam.tribunnews.com"
    region = "21"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
