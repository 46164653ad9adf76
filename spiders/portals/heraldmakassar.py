from spiders.families.wordpress import WordPress


class HeraldMakassar(WordPress):
    """Herald Makassar, news site of Makassar in South Sulawesi."""

    name = "heraldmakassar"
    home = "https://heraldmakassar.com"
    region = "73.71"
    evidence = "CSS classes named in a public ad-filter list, tagDiv Newspaper"
