from spiders.families.promedia import Promedia


class MediaLabuanBajo(Promedia):
    """Media Labuan Bajo, news site of West Manggarai in East Nusa Tenggara."""

    name = "medialabuanbajo"
    home = "https://medialabuanbajo.com"
    region = "53.15"
    evidence = "CSS classes named in a public ad-filter list"
