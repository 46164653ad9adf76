from spiders.families.sitemap import SitemapPortal


class KabarSerayu(SitemapPortal):
    """Kabar Serayu, a sample portal on a CMS of its own."""

    name = "kabarserayu"
    home = "https://kabarserayu.example"
    region = "33.05"
