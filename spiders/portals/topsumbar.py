from spiders.families.wordpress import WordPress


class TopSumbar(WordPress):
    """Top Sumbar, news site of West Sumatra."""

    name = "topsumbar"
    home = "https://topsumbar.co.id"
    region = "13"
    evidence = "CSS classes named in a public ad-filter list, probably idtheme WpBerita"
