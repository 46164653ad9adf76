from spiders.families.promedia import Promedia


class JalurInfoSulbar(Promedia):
    """Jalur Info Sulbar, news site of West Sulawesi."""

    name = "jalurinfosulbar"
    home = "https://jalurinfosulbar.id"
    region = "76"
    evidence = "CSS classes named in a public ad-filter list"
