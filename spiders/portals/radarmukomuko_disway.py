from spiders.families.disway import Disway


class RadarMukomuko(Disway):
    """Radar Mukomuko, daily of Mukomuko in Bengkulu."""

    name = "radarmukomuko_disway"
    home = "https://radarmukomuko.disway.id"
    region = "17.06"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain disway.id"
