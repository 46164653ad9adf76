from spiders.families.disway import Disway


class NomorSatuKaltim(Disway):
    """Nomor Satu Kaltim, news site of East Kalimantan."""

    name = "nomorsatukaltim_disway"
    home = "https://nomorsatukaltim.disway.id"
    region = "64"
    evidence = "the maintainers' knowledge of the field; the family follows from the domain disway.id"
