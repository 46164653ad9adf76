from spiders.families.wordpress import WordPress


class JogloJateng(WordPress):
    """Joglo Jateng, daily of Central Java."""

    name = "joglojateng"
    home = "https://joglojateng.com"
    region = "33"
    evidence = "CSS classes named in a public ad-filter list, idtheme"
