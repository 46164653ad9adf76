from spiders.families.tribun import Tribun


class TribunPekanbaru(Tribun):
    """Tribun Pekanbaru, daily of Pekanbaru for Riau."""

    name = "pekanbaru_tribunnews"
    home = "https://pekanbaru.tribunnews.com"
    region = "14"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
