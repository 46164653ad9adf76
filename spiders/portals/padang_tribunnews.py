from spiders.families.tribun import Tribun


class TribunPadang(Tribun):
    """Tribun Padang, Tribun's site for Padang and West Sumatra."""

    name = "padang_tribunnews"
    home = "https://padang.tribunnews.com"
    region = "13"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
