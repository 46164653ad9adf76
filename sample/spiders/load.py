from spiders.families.wordpress import WordPress


class Muatan(WordPress):
    """Muatan, sample portal of any number of invented stories; served by `python -m sample --load N`."""

    name = "muatan"
    home = "https://muatan.example"
    region = "17"
