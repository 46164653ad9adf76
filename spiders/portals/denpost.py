from spiders.families.promedia import Promedia


class DenPost(Promedia):
    """DenPost, daily of Denpasar for Bali."""

    name = "denpost"
    home = "https://denpost.id"
    region = "51"
    evidence = "CSS classes named in a public ad-filter list"
