from spiders.families.wordpress import WordPress


class TotabuanNews(WordPress):
    """Totabuan News, news site of Bolaang Mongondow in North Sulawesi (all its regencies)."""

    name = "totabuan"
    home = "https://totabuan.news"
    region = "71"
    evidence = "CSS classes named in a public ad-filter list, tagDiv Newspaper"
