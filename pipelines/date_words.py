"""The words of printed dates: months, weekdays, zones, labels and what stands around a date, in the spellings that portals use."""

from collections.abc import Collection
from datetime import timedelta

# Folded to lower case; misspellings are here because they were seen or follow from how the word is said.
_MONTH_SPELLINGS = (
    "januari january janueri januri jan",
    "februari february febuari febuary februri pebruari pebuari pebruary febr pebr feb peb",
    "maret march mrt mar",
    "april aprl apr",
    "mei may mey",
    "juni june jun",
    "juli july jul",
    "agustus augustus august agutus agustu agust agus agst agts agt agu ags aug",
    "september septembr sepember setember sept sep spt",
    "oktober october oktobr okt oct",
    "november nopember novembr nov nop",
    "desember december desembr desmber dec des",
)
MONTHS = {word: number for number, words in enumerate(_MONTH_SPELLINGS, 1) for word in words.split()}

# Monday is 0, as in datetime.date.weekday(); the apostrophes of Jum'at are the pattern's business.
_WEEKDAY_SPELLINGS = (
    "senin senen monday mon sen snn",
    "selasa tuesday tues tue sel sls",
    "rabu wednesday wed rab rbu",
    "kamis thursday thurs thur thu kam kms",
    "jumat jumaat friday fri jum jmt",
    "sabtu saturday sat sab sbt",
    "minggu ahad sunday sun min mgg ahd",
)
WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAY_SPELLINGS) for word in words.split()}

# The five days of the Javanese market week; with the weekday they make the weton.
PASARAN = ("legi", "manis", "pahing", "paing", "pon", "wage", "kliwon")

# Patterns, not words: no two portals transcribe these alike.
HIJRI_MONTHS = (
    "muharr?am",
    "s[hy]?afar",
    "rabi'?[ -]?u(?:l|ts)[ -]?(?:aww?al|akhir|ts?ani)",
    "jumad[aiy][ls]?[ -]?(?:aww?al|ula|akhir(?:ah)?)",
    "jumadit?s[ -]?ts?ani(?:yah)?",
    "rajab",
    "s[yh]*a'?ban",
    "r[ao]madh?[ao]n",
    "s[yh]+aww?al",
    "(?:dz|dh|zh|z)ul[ -]?[qk][ao]'?i?'?dah?",
    "(?:dz|dh|zh|z)ul[ -]?hijj?ah?",
)

ZONES = {
    "wib": timedelta(hours=7),
    "wita": timedelta(hours=8),
    "wit": timedelta(hours=9),
    "wp": timedelta(hours=9),
    "waktu indonesia barat": timedelta(hours=7),
    "waktu indonesia tengah": timedelta(hours=8),
    "waktu indonesia timur": timedelta(hours=9),
    "waktu indonesia bagian barat": timedelta(hours=7),
    "waktu indonesia bagian tengah": timedelta(hours=8),
    "waktu indonesia bagian timur": timedelta(hours=9),
    "waktu papua": timedelta(hours=9),
    "waktu jakarta": timedelta(hours=7),
    "waktu makassar": timedelta(hours=8),
    "waktu jayapura": timedelta(hours=9),
    "w.i.b": timedelta(hours=7),
    "w.i.t.a": timedelta(hours=8),
    "w.i.t": timedelta(hours=9),
    "western indonesia time": timedelta(hours=7),
    "central indonesia time": timedelta(hours=8),
    "eastern indonesia time": timedelta(hours=9),
    "indochina time": timedelta(hours=7),
    "asia/jakarta": timedelta(hours=7),
    "asia/pontianak": timedelta(hours=7),
    "asia/makassar": timedelta(hours=8),
    "asia/jayapura": timedelta(hours=9),
    "gmt": timedelta(0),
    "utc": timedelta(0),
}

# Hours of the 24-hour clock that the word allows, and those of the 12-hour clock that it moves to the afternoon.
# "2 malam" is in neither: it may be the night before or after, so no hour can be told.
DAYPARTS: dict[str, tuple[Collection[int], Collection[int]]] = {
    "dini hari": (range(6), range(0)),
    "subuh": (range(3, 7), range(0)),
    "pagi": (range(12), range(0)),
    "siang": (range(10, 16), range(1, 4)),
    "sore": (range(15, 20), range(3, 7)),
    "petang": (range(15, 20), range(3, 7)),
    "malam": ((0, *range(18, 24)), range(6, 12)),
}

UNITS = {
    **dict.fromkeys(("detik", "dtk", "seconds", "second", "secs", "sec"), "second"),
    **dict.fromkeys(("menit", "mnt", "minutes", "minute", "mins", "min"), "minute"),
    **dict.fromkeys(("jam", "hours", "hour", "hrs", "hr", "h"), "hour"),
    **dict.fromkeys(("hari", "days", "day"), "day"),
    **dict.fromkeys(("minggu", "pekan", "weeks", "week"), "week"),
    **dict.fromkeys(("bulan", "bln", "months", "month"), "month"),
    **dict.fromkeys(("tahun", "thn", "years", "year"), "year"),
}
_COUNTS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh", "one two three four five six seven eight nine ten"
COUNTS = {word: number for words in _COUNTS for number, word in enumerate(words.split(), 1)} | {"se": 1, "a": 1, "an": 1}

# Days back from today.
DAY_WORDS = {"hari ini": 0, "today": 0, "kemarin": 1, "kemaren": 1, "yesterday": 1}

# What says that the date after (or before) it is the publication.
PUBLISHED = [
    "first published",
    "post published",
    "pertama tayang",
    "submitted",
    "waktu tayang",
    "waktu terbit",
    "waktu publish",
    "waktu publikasi",
    *"diterbitkan terbitkan terbit tayang ditayangkan dipublikasikan publikasikan publikasi dipublish dipublis publish published".split(),
    *"diposting diposkan dipost dipos posting posted post diunggah unggah diupload upload uploaded dimuat dikirim ditulis written".split(),
    *"dibuat created dirilis rilis released release".split(),
]

UPDATED = [
    "terakhir diperbarui",
    "terakhir diperbaharui",
    "terakhir diupdate",
    "terakhir di-update",
    "terakhir diubah",
    "terakhir update",
    "pembaruan terakhir",
    "update terakhir",
    "update terbaru",
    "last updated",
    "last update",
    "last modified",
    "disunting kembali",
    "dimutakhirkan",
    "pemutakhiran",
    *"diperbarui diperbaharui diperbaiki diupdate di-update pembaruan update updated diubah direvisi modified diedit edited".split(),
]

# What says that a name follows.
BYLINE = [
    "label",
    "post author",
    "post category",
    "disunting oleh",
    "diedit oleh",
    "laporan wartawan",
    "laporan reporter",
    "laporan",
    "edited by",
    *"oleh by editor penulis reporter pewarta jurnalis wartawan kontributor redaktur author penyunting uploader publisher".split(),
    *"fotografer foto rep red sumber source kategori category rubrik kanal tag".split(),
]

# Who stands for an unsigned story. Directly before a label or a date this is no sentence, as "Perda diterbitkan …" is one.
ROLES = ["tim redaksi", *"redaksi redaktur admin administrator editor penulis operator unknown".split()]

PLACED = "pada on at di tanggal tgl date dated hari".split()

# What says, after a date, that a section of the portal follows.
SECTION = ("in", "under", "posted in")

# Buttons and badges beside a date.
BADGES = [
    "sedang trending",
    "send an email",
    "kirim email",
    "leave a comment",
    "tinggalkan komentar",
    "post comments",
    "less than a minute",
    "baru",
    "berita terkini",
    "berita terbaru",
    "breaking news",
    "tidak ada komentar",
    "belum ada komentar",
    "no comments",
    "no comment",
    "copy link",
    "salin tautan",
    "batalkan",
    "a a a",
    *"trending terpopuler terkini terbaru headline bagikan share cetak print komentar facebook twitter whatsapp telegram".split(),
]

COUNTED = (
    "views view kali x dibaca pembaca viewer viewers hits hit dilihat tayangan komentar comments comment shares share likes like suka"
).split()

# With one of these beside it a date is not the publication: an event, a limit, a document, a birth.
NOT_NAMES = frozenset(
    "lahir wafat meninggal ttl usia umur sidang kejadian peristiwa jadwal agenda acara kegiatan event pelaksanaan pendaftaran libur cuti "
    "hut berlaku hingga sampai selesai sejak mulai dimulai dari ke per batas akhir berakhir terakhir deadline tenggat jatuh tempo periode "
    "masa kedaluwarsa kadaluarsa expired exp estimasi target s.d s.d. sd until till since from to between now present sekarang "
    "besok lusa nanti tadi mendatang depan lalu lagi menjelang sebelum sesudah setelah setiap tiap ini itu sekitar beberapa kurang lebih "
    "thn tahun bulan hari malam pagi siang sore petang dini subuh pukul jam menit detik hijriah hijriyah masehi "
    "edisi nomor no no. uu perda perpres permen pp sk pasal ayat bab halaman hal hal. page volume vol vol. versi version "
    "rp rp. idr rt rw telp telepon hp wa nik npwp copyright hak arsip archive archives invalid nan tayangan".split()
)

# Words of a name that need no capital.
PARTICLES = frozenset("bin binti van de der al el dan and the".split())
