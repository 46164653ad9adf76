from spiders.families.wordpress import WordPress


class LampungPost(WordPress):
    """Lampung Post, daily of Lampung."""

    name = "lampost"
    home = "https://lampost.co"
    region = "18"
    evidence = "CSS classes named in a public ad-filter list, JNews"
