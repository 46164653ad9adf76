from spiders.families.wordpress import WordPress


class KepriCoId(WordPress):
    """Kepri.co.id, news site of the Riau Islands."""

    name = "kepri_co_id"
    home = "https://kepri.co.id"
    region = "21"
    evidence = "CSS classes named in a public ad-filter list, idtheme"
