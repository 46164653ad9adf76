from spiders.families.promedia import Promedia


class KoranGala(Promedia):
    """Koran Gala, daily of Bandung in West Java."""

    name = "korangala"
    home = "https://koran-gala.id"
    region = "32.73"
    evidence = "CSS classes named in a public ad-filter list"
