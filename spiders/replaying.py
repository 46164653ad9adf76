"""Replay: every stored page is pressed again by the rules of today; what that changes is counted, and kept."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from archive import replays
from archive.captures import count_pages, portals_of, read_numbered
from archive.locks import held
from archive.records import Article, Page
from archive.rereadings import Rereadings
from archive.settling import settle_reading
from archive.store import Archive
from pipelines.pool import Complaint, PressPool
from pipelines.rules import Rules
from pipelines.version import rules_version
from spiders.base import PortalSpider

AT_ONCE = 100
"""Pages whose articles are kept in one transaction, for a fraction of a second of which other writers wait."""

OUTCOMES = ("unchanged", "reread", "new", "revised", "refused", "dropped", "gone", "failed")


class Replay:
    """A replay of an archive; what came of it stands in `tally`, a row a portal, and in `rereadings`."""

    def __init__(self, archive: Archive, known: dict[str, type[PortalSpider]], *, names: tuple[str, ...], dry: bool) -> None:
        """`names` are the portals that are meant, all where it is empty; `dry` only counts what would come of it."""
        held = portals_of(archive.pages_db)
        self.portals = tuple(name for name in held if name in known and (not names or name in names))
        self.unknown = [name for name in held if name not in known and not names]
        """Portals of which pages are held and that this version does not know."""
        self.tally: dict[str, Counter[str]] = {}
        self.rereadings = Rereadings()
        self.since: datetime | None = None
        """When the replay was begun that this one goes on with."""
        self._archive = archive
        self._known = known
        self._dry = dry
        self._begun = replays.Begun(0, datetime.now(UTC), 0, {})
        if not dry:
            self._begin()

    def _begin(self) -> None:
        for name in self.portals:
            self._known[name].note_in(self._archive)
        rules = {name: rules_version(self._known[name].rules) for name in self.portals}
        with self._archive.transaction():
            self._begun = replays.begin(self._archive.articles_db, self.portals, rules, self._counts(), at=datetime.now(UTC))
        if self._begun.last:
            self.since = self._begun.started
            counts = self._begun.counts
            self.tally = {name: Counter(outcomes) for name, outcomes in counts["tally"].items()}
            self.rereadings.fields = {name: Counter(what) for name, what in counts["fields"].items()}

    def total(self) -> int:
        """How many pages are left to be pressed."""
        return count_pages(self._archive.pages_db, self.portals, after=self._begun.last) if self.portals else 0

    def run(self, pool: PressPool, *, step: Callable[[], object], complain: Complaint) -> None:
        """Press and keep; `step` is called after each page, `complain` with a sentence about each that could not be pressed.

        What was kept stays when it is stopped, and the next one goes on there.
        """
        waiting: list[tuple[int, Page, Article | None]] = []
        for number, page, article in self._readings(pool, complain):
            waiting.append((number, page, article))
            step()
            if len(waiting) == AT_ONCE:
                self._keep(waiting)
                waiting = []
        self._keep(waiting)
        if not self._dry:
            with self._archive.transaction():
                replays.finish(self._archive.articles_db, self._begun.id, at=datetime.now(UTC))

    def _readings(self, pool: PressPool, complain: Complaint) -> Iterator[tuple[int, Page, Article | None]]:
        numbers: deque[int] = deque()

        def damaged(portal: str, sentence: str) -> None:
            # One page that cannot be read any more must not keep better rules from all others.
            complain(sentence)
            self._tell(portal, "failed")

        def pages() -> Iterator[tuple[Page, Rules]]:
            for number, page in read_numbered(self._archive.pages_db, self.portals, after=self._begun.last, damaged=damaged):
                numbers.append(number)
                yield page, self._known[page.portal].rules

        for page, article in pool.press_all(pages() if self.portals else (), complain):
            yield numbers.popleft(), page, article

    def _keep(self, readings: list[tuple[int, Page, Article | None]]) -> None:
        """Keep the readings, and that they are; killed in between, neither would be there."""
        if self._dry or not readings:
            for _, page, article in readings:
                self._count(page, article)
            return
        with self._archive.transaction():
            for _, page, article in readings:
                outcome = self._count(page, article)
                if article:
                    settle_reading(self._archive.ledger, page, article, outcome)
            replays.advance(self._archive.articles_db, self._begun.id, last=readings[-1][0], counts=self._counts())

    def _count(self, page: Page, article: Article | None) -> str:
        outcome = "failed"
        if article:
            before = self._archive.reading(article) if self._archive.keep_article(article, dry=True) in ("reread", "dropped") else None
            outcome = self._archive.keep_article(article, dry=self._dry)
            if before:
                self.rereadings.add(before, article)
        self._tell(page.portal, outcome)
        return outcome

    def _tell(self, portal: str, outcome: str) -> None:
        self.tally.setdefault(portal, Counter())[outcome] += 1

    def _counts(self) -> dict[str, object]:
        return {"tally": self.tally, "fields": self.rereadings.fields}


def alone(archive: Archive) -> AbstractContextManager[None]:
    """Hold the archive's replay lock; ArchiveError where another replay is running."""
    return held(archive.folder / "replaying.lock", f"Another replay of {archive.folder} is running; wait until it ends.")
