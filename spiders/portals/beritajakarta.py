from spiders.families.sitemap import SitemapPortal


class BeritaJakarta(SitemapPortal):
    """Berita Jakarta, news site of the Jakarta provincial government."""

    name = "beritajakarta"
    home = "https://beritajakarta.id"
    region = "31"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
