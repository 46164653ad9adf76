from spiders.families.tribun import Tribun


class TribunSorong(Tribun):
    """Tribun Sorong, Tribun's site for Sorong and Southwest Papua."""

    name = "sorong_tribunnews"
    home = "https://sorong.tribunnews.com"
    region = "96"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
