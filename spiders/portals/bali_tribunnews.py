from spiders.families.tribun import Tribun


class TribunBali(Tribun):
    """Tribun Bali, daily of Bali."""

    name = "bali_tribunnews"
    home = "https://bali.tribunnews.com"
    region = "51"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
