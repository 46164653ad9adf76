from spiders.families.promedia import Promedia


class LintasPapua(Promedia):
    """Lintas Papua, news site of Papua run from Jayapura."""

    name = "lintaspapua"
    home = "https://lintaspapua.com"
    region = "91"
    evidence = "CSS classes named in a public ad-filter list"
