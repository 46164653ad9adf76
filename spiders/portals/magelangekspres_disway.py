from spiders.families.disway import Disway


class MagelangEkspres(Disway):
    """Magelang Ekspres, daily of Magelang and its neighbours in Central Java."""

    name = "magelangekspres_disway"
    home = "https://magelangekspres.disway.id"
    region = "33"
    evidence = "stored public page"
