from spiders.families.sitemap import SitemapPortal


class BeritaManado(SitemapPortal):
    """Berita Manado, news site of Manado for North Sulawesi."""

    name = "beritamanado"
    home = "https://beritamanado.com"
    region = "71"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
