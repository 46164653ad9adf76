from spiders.families.wordpress import WordPress


class BaliPost(WordPress):
    """Bali Post, daily of Bali."""

    name = "balipost"
    home = "https://balipost.com"
    region = "51"
    evidence = "public scraper, tagDiv Newspaper"
