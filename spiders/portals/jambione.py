from spiders.families.promedia import Promedia


class JambiOne(Promedia):
    """Jambi One, daily of Jambi province."""

    name = "jambione"
    home = "https://jambione.com"
    region = "15"
    evidence = "CSS classes named in a public ad-filter list"
