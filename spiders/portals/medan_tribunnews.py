from spiders.families.tribun import Tribun


class TribunMedan(Tribun):
    """Tribun Medan, daily of Medan for North Sumatra."""

    name = "medan_tribunnews"
    home = "https://medan.tribunnews.com"
    region = "12"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
