from spiders.families.tribun import Tribun


class TribunSerayu(Tribun):
    """Tribun Serayu, a sample portal in the manner of the Tribun network."""

    name = "tribunserayu"
    home = "https://serayu.tribun.example"
    region = "33.05"
