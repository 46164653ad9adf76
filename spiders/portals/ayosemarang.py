from spiders.families.promedia import Promedia


class AyoSemarang(Promedia):
    """Ayo Semarang, news site of Semarang in Central Java."""

    name = "ayosemarang"
    home = "https://ayosemarang.com"
    region = "33.74"
    evidence = "CSS classes named in a public ad-filter list"
