from spiders.families.wordpress import WordPress


class BantenNews(WordPress):
    """Banten News, news site of Banten."""

    name = "bantennews"
    home = "https://bantennews.co.id"
    region = "36"
    evidence = "public scraper, tagDiv Newspaper"
