from spiders.families.tribun import Tribun


class TribunKaltara(Tribun):
    """Tribun Kaltara, Tribun's site for North Kalimantan."""

    name = "kaltara_tribunnews"
    home = "https://kaltara.tribunnews.com"
    region = "65"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
