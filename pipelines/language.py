"""Whether a text is in Indonesian or a language of Indonesia's regions, told by the small words that every sentence needs."""

import re
from itertools import islice

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
READ = 200
"""Words of a text that are looked at."""
FEWEST = 40
"""Words with which a text can be judged."""
SHARE = 0.06
"""Share of small words from which a text is in one of the languages; a tenth to a quarter in Indonesian news, a hundredth in English."""

INDONESIAN = frozenset(
    "yang dan di ke dari untuk dengan pada ini itu dalam tidak akan juga oleh karena ada para bisa mereka saat telah"
    " sudah kata menjadi atau sebagai tersebut ia dia kami kita saya lebih agar bagi seperti hingga sampai secara antara"
    " namun masih hanya adalah bahwa tak dapat lalu sementara setelah sebelum ketika kepada terhadap selain atas bukan"
    " belum lagi pun nya sebuah seorang banyak semua hal maka jika".split()
)
REGIONAL = {
    "Javanese": (
        "kang lan ing sing ora wis karo kanggo iki iku uga saka marang bakal ana wong amarga nanging yaiku dadi bisa isih"
        " mung supaya kudu punika ingkang saking dados badhe sampun wonten mboten menika kaliyan dhateng"
    ),
    "Sundanese": (
        "nu jeung ka teu ieu eta dina ti pikeun ku geus oge aya bakal urang ogé éta anu sareng kana tina henteu nya mah téh"
        " teh deui ngan ayeuna lamun ari naon"
    ),
    "Minangkabau": "nan jo indak ko itu ka dek urang ado lah alah sarato kapado dalam jadi bisa tu nyo pulo",
    "Banjar": "nang wan kada ngitu ngini gasan lawan haja jua sudah urang bubuhan ulun",
    "Balinese": "sane ring miwah lan ane teken sajeroning puniki punika nenten ipun antuk kadi taler ento ene",
    "Madurese": "ban dari areya rowa ta' bakal oreng padhana kaangguy",
    "Acehnese": "nyang ngon bak u nyan nyoe hana ka lam ureueng keu teuma",
}
SMALL = INDONESIAN.union(*(words.split() for words in REGIONAL.values()))


def share(text: str) -> float | None:
    """Share of small words of these languages among a text's words, 0 to 1; None where it has too few to tell."""
    words = [match[0] for match in islice(WORD.finditer(text.casefold()), READ)]
    return sum(word in SMALL for word in words) / len(words) if len(words) >= FEWEST else None


def is_local(text: str) -> bool:
    """Whether a text is in one of them, as far as it can be told."""
    found = share(text)
    return found is None or found >= SHARE
