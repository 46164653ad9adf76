from spiders.families.promedia import Promedia


class KaltengPos(Promedia):
    """Kalteng Pos, daily of Palangka Raya for Central Kalimantan."""

    name = "kaltengpos"
    home = "https://kaltengpos.info"
    region = "62"
    evidence = "CSS classes named in a public ad-filter list"
