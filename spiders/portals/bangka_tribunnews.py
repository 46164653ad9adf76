from spiders.families.tribun import Tribun


class BangkaPos(Tribun):
    """Bangka Pos, daily of Pangkalpinang for Bangka Belitung."""

    name = "bangka_tribunnews"
    home = "https://bangka.tribunnews.com"
    region = "19"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
