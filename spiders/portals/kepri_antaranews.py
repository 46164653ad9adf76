from spiders.families.sitemap import SitemapPortal


class AntaraKepri(SitemapPortal):
    """Antara Kepri, the Antara news agency's bureau in the Riau Islands."""

    name = "kepri_antaranews"
    home = "https://kepri.antaranews.com"
    region = "21"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
