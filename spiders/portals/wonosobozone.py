from spiders.families.promedia import Promedia


class WonosoboZone(Promedia):
    """Wonosobo Zone, news site of Wonosobo in Central Java."""

    name = "wonosobozone"
    home = "https://wonosobozone.com"
    region = "33.07"
    evidence = "CSS classes named in a public ad-filter list"
