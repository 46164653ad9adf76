from spiders.families.tribun import Tribun


class TribunLombok(Tribun):
    """Tribun Lombok, Tribun's site for Lombok and West Nusa Tenggara."""

    name = "lombok_tribunnews"
    home = "https://lombok.tribunnews.com"
    region = "52"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
