"""The forms of dates that `pipelines/date_forms.py` reads, as Markdown, each with its own example and what comes of it."""

from datetime import datetime

from archive.records import Stamp
from pipelines.date_forms import EXAMPLE_NOW, FORMS
from pipelines.dates import parse

KINDS = {
    "D": "day",
    "d": "day without its year",
    "E": "day and time",
    "T": "time",
    "Z": "zone",
    "W": "weekday",
    "R": "time ago",
    "r": "today or yesterday",
    "H": "Hijri date beside it",
    "P": "label of publication",
    "U": "label of a change",
    "B": "label of a name",
    "O": "preposition",
    "C": "preposition of a section",
    "V": "count or badge beside it",
    "N": "name beside it",
    "s": "separator",
    "k": "weak separator",
    "c": "colon",
    "f": "slash",
    "X": "anything else",
}
REFUSED = {
    "Maret 2021": "a month is no day",
    "Kamis, 14:05 WIB": "nor is a weekday",
    "3 menit baca": "how long it takes to read",
    "1.234 kali dibaca": "how often it was read",
    "UU No. 12 Tahun 2011": "a law",
    "Halaman 3": "a page",
    "11 Sya'ban 1442 H": "a Hijri date alone",
    "20–25 Maret 2021": "a range",
    "31 Februari 2021": "no such day",
    "0000-00-00 00:00:00": "a field that is empty",
    "1970-01-01": "an empty field too",
    "28 Maret 2021": "more than 24 hours ahead",
    "Senin, 3/4/2021": "day first it was a Saturday, month first a Thursday",
    "IMG-20210325-WA0041": "the name of a file",
    "Acara 25 Maret 2021 di Gedung DPRD": "when and where something happens",
}


def read(raw: str) -> Stamp | None:
    """What a portal in WIB meant by a string at the moment of the examples."""
    return parse(raw, zone="Asia/Jakarta", now=datetime.fromisoformat(EXAMPLE_NOW))


def _code(text: str) -> str:
    """A string as code in a cell of a table."""
    text = text.replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def main() -> None:
    """Print both tables."""
    print("| what a row reads | for example | which is |\n| --- | --- | --- |")
    for form in FORMS:
        stamp = read(form.example)
        told = f"`{stamp.iso}`, {stamp.precision}" if stamp else "refused"
        print(f"| {KINDS[form.kind]} | {_code(form.example)} | {told} |")
    print("\n| refused | because |\n| --- | --- |")
    for raw, why in REFUSED.items():
        stamp = read(raw)
        print(f"| {_code(raw)} | {f'read as {stamp.iso} after all' if stamp else why} |")


if __name__ == "__main__":
    main()
