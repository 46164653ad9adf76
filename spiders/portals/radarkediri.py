from spiders.families.promedia import Promedia


class RadarKediri(Promedia):
    """Radar Kediri, daily of Kediri in East Java (city and regency)."""

    name = "radarkediri"
    home = "https://radarkediri.jawapos.com"
    region = "35.71"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain, as that of radarbogor.jawapos.com"
