from spiders.families.wordpress import WordPress


class MetroKaltara(WordPress):
    """Metro Kaltara, news site of North Kalimantan."""

    name = "metrokaltara"
    home = "https://metrokaltara.com"
    region = "65"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
