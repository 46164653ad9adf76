from spiders.families.wordpress import WordPress


class BengkuluEkspress(WordPress):
    """Bengkulu Ekspress, daily of Bengkulu province."""

    name = "bengkuluekspress"
    home = "https://bengkuluekspress.com"
    region = "17"
    evidence = "2018 public scraper, itemprop theme"
