from spiders.families.disway import Disway


class BabelPos(Disway):
    """Babel Pos, daily of Bangka Belitung."""

    name = "babelpos_disway"
    home = "https://babelpos.disway.id"
    region = "19"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain disway.id"
