"""The names of people in what is printed of them: apart from each other, with their degrees, without where they report from."""

import re
from collections.abc import Iterable

from pipelines.datelines import is_place
from pipelines.site_names import is_site

NOBODY = frozenset(
    "jurnalis|wartawan|fotografer|pewarta|koresponden|redaktur"
    "|admin|administrator|super admin|superadmin|super user|author|redaksi|tim redaksi|editor|penulis|reporter|news|web"
    "|webmaster|web design|webdesign|red|unknown|anonim|anonymous|operator|tim|team|tim penulis|contributor|kontributor"
    "|verified writer|community writer".split("|")
)
"""Names that are no one's."""
NO_ONES = ("admin ", "editor ", "redaksi ", "redaktur ")
OF_MANY = (" newsroom", " redaksi", " team", " desk", " editor")
"""How the names of accounts begin that many share, and how they end."""
ADDRESS = re.compile(r"://|@|\bwww\.|\w\.(?:com|co|id|net|org|info|news)\b", re.IGNORECASE)
PATH = re.compile(r"//|\bwww\.|\.\w{2,4}/[\w.@-]+/|\b(?:facebook|fb|instagram|linkedin|tiktok|twitter|youtube)\.com/", re.IGNORECASE)
"""An address that falls apart at its slashes into what looks like names."""
LONGEST = 60
"""Characters of the longest name."""
MOST_PRINTED = 500
"""Characters of the longest text that names people; a longer one tells of them."""

STATION = re.compile(
    r"^(?:laporan\s+)?(?P<kind>kontributor|wartawan|reporter|jurnalis|koresponden|pewarta)\s+(?P<place>[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*){0,3})\s*,\s*(?=[A-Z])",
    re.IGNORECASE,
)
"""`Kontributor Lhokseumawe, …`, `Wartawan Tribun Jogja, …`: from where or for whom somebody reports, before the name."""
DEGREES = re.compile(
    r",\s?(?:(?:[A-Z][a-z]{0,2}\.){1,4}[A-Z]?[A-Za-z]{0,5}|[SM]\s(?:Pd|Sos|Si|Kom|Ag|Hum)"
    r"|SH|SE|ST|MH|MM|MA|MBA|MSc|Lc|SPd|MPd|SSos|MSi|SIP|MKes|MKom|SKom|PhD)\b\.?"
)
"""`Rahmat Hidayat, S.Pd., M.Si`: a comma that parts no two people."""
LABEL = re.compile(r"^\s*(?:penulis|reporter|editor|redaktur|pewarta|wartawan|jurnalis|kontributor|oleh|by)\s*[:：]\s*", re.IGNORECASE)
"""What stands before a name where a rule finds it: `Reporter: …`."""
TIE = "\x1f"
BESIDE = re.compile(r"\s*\([A-Za-z][A-Za-z ]{2,40}\)?\s*$")
"""`… (Malang)`, `… (Kontributor)`: what is said of somebody in brackets."""
MAIL = re.compile(r"\s*[(\[<]?[\w.+-]{1,60}@[\w.-]{1,60}[)\]>]?")
BEHIND_A_NAME = re.compile(r"(?<=[a-z])\s?/\s?[A-Z]{2,4}(?=\s*$)")
"""`Siti Rahmawati / YUD`: the initials of who edited it, behind the name of who wrote it."""
DATED = re.compile(
    r"(?<=[\w.)])[\s,]+(?:senin|selasa|rabu|kamis|jum(?:\W{0,2})at|sabtu|minggu|ahad)\s?[,/]?\s?\d{1,2}(?=[\s/.-]).*",
    re.IGNORECASE | re.DOTALL,
)
"""`Nurul Hidayah Kamis, 25 Maret 2021`: the date that some set on the same line, behind the name."""
DOTTED = re.compile(r"\.[A-Z]?[A-Za-z]{0,5}$")
APART = re.compile(r"\s*(?:[,;/&]|\bdan\b|\band\b)\s*")

_WORD = r"[A-Z](?:[^\W\d_]|[.'’`-])*"
NAME = re.compile(
    rf"{_WORD}(?:\s+(?:{_WORD}|bin|binti|van|de|al|el)){{0,5}}(?:,\s*[A-Z][A-Za-z.]{{1,8}}){{0,3}}"
    rf"(?:\s*(?:,|&|/|\bdan\b)\s*{_WORD}(?:\s+{_WORD}){{0,4}}){{0,3}}"
)
NO_NAMES = frozenset(
    "by oleh besar kecil normal font size ukuran a share tweet like dislike lihat foto bagikan home beranda berita news tags"
    " tag topik komentar baca juga penulis editor reporter redaksi facebook twitter whatsapp telegram copy link senin selasa"
    " rabu kamis jumat jum'at jum’at sabtu minggu ahad januari februari maret april juni juli agustus september oktober"
    " november desember nasional daerah ekonomi olahraga teknologi video indeks terkait terpopuler terkini lainnya regional"
    " kategori wartawan jurnalis koresponden".split()
)
"""Words that start labels, sections and dates around a story, and no names. `Mei` is a name, too."""


def people(printed: Iterable[str], names: frozenset[str] = frozenset()) -> list[str]:
    """The names in what is printed, once each; never a site's name (`names`, casefolded), an address or a role."""
    found: list[str] = []
    for text in printed:
        if len(text) > MOST_PRINTED or PATH.search(text):
            continue
        undated = DATED.sub("", MAIL.sub("", text))
        printed_names = _without_station(DEGREES.sub(_tied, LABEL.sub("", undated)), names)
        for piece in APART.split(BEHIND_A_NAME.sub("", printed_names)):
            name = _bare(piece.replace(TIE, ","))
            if name and name not in found and not _is_nobody(name, names):
                found.append(name)
    return found


def initials(byline: str) -> list[str]:
    """The initials of each of those who sign `abc/def`."""
    return [piece for piece in re.split("/" if "/" in byline else "-", byline) if piece and piece.casefold() not in NOBODY]


def is_name(text: str, names: frozenset[str]) -> bool:
    """Whether a text can be the name of a person, or of several, and neither the site's nor a label's."""
    plain = BESIDE.sub("", MAIL.sub("", text[:MOST_PRINTED])).strip(" ,.-–—|()•")
    words = plain.split()
    return (
        len(text) <= MOST_PRINTED
        and 0 < len(words) <= 9
        and len(plain) <= LONGEST
        and NO_NAMES.isdisjoint(plain.casefold().split())
        and bool(NAME.fullmatch(plain))
        and not _is_nobody(plain, names)
        and not is_place(plain)
    )


def _is_nobody(name: str, names: frozenset[str]) -> bool:
    plain = name.casefold()
    nobody = plain.rstrip("0123456789 ") in NOBODY or plain.startswith(NO_ONES) or plain.endswith(OF_MANY)
    return nobody or len(name) > LONGEST or bool(ADDRESS.search(name)) or is_site(name, names)


def _bare(name: str) -> str:
    bare = BESIDE.sub("", name).strip(" .-–—|()•")
    # The dot of `S.Pd.` is its own.
    return f"{bare}." if DOTTED.search(bare) and name.rstrip(" -–—|()•").endswith(f"{bare}.") else bare


def _without_station(text: str, names: frozenset[str]) -> str:
    match = STATION.match(text)
    # `Kontributor Nunung S, Tatang M` are two people.
    if not match or (match["kind"].casefold() == "kontributor" and not is_place(match["place"]) and not is_site(match["place"], names)):
        return re.sub(r"^(?:laporan\s+)?kontributor\s+(?=[A-Z])", "", text, flags=re.IGNORECASE)
    return text[match.end() :]


def _tied(degree: re.Match[str]) -> str:
    return degree[0].replace(",", TIE)
