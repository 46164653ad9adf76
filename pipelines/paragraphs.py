"""The paragraphs of a container, whether the page sets them in `<p>`, in `<div>`s or bare between `<br>`s."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from archive.records import Removed
from pipelines.markup import APART, BLOCKS, INVISIBLE, UNREAD, answer, tidy

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
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOLD = frozenset({"b", "strong"})

HOLDS_THE_PAGE = answer("boolean(.//h1 or .//article or count(.//p) > 2 or .//table)")
"""Whether a form is the page itself, as ASP.NET wraps it."""
LAYOUT = answer("count(.//br) > 1 or string-length(normalize-space(.)) > 300")
"""Whether a cell of a table is a column of the page, as older pages are laid out, and no datum."""
MOST_FORMS = 20
"""Forms of a page that are asked whether they hold it."""
MOST_EVENTS = 50_000
"""Starts and ends of elements that a walk goes through; no page for readers has as many."""
DEEPEST_LAYOUT = 60
"""Levels down to which cells are asked that."""

PARTED = " · "
SHORT = 200
"""Characters of the longest line whose elements are set apart."""
LONG_LINE = 90
"""A line that ends a sentence and is at least this long is a paragraph of its own; shorter ones may be verse."""
SENTENCE_ENDS = tuple(".!?:”\"'’)")
NONE: Mapping[Element, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One paragraph of text as the page sets it."""

    text: str
    """Its lines, each tidy, separated by a line break."""
    lead: str = ""
    """The bold opening words, when only the opening is bold."""
    linked: float = 0.0
    """Share of its characters that stand in links, 0 to 1."""
    links: tuple[float, ...] = ()
    """The same for each of its lines, where there are several."""
    heading: bool = False
    apart: str = ""
    """A short line of several elements with these set apart by PARTED: pages print name and date side by side, parted by a margin."""


Told = Paragraph | Removed
"""What a page tells, in its order: the story's paragraphs, and between them the lines that have been taken off."""


class Placed(NamedTuple):
    """Something that a page tells, and the element in which it stands."""

    told: Told
    at: Element


class _Run(NamedTuple):
    text: str
    bold: bool
    linked: bool


LINE_BREAK = _Run("\n", bold=False, linked=False)
BULLET = _Run("- ", bold=False, linked=False)
SPACE = _Run(" ", bold=False, linked=False)
CELL = _Run(" | ", bold=False, linked=False)


def paragraphs(container: Element, blocks: Mapping[Element, str] = NONE, end: Element | None = None) -> list[Told]:
    """The paragraphs of `container` in the order of the page; figures, scripts and forms are passed over.

    The lines of `blocks` come back as removed by the rows that they name, and all from `end` on as removed by `cut`.
    """
    return [one.told for one in _Setting(container, blocks, end).set()]


def placed(container: Element, blocks: Mapping[Element, str] = NONE) -> list[Placed]:
    """The same, each with the element in which it stands; a block is one, without its text, which `lines` tells where it is wanted."""
    return _Setting(container, blocks, None, lazy=True).set()


def lines(element: Element) -> list[str]:
    """The lines of an element that is not the story, elements side by side set apart by a space: `Penulis: mam` `Editor: AG`."""
    setting = _Setting(element, NONE, None, spaced=True)
    told = [line for one in setting.set() if isinstance(one.told, Paragraph) for line in one.told.text.split("\n")]
    return [line for line in told if line.strip("-| ")]


class _Setting:
    """One walk over a container, without recursion: pages nest thousands of levels deep."""

    def __init__(
        self, container: Element, blocks: Mapping[Element, str], end: Element | None, *, spaced: bool = False, lazy: bool = False
    ) -> None:
        self.container = container
        self.whole_pages = {form for form in islice(container.iter("form"), MOST_FORMS) if HOLDS_THE_PAGE(form)}
        self.spaced = spaced
        self.lazy = lazy
        self.blocks = blocks
        self.end = end
        self.ended = False
        self.found: list[Placed] = []
        self.within = [container]  # the blocks that are open
        self.runs: list[_Run] = []
        self.aside: list[Placed] = []  # from blocks within the paragraph that is being set
        self.depth = dict.fromkeys(("bold", "linked", "heading", "pre"), 0)

    def set(self) -> list[Placed]:
        container = self.container
        walk = etree.iterwalk(container, events=("start", "end"))
        for event, element in islice(walk, MOST_EVENTS):
            passed = element is not container and (
                element in self.blocks or (_skipped(element) and element not in self.whole_pages and not self._captions(element))
            )
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

    def _captions(self, element: Element) -> bool:
        """Whether an element is the caption of the figure whose lines are asked for."""
        return element.tag == "figcaption" and self.container.tag == "figure"

    def _pass(self, element: Element) -> None:
        apart = element.tag in APART or (element in self.blocks and not self._line_started())
        if apart:
            self._flush()
        if row := self.blocks.get(element):
            told = [""] if self.lazy else lines(element)
            gone = [Placed(Removed(rule="cut" if self.ended else row, text=line), element) for line in told]
            (self.found if apart else self.aside).extend(gone)

    def _is_block(self, element: Element) -> bool:
        if element.tag in CELLS:
            return element.tag == "td" and len(self.within) < DEEPEST_LAYOUT and LAYOUT(element)
        return element.tag in BLOCKS and not _alone_in_cell(element)

    def _open(self, element: Element) -> None:
        tag = element.tag
        if self._is_block(element):
            self._flush()
            self.within.append(element)
        self._deepen(tag, 1)
        if tag == "br" or (tag in LINES and self._line_started()):
            self.runs.append(LINE_BREAK)
        if tag == "li":
            self.runs.append(BULLET)
        elif tag in ("td", "th") and self._line_started():
            self.runs.append(CELL)
        self._add(element.text)

    def _close(self, element: Element) -> None:
        if self.within[-1] is element:
            self._flush()
            if element is not self.container:
                self.within.pop()
        elif self.spaced and self._line_started():
            self.runs.append(SPACE)
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
            told = [Removed(rule="cut", text=line) for line in paragraph.text.split("\n")] if self.ended else [paragraph]
            self.found.extend(Placed(one, self.within[-1]) for one in told)
        self.found.extend(self.aside)
        self.runs.clear()
        self.aside.clear()


def _skipped(element: Element) -> bool:
    if element.tag not in SKIPPED:
        return False
    shows_text = element.tag == "figure" and any(child.tag in SHOWN for child in element)
    return not shows_text or EMBEDDED in (element.get("class") or "")


def _alone_in_cell(element: Element) -> bool:
    """Whether a block is all that its list item or table cell holds, as word processors write them: no paragraph starts there."""
    cell = element.getparent()
    if cell is None or cell.tag not in CELLS or len(cell) != 1 or element.tag in ("table", "ul", "ol"):
        return False
    return not (cell.text or "").strip() and not (element.tail or "").strip()


def _set(runs: list[_Run], *, heading: bool) -> Iterator[Paragraph]:
    """The paragraphs among the runs between two block boundaries: blank lines and full sentences part them."""
    if len(runs) == 1:  # as most are
        text = tidy(runs[0].text).rstrip("| ")
        if text.strip("-| "):
            yield Paragraph(text=text, linked=float(runs[0].linked), heading=heading)
        return
    for lines in _groups(_lines(runs)):
        # Cells that hold only pictures, or paragraphs of their own, leave their separators behind.
        text = "\n".join(filter(None, (tidy("".join(run.text for run in line)).rstrip("| ") for line in lines)))
        if text.strip("-| \n"):
            pieces = [run for line in lines for run in line]
            links = tuple(map(_linked, lines)) if "\n" in text and len(lines) == text.count("\n") + 1 else ()
            apart = _apart(pieces) if len(pieces) > 1 and len(text) <= SHORT and "\n" not in text else ""
            yield Paragraph(text=text, lead=_lead(lines[0]), linked=_linked(pieces), links=links, heading=heading, apart=apart)


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


def _apart(runs: list[_Run]) -> str:
    texts = [text for run in runs if (text := tidy(run.text))]
    return PARTED.join(texts) if len(texts) > 1 else ""


def _linked(runs: list[_Run]) -> float:
    total = sum(len(run.text.strip()) for run in runs)
    return sum(len(run.text.strip()) for run in runs if run.linked) / total if total else 0.0
