from spiders.families.wordpress import WordPress


class PedomanBengkulu(WordPress):
    """Pedoman Bengkulu, news site of Bengkulu province."""

    name = "pedomanbengkulu"
    home = "https://pedomanbengkulu.com"
    region = "17"
    evidence = "public scraper, tagDiv Newspaper"
