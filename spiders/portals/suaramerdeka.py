from spiders.families.promedia import Promedia


class SuaraMerdeka(Promedia):
    """Suara Merdeka, daily of Semarang for Central Java."""

    name = "suaramerdeka"
    home = "https://suaramerdeka.com"
    region = "33"
    evidence = "CSS classes named in a public ad-filter list"
