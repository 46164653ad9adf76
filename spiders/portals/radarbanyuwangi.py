from spiders.families.promedia import Promedia


class RadarBanyuwangi(Promedia):
    """Radar Banyuwangi, daily of Banyuwangi in East Java."""

    name = "radarbanyuwangi"
    home = "https://radarbanyuwangi.jawapos.com"
    region = "35.10"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain, as that of radarbogor.jawapos.com"
