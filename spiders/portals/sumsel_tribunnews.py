from spiders.families.tribun import Tribun


class TribunSumsel(Tribun):
    """Tribun Sumsel, daily of Palembang for South Sumatra."""

    name = "sumsel_tribunnews"
    home = "https://sumsel.tribunnews.com"
    region = "16"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
