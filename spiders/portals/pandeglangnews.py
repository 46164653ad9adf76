from spiders.families.promedia import Promedia


class PandeglangNews(Promedia):
    """Pandeglang News, news site of Pandeglang in Banten."""

    name = "pandeglangnews"
    home = "https://pandeglangnews.co.id"
    region = "36.01"
    evidence = "CSS classes named in a public ad-filter list"
