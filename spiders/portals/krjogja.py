from spiders.families.promedia import Promedia


class KRJogja(Promedia):
    """KR Jogja, site of the daily Kedaulatan Rakyat of Yogyakarta."""

    name = "krjogja"
    home = "https://krjogja.com"
    region = "34"
    evidence = "CSS classes named in a public ad-filter list"
