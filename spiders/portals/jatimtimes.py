from spiders.families.sitemap import SitemapPortal


class JatimTimes(SitemapPortal):
    """Jatim Times, news site of East Java."""

    name = "jatimtimes"
    home = "https://jatimtimes.com"
    region = "35"
    evidence = "2023 public template, Jatim Times network"
