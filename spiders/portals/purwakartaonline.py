from spiders.families.promedia import Promedia


class PurwakartaOnline(Promedia):
    """Purwakarta Online, news site of Purwakarta in West Java."""

    name = "purwakartaonline"
    home = "https://purwakartaonline.com"
    region = "32.14"
    evidence = "CSS classes named in a public ad-filter list"
