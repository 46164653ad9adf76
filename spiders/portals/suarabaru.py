from spiders.families.wordpress import WordPress


class SuaraBaru(WordPress):
    """Suara Baru, news site of Central Java run from Semarang."""

    name = "suarabaru"
    home = "https://suarabaru.id"
    region = "33"
    evidence = "public scraper, REST open"
