"""What the tests of datelines, credits and closings share: a story of one portal, and what is taken off it."""

from archive.records import Removed
from pipelines.bylines import Credits, take
from pipelines.paragraphs import Paragraph, Told

SITE = frozenset({"kebumenekspres.com", "kebumenekspres", "radar bogor", "ekspres", "bengkulu"})
STORY = "Kabar gembira untuk warga desa."


def taken(*texts: str, lead: str = "") -> tuple[list[str], list[tuple[str, str]], Credits]:
    """What is left of a story, what was removed, and what that said."""
    first, *further = texts
    told: list[Told] = [Paragraph(text=first, lead=lead), *(Paragraph(text=text) for text in further)]
    left, noted = take(told, SITE)
    return (
        [one.text for one in left if isinstance(one, Paragraph)],
        [(one.rule, one.text) for one in left if isinstance(one, Removed)],
        noted,
    )
