from spiders.families.wordpress import WordPress


class KabarBuruk(WordPress):
    """Kabar Buruk, sample portal of what can go wrong; served by `python -m sample --hostile`."""

    name = "kabarburuk"
    home = "https://kabarburuk.example"
    region = "33.05"
