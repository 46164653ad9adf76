from spiders.families.promedia import Promedia


class Hulondalo(Promedia):
    """Hulondalo, news site of Gorontalo province."""

    name = "hulondalo"
    home = "https://hulondalo.id"
    region = "75"
    evidence = "CSS classes named in a public ad-filter list"
