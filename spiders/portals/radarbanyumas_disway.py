from spiders.families.disway import Disway


class RadarBanyumas(Disway):
    """Radar Banyumas, daily of Banyumas in Central Java."""

    name = "radarbanyumas_disway"
    home = "https://radarbanyumas.disway.id"
    region = "33.02"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain disway.id"
