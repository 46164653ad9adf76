"""The forms in which portals print dates, as a table: one row a form, each with an example; and the lexer made of it.

The lexer cuts a folded text into tokens and gives each a kind, one letter, so that a text has a *shape*:
"Kamis, 25 Maret 2021 | 14:05 WIB" is `WkDsTZ`. Which shapes are dates is for `pipelines.dates` to say; here is what their parts look like.

Kinds: `D` date, `d` date without year, `E` date and time in one, `T` time, `Z` zone, `W` weekday, `R` time ago, `r` today or yesterday,
`H` Hijri date, `P` published label, `U` updated label, `B` byline label, `O` preposition, `C` section preposition, `V` counts and badges,
`N` word of a name, `s` strong separator, `k` weak separator, `c` colon, `f` slash, `X` anything else.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.date_parts import Parts
from pipelines.date_words import (
    BADGES,
    BYLINE,
    COUNTED,
    COUNTS,
    DAY_WORDS,
    DAYPARTS,
    HIJRI_MONTHS,
    MONTHS,
    PASARAN,
    PLACED,
    PUBLISHED,
    ROLES,
    SECTION,
    UNITS,
    UPDATED,
    WEEKDAYS,
    ZONES,
)


class Form(NamedTuple):
    """One way of printing one part of a date. `reads` is what `example` gives at `EXAMPLE_NOW` in Asia/Jakarta, "" where it is refused."""

    kind: str
    pattern: str
    example: str
    reads: str


EXAMPLE_NOW = "2021-03-25T15:00:00+07:00"


def _any(words: Iterable[str]) -> str:
    """A pattern for the longest of the words that fits; letter by letter, because a plain alternation takes the lexer twice as long."""
    after: dict[str, list[str]] = {}
    words = set(words)
    for word in sorted(words - {""}):
        after.setdefault(word[0], []).append(word[1:])
    branches = "|".join(re.escape(letter) + (_any(rest) if rest != [""] else "") for letter, rest in after.items())
    return f"(?:{branches}){'?' if '' in words else ''}"


_END = r"(?![^\W\d_])"  # no letter follows; a digit may: "WIB14:05"
_STOP = r"(?![0-9]|[:.][0-9])"

# Days.
_GAP = r" ?[-/.,]? ?"
_DAY, _MONTH = r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})"
_LOOSE = r"(?P<loose>[0-9]{1,2})"  # the month, if the day comes first, as is the custom
_NTH = r"(?:st|nd|rd|th)?"
_NAME = rf"(?P<name>{_any(MONTHS)}){_END}\.?"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"
# Themes print the day of the change directly behind that of the story: "14 Maret 202115 Maret 2021".
_GLUED_YEAR = rf"(?P<year>[0-9]{{4}})(?![0-9](?![0-9]? {_any(MONTHS)}{_END} [0-9]{{4}}(?![0-9])))"
_NOT_YEAR = _any(["am", "pm", *ZONES, *DAYPARTS, *UNITS, *COUNTED])  # "25 Maret 21 WIB", "25 Maret 12 Komentar"
_SHORT = rf"(?P<short>[0-9]{{2}}){_STOP}(?!\.\.| ?{_NOT_YEAR}{_END})"
_MASEHI = rf"(?: ?m(?:asehi)?{_END})?"
_T = r"(?![0-9])(?: ?t ?(?=[0-9]))?"  # the T of ISO 8601, seen after other orders too
_COMPACT = r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_PUKUL = r"(?:pukul|pkl|pk|jam)[ .:]{0,3}"
_NEAR_DATE = rf"(?=[^\w]{{0,5}}(?:[0-9]|$|{_any(['pukul', 'pkl', 'jam', 'tanggal', 'tgl', *MONTHS])}{_END}))"
_WEEKDAY = rf"(?P<weekday>{_any(WEEKDAYS)}|jum[ua]?[^a-z0-9]{{0,3}}a?at){_END}\.?(?:[ ,(-]{{1,2}}{_any(PASARAN)}{_END})?{_NEAR_DATE}"
_HIJRI = f"(?:{'|'.join(HIJRI_MONTHS)}){_END}"
_ERA = rf" ?h(?:ijri(?:y?ah)?)?\.?{_END}"

# Times.
_HOUR, _MINUTE, _SECOND = r"(?P<hour>[0-9]{1,2})", r"(?P<minute>[0-9]{2})", r"(?P<second>[0-9]{2})"
_HM = rf"{_HOUR}(?: ?: ?|\.){_MINUTE}"
_S = rf"[:.]{_SECOND}(?:[.,][0-9]{{1,9}}(?![0-9]))?"
_HALF, _PART = rf"(?P<half>[ap]\.?m\.?){_END}", rf"(?P<part>{_any(DAYPARTS)}){_END}"
_LATER = rf"(?: ?{_HALF})?(?: ?{_PART})?"
_PLUS = r"(?:\+|%2b) ?(?:[0-9]{2}(?::?[0-9]{2})?|[0-9]:[0-9]{2})"
_EAST = rf"(?: ?(?P<offset>z|{_PLUS})(?![:.]?[0-9]){_END})?"  # a minus between bare times is a range
_OFFSET = rf"(?: ?(?P<offset>z|{_PLUS}|-[0-9]{{2}}(?::?[0-9]{{2}})?|(?<= )0[789]:?00)(?![:.]?[0-9]){_END})?"
_GMT = r"(?:gmt|utc)(?: (?=\+))?(?P<offset>(?:\+ ?|-)[0-9]{1,2}(?:[:.]?[0-9]{2})?)(?![0-9])"
_COMPACT_TIME = rf"{_COMPACT}[t_ ]?(?P<hour>[0-9]{{2}}){_MINUTE}(?:{_SECOND})?(?![0-9]){_OFFSET}"
_DASHED_TIME = rf"{_YEAR}-{_MONTH}-{_DAY}[t_]{_HOUR}-{_MINUTE}-{_SECOND}(?![0-9]){_OFFSET}"
_ASCTIME = rf"{_NAME} {{0,2}}{_DAY},? {_HM}:{_SECOND} (?:(?P<mark>{_any(ZONES)}) )?{_YEAR}"

# Time gone since.
_UNIT = rf"(?P<unit%d>{_any(UNITS)}){_END}"
_NUMBER_OF = rf"(?P<count%d>[0-9]{{1,4}}) ?{_UNIT}"
_WORD_OF = rf"(?:about )?(?P<count%d>{_any(COUNTS.keys() - {'se'})} |se|setengah |half an ){_UNIT}"
_AGO = rf"(?:(?:,| dan| and)? {_NUMBER_OF % (2, 2)})?,? (?:(?:yang|yg) )?(?:lalu|silam|ago){_END}"

# Numbers that are no date, and words.
_COUNT = rf"(?![0-9]{{1,2}}\.[0-5][0-9](?![0-9]))[0-9][0-9.,]{{0,12}}(?: ?(?:k|rb|ribu|jt|juta){_END})?"  # "14.05 views" may be a time
_COUNT_BEFORE = rf"{_COUNT} ?{_any(COUNTED)}{_END}(?: di(?:baca|lihat){_END})?(?! ?:? ?[0-9])"
_COUNT_AFTER = rf"(?!x|kali){_any(COUNTED)}{_END}[ :]{{0,3}}{_COUNT}(?![0-9:/-])(?: ?(?:kali|x|views?|orang){_END})?"
_MINUTES = rf"[0-9]{{1,3}} ?(?:menit|mnt|minutes?|mins?|detik){_END}"
_READ_BEFORE = rf"{_MINUTES} (?:waktu )?(?:baca|membaca|dibaca|read|reading){_END}(?: time)?"
_READ_AFTER = rf"(?:(?:(?:waktu|durasi|estimasi|lama) |di)?baca|reading time){_END}(?: normal)?[ :]{{0,3}}{_MINUTES}(?: read{_END})?"
_ROLE = (
    rf"{_any(ROLES)}{_END}(?![0-9])(?=[ ,|-]{{0,3}}(?:[0-9]|$|{_any([*MONTHS, *WEEKDAYS, *PUBLISHED, *UPDATED, *PLACED, *BADGES])}{_END}))"
)
_PUBLISHED_BY = rf"{_any(PUBLISHED)} (?:oleh|by){_END}"
_COPYRIGHT = r"copyright ?(?:©|\(c\)) ?[a-z]{3,20} (?:19|20)[0-9]{2}$"
_HASHTAG = r"#[^#,|:/]{1,60}(?=,|#|$)"
_HOST = rf"[a-z][a-z0-9-]{{1,40}}\.(?:(?:co|or|go|web|my)\.)?(?:com|id|net|org|co|info|news|tv){_END}(?!\.?[a-z0-9])"
_WORD = r"[^\W\d_][^\W\d_.'_]{0,40}(?:(?<=[^\W\d_])[0-9]{1,4}(?:\.[a-z]{2,4}){0,2})?(?!\w)"  # also "Admin2", "Kebumen24.com"

# In each group the longer and the stricter come first where two forms begin alike.
_WITH_DIGIT = (
    Form("V", _READ_BEFORE, "3 menit baca | Kamis, 25 Maret 2021", "2021-03-25"),
    Form("V", _COUNT_BEFORE, "25 Maret 2021 | 1.234 kali dibaca", "2021-03-25"),
    Form("R", _NUMBER_OF % (1, 1) + _AGO, "1 hari 3 jam yang lalu", "2021-03-24T12:00+07:00"),
    Form("H", rf"[0-9]{{1,2}} ?{_HIJRI}(?:,? ?[0-9]{{4}}(?![0-9]))?(?:{_ERA})?", "25 Maret 2021 M / 11 Sya'ban 1442 H", "2021-03-25"),
    Form("H", rf"1[34][0-9]{{2}}{_ERA}", "25 Maret 2021 (1442 H)", "2021-03-25"),
    Form("E", r"(?P<epoch>1[0-9]{9})(?:[0-9]{3})?(?![0-9])", "1616655900", "2021-03-25T14:05:00+07:00"),
    Form("E", _COMPACT_TIME, "20210325140500", "2021-03-25T14:05:00+07:00"),
    Form("D", f"{_COMPACT}{_T}", "20210325", "2021-03-25"),
    Form("E", _DASHED_TIME, "2021-03-25T06-05-09Z", "2021-03-25T06:05:09+00:00"),
    Form("D", f"{_YEAR}-{_MONTH}-{_DAY}{_T}", "2021-03-25T14:05:00+07:00", "2021-03-25T14:05:00+07:00"),
    Form("D", f"{_YEAR}/{_MONTH}/{_DAY}{_T}", "2021/03/25 14:05", "2021-03-25T14:05+07:00"),
    Form("D", rf"{_YEAR}\.{_MONTH}\.{_DAY}{_T}", "2021.03.25", "2021-03-25"),
    Form("D", rf"{_DAY}(?:st|nd|rd|th) of {_NAME}{_GAP}{_YEAR}", "22nd of August 2018", "2018-08-22"),
    Form("D", f"{_DAY}{_NTH}{_GAP}{_NAME}{_GAP}{_GLUED_YEAR}{_MASEHI}", "Kamis, 25 Maret 2021 13:45 WIB", "2021-03-25T13:45+07:00"),
    Form("D", f"{_DAY}{_GAP}{_NAME}(?: ?'|[-/ ]){_SHORT}", "25-Mar-21", "2021-03-25"),
    Form("D", rf"{_YEAR}[ ,/-]{{1,2}}{_NAME}[ /-]{_DAY}{_STOP}", "2021 Maret 25", "2021-03-25"),
    Form("D", f"{_DAY} ?/ ?{_LOOSE} ?/ ?{_YEAR}{_T}", "Kamis (25/3/2021)", "2021-03-25"),
    Form("D", f"{_DAY} ?- ?{_LOOSE} ?- ?{_YEAR}{_T}", "Kamis 25-03-2021,10:07 WIB", "2021-03-25T10:07+07:00"),
    Form("D", rf"{_DAY}\. ?{_LOOSE}\. ?{_YEAR}{_T}", "25.03.2021 14.05", "2021-03-25T14:05+07:00"),
    Form("D", f"{_DAY}/{_LOOSE}/{_SHORT}", "25/3/21", "2021-03-25"),
    Form("d", f"{_DAY}/{_LOOSE}(?![0-9/]|[-.:][0-9])", "Rabu (24/3)", "2021-03-24"),
    Form("d", f"{_DAY} ?{_NAME}(?![ ,/-]{{0,2}}[0-9]{{4}})", "Rabu, 24 Maret 14:05 WIB", "2021-03-24T14:05+07:00"),
    Form("T", f"{_HM}{_S}{_STOP}{_LATER}{_OFFSET}", "Thu, 25 Mar 2021 14:05:09 +0700", "2021-03-25T14:05:09+07:00"),
    Form("T", f"{_HM}{_STOP}{_LATER}{_EAST}", "25 Maret 2021 08.30 malam", "2021-03-25T20:30+07:00"),
    Form("T", f"{_HOUR} ?(?:{_HALF}|{_PART})", "25 Maret 2021, 7 pagi", "2021-03-25T07:00+07:00"),
)
_WITH_LETTER = (
    Form("R", _WORD_OF % (1, 1) + _AGO, "setengah jam lalu", "2021-03-25T14:30+07:00"),
    Form("r", f"(?P<today>{_any(DAY_WORDS)}){_END}", "Kemarin, 16.20", "2021-03-24T16:20+07:00"),
    Form("T", f"{_PUKUL}{_HM}(?:{_S})?{_STOP}{_LATER}{_EAST}", "25 Maret 2021 Pkl. 14:05", "2021-03-25T14:05+07:00"),
    Form("T", f"{_PUKUL}{_HOUR}{_STOP}{_LATER}", "25 Maret 2021 pukul 14 WIB", "2021-03-25T14:00+07:00"),
    Form("W", _WEEKDAY, "Jum`at Legi, 19 Maret 2021", "2021-03-19"),
    Form("Z", _GMT, "25 Maret 2021 14:05 GMT+7", "2021-03-25T14:05+07:00"),
    Form("Z", f"(?P<mark>{_any(ZONES)}){_END}", "25 Maret 2021 14:05 WITA", "2021-03-25T14:05+08:00"),
    Form("E", _ASCTIME, "Thu Mar 25 14:05:00 WIB 2021", "2021-03-25T14:05:00+07:00"),
    Form("D", rf"{_NAME}[ ,/-]{{1,2}}{_DAY}{_NTH}(?:, ?| |[-/]){_YEAR}", "Maret 25, 2021", "2021-03-25"),
    Form("H", f"{_HIJRI} 1[34][0-9]{{2}}{_ERA}", "25 Maret 2021 (Sya'ban 1442 H)", "2021-03-25"),
    Form("V", _READ_AFTER, "25 Maret 2021, Waktu baca: 3 menit", "2021-03-25"),
    Form("V", _COUNT_AFTER, "25 Maret 2021 - Dibaca: 98 kali", "2021-03-25"),
    Form("V", f"{_any(BADGES)}{_END}", "Sedang Trending 1 jam yang lalu", "2021-03-25T14:00+07:00"),
    Form("C", f"{_any(SECTION)}{_END}", "25 Maret 2021 in Berita", "2021-03-25"),
    Form("V", _ROLE, "Redaksi Posted on 25 Maret 2021", "2021-03-25"),
    Form("V", _COPYRIGHT, "25 Maret 2021 14:05 WIB COPYRIGHT © ANTARA 2021", "2021-03-25T14:05+07:00"),
    Form("B", _PUBLISHED_BY, "Diposting oleh Rahmat | 25 Maret 2021", "2021-03-25"),
    Form("B", f"{_any(BYLINE)}{_END}", "Editor: Rahmat | 25 Maret 2021", "2021-03-25"),
    Form("U", f"{_any(UPDATED)}{_END}", "Diperbarui: 25 Maret 2021", "2021-03-25"),
    Form("P", f"{_any(PUBLISHED)}{_END}", "Diterbitkan: Kamis, 25 Maret 2021", "2021-03-25"),
    Form("O", f"{_any(PLACED)}{_END}", "pada Kamis, 25 Maret 2021", "2021-03-25"),
    Form("N", _HOST, "Kebumen24.com | 25 Maret 2021", "2021-03-25"),
    Form("N", _WORD, "Mei Lestari, 5/1/2021 09:00", "2021-01-05T09:00+07:00"),
)
_WITH_SIGN = (
    Form("V", _HASHTAG, "By admin Mar 25, 2021 #Bupati, #HUT RI ke 78", "2021-03-25"),
    Form("s", r"(?<= )/(?= )|[-~|()\[\]<>;*\"_@&]{1,4}", "Kompas.com - 25/03/2021, 14:05 WIB", "2021-03-25T14:05+07:00"),
    Form("k", r"[,.']{1,3}", "Kamis,25 Maret 2021 .", "2021-03-25"),
    Form("c", r":", "Tanggal : 25 Maret 2021", "2021-03-25"),
    Form("f", r"/", "Kamis/25 Maret 2021", "2021-03-25"),
)
_REST = (Form("X", r"[0-9]+|[^ ]", "UU No. 12 Tahun 2011", ""),)
FORMS = _WITH_DIGIT + _WITH_LETTER + _WITH_SIGN + _REST


def _lexer(*groups: tuple[str, tuple[Form, ...]]) -> re.Pattern[str]:
    """One pattern of all rows, tried group by group where its lead fits; `lastindex` of a match is the row's place in FORMS, from 1."""
    return re.compile("|".join(f"{lead}(?:{'|'.join(map(_unnamed, forms))})" for lead, forms in groups))


def _unnamed(form: Form) -> str:
    return "(" + re.sub(r"\(\?P<[a-z0-9]+>", "(?:", form.pattern) + ")"


_LEXER = _lexer(("(?=[0-9])", _WITH_DIGIT), (r"(?=[^\W\d_])", _WITH_LETTER), ("", _WITH_SIGN), ("", _REST))
# Groups are counted from 1, and so are these.
_KINDS = "X" + "".join(form.kind for form in FORMS)
_PATTERNS = tuple(re.compile(form.pattern) for form in (*_REST, *FORMS))


def lex(text: str) -> tuple[str, list[re.Match[str]]]:
    """The shape of a folded, lower-case text, and its tokens: one letter a token. Every character but a space is in one."""
    tokens = list(_LEXER.finditer(text))
    return "".join([_KINDS[token.lastindex or 0] for token in tokens]), tokens


def parts_of(token: re.Match[str]) -> Parts:
    """The named groups of the token's row, as far as they are printed."""
    match = _PATTERNS[token.lastindex or 0].match(token.string, token.start())
    return {name: value for name, value in match.groupdict().items() if value} if match else {}
