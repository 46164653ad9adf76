from spiders.families.wordpress import WordPress


class JatimNow(WordPress):
    """Jatimnow, news site of East Java run from Surabaya."""

    name = "jatimnow"
    home = "https://jatimnow.com"
    region = "35"
    evidence = "CSS classes named in a public ad-filter list, idtheme"
