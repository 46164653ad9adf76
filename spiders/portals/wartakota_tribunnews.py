from spiders.families.tribun import Tribun


class WartaKota(Tribun):
    """Warta Kota, daily of Jakarta and its suburbs."""

    name = "wartakota_tribunnews"
    home = "https://wartakota.tribunnews.com"
    region = "31"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
