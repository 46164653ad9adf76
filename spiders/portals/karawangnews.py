from spiders.families.blogger import Blogger


class KarawangNews(Blogger):
    """Karawang News, news site of Karawang in West Java."""

    name = "karawangnews"
    home = "https://karawangnews.com"
    region = "32.15"
    evidence = "public scraper"
