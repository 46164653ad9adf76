from spiders.families.promedia import Promedia


class PortalMusiRawas(Promedia):
    """Portal Musi Rawas, news site of Musi Rawas in South Sumatra."""

    name = "portalmusirawas"
    home = "https://portalmusirawas.com"
    region = "16.05"
    evidence = "CSS classes named in a public ad-filter list"
