from spiders.families.promedia import Promedia


class JaktimNews(Promedia):
    """Jaktim News, news site of East Jakarta."""

    name = "jaktimnews"
    home = "https://jaktimnews.com"
    region = "31.75"
    evidence = "CSS classes named in a public ad-filter list"
