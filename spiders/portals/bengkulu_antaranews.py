from spiders.families.sitemap import SitemapPortal


class AntaraBengkulu(SitemapPortal):
    """Antara Bengkulu, the Antara news agency's bureau in Bengkulu."""

    name = "bengkulu_antaranews"
    home = "https://bengkulu.antaranews.com"
    region = "17"
    evidence = "the maintainers' knowledge of the field; neither address nor family was seen"
