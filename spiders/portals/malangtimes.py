from spiders.families.sitemap import SitemapPortal


class MalangTimes(SitemapPortal):
    """Malang Times, news site of Malang in East Java (city and regency)."""

    name = "malangtimes"
    home = "https://malangtimes.com"
    region = "35.73"
    evidence = "2023 public template, Jatim Times network"
