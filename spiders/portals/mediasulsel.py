from spiders.families.wordpress import WordPress


class MediaSulsel(WordPress):
    """Media Sulsel, news site of South Sulawesi."""

    name = "mediasulsel"
    home = "https://mediasulsel.com"
    region = "73"
    evidence = "CSS classes named in a public ad-filter list, probably idtheme WpBerita"
