from spiders.families.wordpress import WordPress


class SuaraKalbar(WordPress):
    """Suara Kalbar, news site of West Kalimantan."""

    name = "suarakalbar"
    home = "https://suarakalbar.co.id"
    region = "61"
    evidence = "CSS classes named in a public ad-filter list, idtheme"
