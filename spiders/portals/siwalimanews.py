from spiders.families.wordpress import WordPress


class Siwalima(WordPress):
    """Siwalima, daily of Ambon for Maluku."""

    name = "siwalimanews"
    home = "https://siwalimanews.com"
    region = "81"
    evidence = "public scraper, REST open"
