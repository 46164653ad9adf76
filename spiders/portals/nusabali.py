from spiders.families.sitemap import SitemapPortal


class NusaBali(SitemapPortal):
    """NusaBali, daily of Bali."""

    name = "nusabali"
    home = "https://nusabali.com"
    region = "51"
    evidence = "public scraper, addresses /berita/<id>/<slug>"
