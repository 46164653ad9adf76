from spiders.families.promedia import Promedia


class VictoryNews(Promedia):
    """Victory News, daily of Kupang for East Nusa Tenggara."""

    name = "victorynews"
    home = "https://victorynews.id"
    region = "53"
    evidence = "CSS classes named in a public ad-filter list"
