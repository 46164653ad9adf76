from spiders.families.wordpress import WordPress


class RakyatBengkulu(WordPress):
    """Rakyat Bengkulu, daily of Bengkulu province; on WordPress up to about 2022."""

    name = "rakyatbengkulu"
    home = "https://rakyatbengkulu.com"
    region = "17"
    evidence = "the text of a page of 2020; its theme was not seen"
    closed = 2022
