from spiders.families.disway import Disway


class HarianSerayu(Disway):
    """Harian Serayu, a sample portal in the manner of the Disway network."""

    name = "harianserayu"
    home = "https://harianserayu.disway.example"
    region = "33.05"
