from spiders.families.sitemap import SitemapPortal


class AntaraKalsel(SitemapPortal):
    """Antara Kalsel, the Antara news agency's bureau in South Kalimantan."""

    name = "kalsel_antaranews"
    home = "https://kalsel.antaranews.com"
    region = "63"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
