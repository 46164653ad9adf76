"""A printed caption of a picture: what it says, and whom it credits."""

import re
from typing import NamedTuple

LONGEST = 1000
"""Characters of a caption that are looked at."""
_LABEL = r"(?i:foto(?:grafer)?|photo|gambar|image|ilustrasi|sumber(?:\s+(?:foto|gambar))?|kredit|credit|dok(?:umen)?(?:tasi)?|doc)"
_NAME = r"[^()\[\]\n]{2,80}"
FORMS = (
    # Hak atas foto Bayu Saputra Image caption Warga antre  ·  Sumber gambar, Bayu Keterangan gambar, Warga antre
    re.compile(rf"(?:Hak atas foto|Sumber gambar,)\s+(?P<credit>{_NAME}?)\s+(?:Image caption|Keterangan gambar,)\s+(?P<caption>[^\n]+)"),
    # Warga antre (Foto: Dok. Humas)  ·  … (Dok. Humas Pemkab)  ·  [Foto: Humas]
    re.compile(rf"(?P<caption>.*?)\s*[(\[]\s*(?:{_LABEL}\s*(?:/\s*\w+\s*)?[:：./]\s*)+(?P<credit>{_NAME}?)\s*[)\]][\s.-]*"),
    # Foto: Warga antre (Humas)
    re.compile(rf"(?i:foto|gambar)\s*[:：]\s*(?P<caption>[^\n()]{{10,}}?)\s*\((?P<credit>{_NAME}?)\)[\s.]*"),
    # Warga antre. Foto: Humas  ·  Warga antre / Foto: Humas  ·  Foto: Humas  ·  Warga antre -Foto: Humas-
    re.compile(rf"(?P<caption>.*?)[\s|/–—-]*\b(?:{_LABEL}\s*[:：]\s*)+(?:{_LABEL}\.\s*)?(?P<credit>{_NAME}?)[\s.-]*"),
    # Warga antre -dok Disway-  ·  Warga antre--Dok. Humas  ·  Warga antre--
    re.compile(rf"(?P<caption>.*?)\s*(?:--|—|(?<=[\s.”)])-)\s*(?:{_LABEL}\b\.?\s*)(?P<credit>{_NAME}?)[\s.-]*"),
    re.compile(r"(?P<caption>.+?)\s*--\s*(?P<credit>)"),
    # Dok. Humas
    re.compile(rf"(?P<caption>){_LABEL}\.\s*(?P<credit>{_NAME}?)[\s.-]*"),
    # Warga antre (ANTARA FOTO/Bayu)  ·  … (Kabar Serayu)  ·  … (IST)
    re.compile(
        rf"(?P<caption>.*?)\s*[(\[]\s*(?P<credit>[A-Z]{_NAME}/{_NAME}?|[A-Z][\w.]*(?:\s+[A-Z][\w.]*){{0,4}}|ist(?:imewa)?)\s*[)\]][\s.]*"
    ),
    # Kabarsala/Dok - Warga antre
    re.compile(r"(?P<credit>[A-Z][\w.]{1,30}/[A-Z][\w. ]{1,30}?)\s+[-–]\s+(?P<caption>.{10,})"),
    # Warga antre. Foto/KABAR/Bayu · … ./Kabar-Bayu
    re.compile(r"(?P<caption>.+?[.)])\s*(?:(?i:foto)\s*)?/\s*(?P<credit>[A-Z][\w.]{1,30}(?:[/-][\w .]{1,40})?)"),
    # Warga antre. Kabar-Bayu Saputra · … . Kabar/Bayu
    re.compile(r"(?P<caption>.+?[.)])\s+(?P<credit>[A-Z][\w.]{1,30}[/-][A-Z][\w .]{1,40})"),
    # Warga antre / ©Kabar  ·  ANTARA/Bayu
    re.compile(r"(?P<caption>.*?)[\s/|]*©\s*(?:\d{4}\s+)?(?P<credit>[^\n]{2,80})"),
    re.compile(r"(?P<caption>)(?P<credit>[A-Z][\w. ]{1,40}/[A-Z][\w. ]{1,40})"),
)


AROUND = re.compile(r"\s*(?:Lihat Foto|Perbesar(?: Gambar)?)(?=\s*(?:[(\[]|$))|^Keterangan(?: (?i:gambar|foto))?\s*[:：]\s*")
"""What a caption carries to be pressed, and what calls it one."""


class Caption(NamedTuple):
    """What a caption says; each part None where it is not printed."""

    text: str | None
    credit: str | None


def credit_of(printed: str | None) -> str | None:
    """Whom a credit that stands apart from its caption names: `Foto: Dok. Humas`, `Humas`."""
    if not printed:
        return None
    caption, credit = read(printed)
    return credit or caption


def read(printed: str) -> Caption:
    """The caption and the credit in what is printed below a picture.

    >>> read("Warga mengantre air bersih (Foto: Dok. Humas Pemkab)")
    Caption(text='Warga mengantre air bersih', credit='Humas Pemkab')
    """
    if len(printed) <= LONGEST:
        printed = AROUND.sub(" ", printed).strip()
    for form in FORMS if len(printed) <= LONGEST else ():
        if match := form.fullmatch(printed):
            return Caption(match["caption"].strip(" /|–—") or None, match["credit"].strip(" .-–—") or None)
    return Caption(printed or None, None)
