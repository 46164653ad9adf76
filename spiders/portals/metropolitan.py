from spiders.families.promedia import Promedia


class Metropolitan(Promedia):
    """Metropolitan, daily of Bogor in West Java (city and regency)."""

    name = "metropolitan"
    home = "https://metropolitan.id"
    region = "32.71"
    evidence = "CSS classes named in a public ad-filter list"
