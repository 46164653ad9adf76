from spiders.families.wordpress import WordPress


class JatengToday(WordPress):
    """Jateng Today, news site of Central Java."""

    name = "jatengtoday"
    home = "https://jatengtoday.com"
    region = "33"
    evidence = "CSS classes named in a public ad-filter list, Elementor"
