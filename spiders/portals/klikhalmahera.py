from spiders.families.promedia import Promedia


class KlikHalmahera(Promedia):
    """Klik Halmahera, news site of North Maluku."""

    name = "klikhalmahera"
    home = "https://klikhalmahera.com"
    region = "82"
    evidence = "CSS classes named in a public ad-filter list"
