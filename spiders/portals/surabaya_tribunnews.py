from spiders.families.tribun import Tribun


class Surya(Tribun):
    """Surya, daily of Surabaya for East Java."""

    name = "surabaya_tribunnews"
    home = "https://surabaya.tribunnews.com"
    region = "35"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
