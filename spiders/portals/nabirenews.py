from spiders.families.promedia import Promedia


class NabireNews(Promedia):
    """Nabire News, news site of Nabire in Central Papua."""

    name = "nabirenews"
    home = "https://nabirenews.com"
    region = "94.01"
    evidence = "CSS classes named in a public ad-filter list"
