from spiders.families.wordpress import WordPress


class BrebesNews(WordPress):
    """Brebes News, news site of Brebes in Central Java."""

    name = "brebesnews"
    home = "https://brebesnews.co"
    region = "33.29"
    evidence = "public scraper, REST open"
