"""The paragraphs of a container, whether the page sets them in `<p>`, in `<div>`s or bare between `<br>`s."""

from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, dataclass

from lxml import etree
from lxml.html import HtmlElement

from pipelines.markup import INVISIBLE, tidy

SKIPPED = frozenset(
    "script style noscript template iframe object embed svg canvas audio video button input select textarea form nav figure figcaption"
    " head map".split()
)
"""Elements whose text is not the story's; captions of figures are read as fields."""
BLOCKS = frozenset(
    "p div section article main header footer aside h1 h2 h3 h4 h5 h6 ul ol dl dt dd blockquote pre table hr center address details"
    " summary fieldset body".split()
)
LINES = frozenset({"br", "li", "tr"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
BOLD = frozenset({"b", "strong"})

LONG_LINE = 90
"""A line that ends a sentence and is at least this long is a paragraph of its own; shorter ones may be verse."""
SENTENCE_ENDS = tuple(".!?:”\"'’)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One paragraph of text as the page sets it."""

    text: str
    """Its lines, each tidy, separated by a line break."""
    lead: str = ""
    """The bold opening words, when only the opening is bold."""
    linked: float = 0.0
    """Share of its characters that stand in links, 0 to 1."""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    _: KW_ONLY
    bold: bool
    linked: bool


LINE_BREAK = _Run("\n", bold=False, linked=False)


def paragraphs(container: HtmlElement) -> list[Paragraph]:
    """The paragraphs of `container` in the order of the page; figures, scripts and forms are passed over."""
    return _Setting().set(container)


class _Setting:
    """One walk over a container, without recursion: pages nest thousands of levels deep."""

    def __init__(self) -> None:
        self.found: list[Paragraph] = []
        self.runs: list[_Run] = []
        self.depth = dict.fromkeys(("bold", "linked", "heading"), 0)

    def set(self, container: HtmlElement) -> list[Paragraph]:
        walk = etree.iterwalk(container, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag in SKIPPED and element is not container:
                    walk.skip_subtree()
                else:
                    self._open(element)
            else:
                if element.tag not in SKIPPED or element is container:
                    self._close(element)
                if element is not container:
                    self._add(element.tail)
        self._flush()
        return self.found

    def _open(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._flush()
        self._deepen(tag, 1)
        started = self.runs and self.runs[-1] is not LINE_BREAK
        if tag == "br" or (tag in LINES and started):
            self.runs.append(LINE_BREAK)
        if tag == "li":
            self.runs.append(_Run("- ", bold=False, linked=False))
        elif tag in ("td", "th") and started:
            self.runs.append(_Run(" | ", bold=False, linked=False))
        self._add(element.text)

    def _close(self, element: HtmlElement) -> None:
        if element.tag in BLOCKS:
            self._flush()
        self._deepen(element.tag, -1)
        if element.tag in ("li", "tr"):
            self.runs.append(LINE_BREAK)

    def _deepen(self, tag: str, step: int) -> None:
        for what, tags in (("bold", BOLD), ("linked", ("a",)), ("heading", HEADINGS)):
            if tag in tags:
                self.depth[what] += step

    def _add(self, text: str | None) -> None:
        if text:
            plain = text.replace("\r", " ").replace("\n", " ").translate(INVISIBLE)
            self.runs.append(_Run(plain, bold=self.depth["bold"] > 0, linked=self.depth["linked"] > 0))

    def _flush(self) -> None:
        self.found.extend(_set(self.runs, heading=self.depth["heading"] > 0))
        self.runs.clear()


def _set(runs: list[_Run], *, heading: bool) -> Iterator[Paragraph]:
    """The paragraphs among the runs between two block boundaries: blank lines and full sentences part them."""
    for lines in _groups(_lines(runs)):
        text = "\n".join(filter(None, (tidy("".join(run.text for run in line)) for line in lines)))
        if text.strip("-| \n"):
            pieces = [run for line in lines for run in line]
            yield Paragraph(text=text, lead=_lead(lines[0]), linked=_linked(pieces), heading=heading)


def _lines(runs: list[_Run]) -> Iterator[list[_Run]]:
    line: list[_Run] = []
    for run in runs:
        if run is LINE_BREAK:
            yield line
            line = []
        else:
            line.append(run)
    yield line


def _groups(lines: Iterable[list[_Run]]) -> Iterator[list[list[_Run]]]:
    group: list[list[_Run]] = []
    for line in lines:
        text = tidy("".join(run.text for run in line))
        if text:
            group.append(line)
        if group and (not text or (len(text) >= LONG_LINE and text.endswith(SENTENCE_ENDS) and not text.startswith("- "))):
            yield group
            group = []
    if group:
        yield group


def _lead(line: list[_Run]) -> str:
    opening: list[str] = []
    for run in line:
        if run.text.strip() and not run.bold:
            return tidy("".join(opening))
        opening.append(run.text)
    return ""


def _linked(runs: list[_Run]) -> float:
    total = sum(len(run.text.strip()) for run in runs)
    return sum(len(run.text.strip()) for run in runs if run.linked) / total if total else 0.0
