from spiders.families.promedia import Promedia


class RadarSurabaya(Promedia):
    """Radar Surabaya, daily of Surabaya in East Java."""

    name = "radarsurabaya"
    home = "https://radarsurabaya.jawapos.com"
    region = "35.78"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain, as that of radarbogor.jawapos.com"
