"""Pages of a portal's theme, pressed by its rules."""

from typing import Any

from archive.records import Article
from pipelines.press import press
from pipelines.rules import Rules
from tests import builders

RULES = Rules(
    site_names=("Rakyat Bengkulu",),
    title=("h1",),
    published=("i.tanggal",),
    modified=("i.ubah",),
    body=("div.isi",),
    authors=("b.penulis",),
    editors=("b.editor",),
    image=("img@src",),
    image_caption=("u",),
)
STORY = "<p>Sumur bor di Desa Karangduwur mulai mengalir sejak Kamis.</p>"


def pressed(
    body: str = STORY, *, title: str = "Sumur Bor", head: str = "", beside: str = "", rules: Rules = RULES, **facts: Any
) -> Article:
    markup = f'<html><head>{head}</head><body><h1>{title}</h1>{beside}<div class="isi">{body}</div></body></html>'
    return press(builders.page(**{"body": markup.encode()} | facts), rules)
