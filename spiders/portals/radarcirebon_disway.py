from spiders.families.disway import Disway


class RadarCirebon(Disway):
    """Radar Cirebon, daily of Cirebon in West Java (city and regency)."""

    name = "radarcirebon_disway"
    home = "https://radarcirebon.disway.id"
    region = "32.74"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain disway.id"
