from spiders.families.disway import Disway


class SumatraEkspres(Disway):
    """Sumatra Ekspres, site of the Palembang daily for South Sumatra."""

    name = "sumeks_disway"
    home = "https://sumeks.disway.id"
    region = "16"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain disway.id"
