from spiders.families.tribun import Tribun


class BanjarmasinPost(Tribun):
    """Banjarmasin Post, daily of Banjarmasin for South Kalimantan."""

    name = "banjarmasin_tribunnews"
    home = "https://banjarmasin.tribunnews.com"
    region = "63"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain tribunnews.com"
