from spiders.families.blogger import Blogger


class KebumenEkspres(Blogger):
    """Kebumen Ekspres, daily of Kebumen in Central Java; on Blogger up to about 2021."""

    name = "kebumenekspres"
    home = "https://kebumenekspres.com"
    region = "33.05"
    evidence = "the text of a page of 2021; article addresses /YYYY/MM/slug.html"
    closed = 2021
