from spiders.families.tribun import Tribun


class TribunLampung(Tribun):
    """Tribun Lampung, daily of Lampung."""

    name = "lampung_tribunnews"
    home = "https://lampung.tribunnews.com"
    region = "18"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
