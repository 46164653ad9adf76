from spiders.families.promedia import Promedia


class IniKebumen(Promedia):
    """Ini Kebumen, news site of Kebumen in Central Java."""

    name = "inikebumen"
    home = "https://inikebumen.com"
    region = "33.05"
    evidence = "CSS classes named in a public ad-filter list"
