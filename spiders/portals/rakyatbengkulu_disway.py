from spiders.families.disway import Disway


class RakyatBengkuluDisway(Disway):
    """Rakyat Bengkulu, daily of Bengkulu province; on Disway since about 2022."""

    name = "rakyatbengkulu_disway"
    home = "https://rakyatbengkulu.disway.id"
    region = "17"
    evidence = "public scrapers and templates of the Disway network"
