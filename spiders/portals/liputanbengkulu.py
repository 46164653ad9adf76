from spiders.families.wordpress import WordPress


class LiputanBengkulu(WordPress):
    """Liputan Bengkulu, news site of Bengkulu province."""

    name = "liputanbengkulu"
    home = "https://liputanbengkulu.com"
    region = "17"
    evidence = "public scraper, JNews"
