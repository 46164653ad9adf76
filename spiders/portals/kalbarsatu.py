from spiders.families.wordpress import WordPress


class KalbarSatu(WordPress):
    """Kalbar Satu, news site of West Kalimantan."""

    name = "kalbarsatu"
    home = "https://kalbarsatu.id"
    region = "61"
    evidence = "CSS classes named in a public ad-filter list, probably idtheme WpBerita"
