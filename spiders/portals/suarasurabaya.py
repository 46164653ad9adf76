from spiders.families.sitemap import SitemapPortal


class SuaraSurabaya(SitemapPortal):
    """Suara Surabaya, news radio of Surabaya in East Java."""

    name = "suarasurabaya"
    home = "https://suarasurabaya.net"
    region = "35.78"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
