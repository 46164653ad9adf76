from spiders.families.wordpress import WordPress


class BrebesInfo(WordPress):
    """Brebes Info, news site of Brebes in Central Java."""

    name = "brebesinfo"
    home = "https://brebesinfo.com"
    region = "33.29"
    evidence = "public scraper, REST open"
