from spiders.families.wordpress import WordPress


class BontangPost(WordPress):
    """Bontang Post, daily of Bontang in East Kalimantan."""

    name = "bontangpost"
    home = "https://bontangpost.id"
    region = "64.74"
    evidence = "CSS classes named in a public ad-filter list, JNews"
