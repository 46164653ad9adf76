from spiders.families.promedia import Promedia


class WowBabel(Promedia):
    """Wow Babel, news site of Bangka Belitung."""

    name = "wowbabel"
    home = "https://wowbabel.com"
    region = "19"
    evidence = "CSS classes named in a public ad-filter list"
