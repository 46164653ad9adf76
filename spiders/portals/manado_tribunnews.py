from spiders.families.tribun import Tribun


class TribunManado(Tribun):
    """Tribun Manado, daily of Manado for North Sulawesi."""

    name = "manado_tribunnews"
    home = "https://manado.tribunnews.com"
    region = "71"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
