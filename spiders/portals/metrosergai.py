from spiders.families.promedia import Promedia


class MetroSergai(Promedia):
    """Metro Sergai, news site of Serdang Bedagai in North Sumatra."""

    name = "metrosergai"
    home = "https://metrosergai.com"
    region = "12.18"
    evidence = "CSS classes named in a public ad-filter list"
