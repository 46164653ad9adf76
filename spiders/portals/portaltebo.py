from spiders.families.promedia import Promedia


class PortalTebo(Promedia):
    """Portal Tebo, news site of Tebo in Jambi."""

    name = "portaltebo"
    home = "https://portaltebo.id"
    region = "15.09"
    evidence = "CSS classes named in a public ad-filter list"
