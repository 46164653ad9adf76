from spiders.families.disway import Disway


class RadarLampung(Disway):
    """Radar Lampung, daily of Lampung."""

    name = "radarlampung_disway"
    home = "https://radarlampung.disway.id"
    region = "18"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain disway.id"
