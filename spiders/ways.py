"""Which ways to a portal's stories are gone, in what order, and how each went."""

from collections.abc import Iterable
from dataclasses import dataclass

from spiders.listings import Way

WAITING, OPEN, CLOSED = "not asked", "answered", "closed"


@dataclass
class Walked:
    """How one way went."""

    way: Way
    state: str = WAITING
    reason: str | None = None
    """Why it is closed."""
    begun: bool = False
    doors: int = 1
    """Entrances that are not known to be closed."""


class Ways:
    """The ways of a portal in order of preference: one that reaches all stories is enough, and where it is closed the next is gone.

    Those that name the newest stories only are gone besides, up to the first that reaches all; so are those that name all there is
    (`whole`) where `besides` says so, because they tell what is missing.
    """

    def __init__(self, ways: Iterable[Way], *, besides: bool) -> None:
        self._walked = [Walked(way, doors=1 + len(way.beside)) for way in ways]
        self._besides = besides
        self._relied_on: Walked | None = None

    def begin(self) -> list[Way]:
        """The ways to go first."""
        chosen = self._further(0)
        if self._besides:
            chosen += [walked for walked in self._walked if walked.way.whole and walked not in chosen]
        return self._begun(chosen)

    def answered(self, way: Way) -> None:
        """Note that a way is open."""
        self._of(way).state = OPEN

    def closed(self, way: Way, reason: str) -> list[Way]:
        """The ways to go instead of one whose entrance is closed; none where it has another, or is not relied on."""
        walked = self._of(way)
        walked.doors -= 1
        walked.reason = reason
        if walked.doors or walked.state == OPEN:
            return []
        walked.state = CLOSED
        if walked is not self._relied_on:
            return []
        chosen = self._further(self._walked.index(walked) + 1)
        return self._begun(each for each in chosen if not each.begun)

    def told(self) -> list[dict[str, str | None]]:
        """What became of each way, in order: its name, address, state (`answered`, `closed`, `not asked`) and why it is closed."""
        return [{"way": each.way.name, "url": each.way.url, "state": each.state, "reason": each.reason} for each in self._walked]

    def _further(self, start: int) -> list[Walked]:
        """The ways from there up to the first that reaches all stories and is not known to be closed; that one is relied on."""
        chosen = []
        self._relied_on = None
        for walked in self._walked[start:]:
            if walked.state == CLOSED:
                continue
            chosen.append(walked)
            if not walked.way.newest:
                self._relied_on = walked
                break
        return chosen

    def _begun(self, chosen: Iterable[Walked]) -> list[Way]:
        begun = list(chosen)
        for walked in begun:
            walked.begun = True
        return [walked.way for walked in begun]

    def _of(self, way: Way) -> Walked:
        return next(walked for walked in self._walked if walked.way is way)
