from spiders.families.promedia import Promedia


class RadarJember(Promedia):
    """Radar Jember, daily of Jember in East Java."""

    name = "radarjember"
    home = "https://radarjember.jawapos.com"
    region = "35.09"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain, as that of radarbogor.jawapos.com"
