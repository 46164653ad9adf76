"""A labelled page and a reading that is right, for the tests of the bench; a test names only what it changes."""

import gzip
import json
from pathlib import Path
from typing import Any

from bench.pages import Label, Reading, read_labels
from bench.scores import MEASURES
from tests.builders import page

STORY = ("Warga Mirit menunggu air bersih sejak Senin pagi.", "Sumur desa kering, kata Camat.")
LABEL = Label(
    name="contoh",
    page=page(),
    title="Sumur “Desa” Mirit Kering",
    body=STORY,
    published="2021-03-25T06:30:00+07:00",
    authors=("Tri Lestari",),
    editors=("AG",),
    dateline="KEBUMEN, Kabar Serayu –",
    without=("Baca Juga: Pasar Pagi Pindah", "***", "Sumur desa kering"),
    keep=("menunggu air bersih", "kata Camat"),
)
RIGHT = Reading(
    title='Sumur "Desa" Mirit Kering',
    body="\n\n".join(STORY),
    published="2021-03-24T23:30:59Z",
    authors=("Tri  Lestari",),
    editors=("ag",),
)
BEST = {measure.name: None if measure.of_refusals else 0.0 if measure.less else 1.0 for measure in MEASURES}

ARTICLE = {
    "title": "Air Surut",
    "body": ["satu dua tiga empat lima enam tujuh", "delapan sembilan"],
    "published": ["2021-03-25", "day", "25/3/2021", "visible"],
    "authors": ["saf"],
    "editors": [],
    "removed": [["dateline", "KEBUMEN -"], ["closing", "(saf)"]],
}
ABOUT = {"url": "https://kabarserayu.com/2021/03/air.html", "site_names": ["Kabar Serayu"], "zone": "Asia/Makassar"}


def label_in(folder: Path, name: str, told: dict[str, Any]) -> Label:
    """A label as it is read from a folder."""
    (folder / f"{name}.html.gz").write_bytes(gzip.compress(b"<p>Air surut."))
    (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    (label,) = read_labels(folder)
    return label
