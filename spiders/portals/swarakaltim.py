from spiders.families.wordpress import WordPress


class SwaraKaltim(WordPress):
    """Swara Kaltim, daily of East Kalimantan."""

    name = "swarakaltim"
    home = "https://swarakaltim.com"
    region = "64"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
