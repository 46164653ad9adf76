from spiders.families.wordpress import WordPress


class TeropongMalut(WordPress):
    """Teropong Malut, news site of North Maluku."""

    name = "teropongmalut"
    home = "https://teropongmalut.com"
    region = "82"
    evidence = "CSS classes named in a public ad-filter list, idtheme"
