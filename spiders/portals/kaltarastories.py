from spiders.families.wordpress import WordPress


class KaltaraStories(WordPress):
    """Kaltara Stories, news site of North Kalimantan."""

    name = "kaltarastories"
    home = "https://kaltarastories.com"
    region = "65"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
