from spiders.families.promedia import Promedia


class MetroJambi(Promedia):
    """Metro Jambi, news site of Jambi province."""

    name = "metrojambi"
    home = "https://metrojambi.com"
    region = "15"
    evidence = "CSS classes named in a public ad-filter list"
