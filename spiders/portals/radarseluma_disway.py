from spiders.families.disway import Disway


class RadarSeluma(Disway):
    """Radar Seluma, daily of Seluma in Bengkulu."""

    name = "radarseluma_disway"
    home = "https://radarseluma.disway.id"
    region = "17.05"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain disway.id"
