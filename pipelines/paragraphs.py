"""The paragraphs of a container, whether the page sets them in `<p>`, in `<div>`s or bare between `<br>`s."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from types import MappingProxyType

from lxml import etree
from lxml.html import HtmlElement

from archive.records import Removed
from pipelines.markup import APART, BLOCKS, INVISIBLE, UNREAD, tidy

SKIPPED = UNREAD | frozenset(
    "iframe object embed svg canvas audio video button input select textarea form nav figure figcaption head map".split()
)
"""Elements whose text is not the story's; captions of figures are read as fields."""
SHOWN = frozenset({"table", "blockquote"})
"""What Gutenberg sets in a figure and is the story's: `<figure class="wp-block-table"><table>`."""
EMBEDDED = "embed"
"""Letters in the class of a figure that quotes another site."""
LINES = frozenset({"br", "li", "tr"})
CELLS = frozenset({"li", "td", "th"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
BOLD = frozenset({"b", "strong"})

LONG_LINE = 90
"""A line that ends a sentence and is at least this long is a paragraph of its own; shorter ones may be verse."""
SENTENCE_ENDS = tuple(".!?:”\"'’)")
NONE: Mapping[HtmlElement, str] = MappingProxyType({})


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


Told = Paragraph | Removed
"""What a page tells, in its order: the story's paragraphs, and between them the lines that have been taken off."""


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    _: KW_ONLY
    bold: bool
    linked: bool


LINE_BREAK = _Run("\n", bold=False, linked=False)
BULLET = _Run("- ", bold=False, linked=False)
CELL = _Run(" | ", bold=False, linked=False)


def paragraphs(container: HtmlElement, blocks: Mapping[HtmlElement, str] = NONE, end: HtmlElement | None = None) -> list[Told]:
    """The paragraphs of `container` in the order of the page; figures, scripts and forms are passed over.

    The lines of `blocks` come back as removed by the rows that they name, and all from `end` on as removed by `cut`.
    """
    return _Setting(blocks, end).set(container)


class _Setting:
    """One walk over a container, without recursion: pages nest thousands of levels deep."""

    def __init__(self, blocks: Mapping[HtmlElement, str], end: HtmlElement | None) -> None:
        self.blocks = blocks
        self.end = end
        self.ended = False
        self.found: list[Told] = []
        self.runs: list[_Run] = []
        self.aside: list[Removed] = []  # from blocks within the paragraph that is being set
        self.depth = dict.fromkeys(("bold", "linked", "heading", "pre"), 0)

    def set(self, container: HtmlElement) -> list[Told]:
        walk = etree.iterwalk(container, events=("start", "end"))
        for event, element in walk:
            passed = element is not container and (element in self.blocks or _skipped(element))
            if event == "start":
                if element is self.end:
                    self._flush()
                    self.ended = True
                if passed:
                    self._pass(element)
                    walk.skip_subtree()
                else:
                    self._open(element)
            else:
                if not passed:
                    self._close(element)
                if element is not container:
                    self._add(element.tail)
        self._flush()
        return self.found

    def _pass(self, element: HtmlElement) -> None:
        if element.tag in APART:
            self._flush()
        if row := self.blocks.get(element):
            said = [line for each in paragraphs(element) if isinstance(each, Paragraph) for line in each.text.split("\n")]
            said_in = self.found if element.tag in APART else self.aside
            said_in.extend(Removed(rule="cut" if self.ended else row, text=line) for line in said)

    def _open(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCKS and not _alone_in_cell(element):
            self._flush()
        self._deepen(tag, 1)
        if tag == "br" or (tag in LINES and self._line_started()):
            self.runs.append(LINE_BREAK)
        if tag == "li":
            self.runs.append(BULLET)
        elif tag in ("td", "th") and self._line_started():
            self.runs.append(CELL)
        self._add(element.text)

    def _close(self, element: HtmlElement) -> None:
        if element.tag in BLOCKS and not _alone_in_cell(element):
            self._flush()
        self._deepen(element.tag, -1)
        if element.tag in ("li", "tr"):
            self.runs.append(LINE_BREAK)

    def _line_started(self) -> bool:
        return bool(self.runs) and self.runs[-1] is not LINE_BREAK

    def _deepen(self, tag: str, step: int) -> None:
        for what, tags in (("bold", BOLD), ("linked", ("a",)), ("heading", HEADINGS), ("pre", ("pre",))):
            if tag in tags:
                self.depth[what] += step

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self.depth["pre"]:
            first, *further = text.replace("\r\n", "\n").translate(INVISIBLE).split("\n")
            self._run(first)
            for line in further:
                self.runs.append(LINE_BREAK)
                self._run(line)
        else:
            self._run(text.translate(INVISIBLE))

    def _run(self, text: str) -> None:
        # The white space with which templates indent their lists and tables starts no line.
        if text and (self._line_started() or not text.isspace()):
            self.runs.append(_Run(text, bold=self.depth["bold"] > 0, linked=self.depth["linked"] > 0))

    def _flush(self) -> None:
        for paragraph in _set(self.runs, heading=self.depth["heading"] > 0) if self.runs else ():
            if self.ended:
                self.found.extend(Removed(rule="cut", text=line) for line in paragraph.text.split("\n"))
            else:
                self.found.append(paragraph)
        self.found.extend(self.aside)
        self.runs.clear()
        self.aside.clear()


def _skipped(element: HtmlElement) -> bool:
    if element.tag not in SKIPPED:
        return False
    shows_text = element.tag == "figure" and any(child.tag in SHOWN for child in element)
    return not shows_text or EMBEDDED in (element.get("class") or "")


def _alone_in_cell(element: HtmlElement) -> bool:
    """Whether a block is all that its list item or table cell holds, as word processors write them: no paragraph starts there."""
    cell = element.getparent()
    if cell is None or cell.tag not in CELLS or len(cell) != 1 or element.tag in ("table", "ul", "ol"):
        return False
    return not (cell.text or "").strip() and not (element.tail or "").strip()


def _set(runs: list[_Run], *, heading: bool) -> Iterator[Paragraph]:
    """The paragraphs among the runs between two block boundaries: blank lines and full sentences part them."""
    for lines in _groups(_lines(runs)):
        # Cells that hold only pictures, or paragraphs of their own, leave their separators behind.
        text = "\n".join(filter(None, (tidy("".join(run.text for run in line)).rstrip("| ") for line in lines)))
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
