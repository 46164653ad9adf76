"""Which of the dates on a page is that of the publication: each source is read, and what most of them confirm is taken, with the reason."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from archive.records import Stamp
from pipelines import dates
from pipelines.found import JSON_LD, META, RULE, URL, VISIBLE, Found, Origin

WEIGHTS = {RULE: 6.0, VISIBLE: 3.5, JSON_LD: 3.0, META: 2.5, URL: 2.0}
"""How much each source counts for a day. A rule was written for the portal; what machines are told may be a constant of the template."""
COUNTED_BACK = re.compile(r"\b(?:lalu|ago|kemarin|yesterday|hari ini|today|baru saja)\b", re.IGNORECASE)
FROM_TODAY = 1.0
"""What a date counts that is counted back from the day of the capture: `4 weeks ago`."""
UPDATED = re.compile(r"di(?:per|mutakhir)?b?[ae]harui|diubah|updated?|modified|perubahan", re.IGNORECASE)
TRUST = (RULE, JSON_LD, META, VISIBLE, URL)
"""Of sources that agree, the first is named."""
OFFSET = re.compile(r"(?:Z|[+-]\d\d:?\d\d)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dating:
    """When a story was published and last changed, as far as its page tells."""

    published: Stamp | None = None
    modified: Stamp | None = None
    published_from: Origin | None = None
    modified_from: Origin | None = None


def choose(published: Sequence[Found], modified: Sequence[Found], further: Sequence[Found] = (), *, zone: str, now: datetime) -> Dating:
    """The publication date among the candidates, and the date of the last change. `further` ones are asked where none of these is a day's,
    and then are not believed where they name but the day of the capture.

    Days are weighed by their sources. On the winning day a time beats none, and what readers saw beats what machines were told where the
    two contradict each other, unless readers saw the date of the change. Flags: `zone` where the source stamped a wrong zone and the
    visible text corrected it; `contradicted` where a trusted source names another day; `dateparser` where only that could read it.
    """
    local = ZoneInfo(zone)
    read = list(_read(published, zone, now))
    if not any(stamp.source != URL for stamp in read):
        # The day of the capture is what a masthead prints on every page.
        read += [stamp for stamp in _read(further, zone, now) if stamp.iso != now.astimezone(local).date().isoformat()]
    changes = list(_read(modified, zone, now))
    changes += [
        stamp for stamp in (*read, *_read([each for each in further if UPDATED.search(each.value)], zone, now)) if "updated" in stamp.flags
    ]
    changes += [replace(stamp.modified, source=stamp.source) for stamp in read if stamp.modified]
    stamps = _in_their_zone([replace(stamp, modified=None) for stamp in read if "updated" not in stamp.flags], local)
    changes = _in_their_zone(changes, local, stamps)
    chosen = _chosen(stamps, changes, local) or _only_change(changes) or _by_fallback(published, zone, now)
    if chosen and chosen.precision == "day":
        # Further away, and yet finer: the time of that day.
        chosen = next(
            (stamp for stamp in _read(further, zone, now) if stamp.iso.startswith(chosen.iso) and stamp.precision != "day"), chosen
        )
    last = _last(changes, chosen, local)
    # Both may have been printed alike, so each is looked for first where it should stand.
    return Dating(chosen, last, _origin(chosen, (*published, *further, *modified)), _origin(last, (*modified, *published, *further)))


def _origin(stamp: Stamp | None, candidates: Iterable[Found]) -> Origin | None:
    """Where a stamp came from: from the first of the candidates that stood there and says what it was read from."""
    return next((each.origin for each in candidates if stamp and (each.value, each.source) == (stamp.raw, stamp.source)), None)


def _read(candidates: Iterable[Found], zone: str, now: datetime) -> Iterable[Stamp]:
    for value, source in dict.fromkeys((each.value, each.source) for each in candidates):
        if stamp := dates.parse(value, zone=zone, now=now):
            yield replace(stamp, source=source)


def _moment(stamp: Stamp, local: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(stamp.iso)
    return moment.replace(tzinfo=local) if moment.tzinfo is None else moment.astimezone(local)


def _in_their_zone(stamps: Sequence[Stamp], local: ZoneInfo, beside: Sequence[Stamp] = ()) -> list[Stamp]:
    """The stamps, those for machines moved to the zone in which readers see the same clock time: many CMSs stamp local time as UTC.

    A source that is wrong about one date is wrong about the other (`beside`, already moved).
    """
    seen = {stamp.iso[:16]: stamp for stamp in (*stamps, *beside) if stamp.precision != "day" and not OFFSET.search(stamp.raw)}
    wrong = {stamp.source: stamp for stamp in beside if "zone" in stamp.flags}
    return [_moved(stamp, seen.get(stamp.iso[:16]) or wrong.get(stamp.source)) if OFFSET.search(stamp.raw) else stamp for stamp in stamps]


def _moved(stamp: Stamp, right: Stamp | None) -> Stamp:
    """A stamp at the same clock time in the zone of the right one."""
    told = datetime.fromisoformat(stamp.iso)
    zone = datetime.fromisoformat(right.iso).tzinfo if right else None
    if zone is None or told.utcoffset() == zone.utcoffset(told):
        return stamp
    moment = told.replace(tzinfo=zone)
    timespec = "seconds" if stamp.precision == "second" else "minutes"
    return replace(stamp, iso=moment.isoformat(timespec=timespec), flags=(*stamp.flags, "zone"))


def _chosen(stamps: Sequence[Stamp], changes: Sequence[Stamp], local: ZoneInfo) -> Stamp | None:
    if not stamps:
        return None
    weights: dict[str, float] = defaultdict(float)
    for day, source, counted in {(stamp.day_in(local), stamp.source, bool(COUNTED_BACK.search(stamp.raw))) for stamp in stamps}:
        weights[day] += FROM_TODAY if counted else WEIGHTS[source]
    by_trust = sorted(stamps, key=lambda stamp: TRUST.index(stamp.source))
    best = max(by_trust, key=lambda stamp: weights[stamp.day_in(local)])
    day = best.day_in(local)
    of_day = [stamp for stamp in by_trust if stamp.day_in(local) == day]
    chosen = _timed([stamp for stamp in of_day if stamp.precision != "day"], changes) or of_day[0]
    others = [stamp for stamp in stamps if stamp.source != URL and stamp.day_in(local) != day]
    contradicted = any(WEIGHTS[stamp.source] >= WEIGHTS[META] for stamp in others if stamp.source != VISIBLE)
    return replace(chosen, flags=(*chosen.flags, "contradicted")) if contradicted else chosen


def _timed(timed: Sequence[Stamp], changes: Sequence[Stamp]) -> Stamp | None:
    """Which of the times on one day, in order of trust, is that of the publication."""
    if not timed or timed[0].source == RULE:
        return timed[0] if timed else None
    seen = [stamp for stamp in timed if stamp.source == VISIBLE]
    told = [stamp for stamp in timed if stamp.source != VISIBLE]
    if not seen or not told:
        return timed[0]
    minutes = {_minute(stamp) for stamp in seen}
    if confirmed := [stamp for stamp in told if _minute(stamp) in minutes or _minute(stamp) - HALF_A_DAY in minutes]:
        return confirmed[0]
    return told[0] if _minute(seen[0]) in {_minute(stamp) for stamp in changes if stamp.precision != "day"} else seen[0]


HALF_A_DAY = 12 * 60
"""Minutes by which a page is behind that prints its hours from 1 to 12 without am or pm."""


def _minute(stamp: Stamp) -> int:
    return int(datetime.fromisoformat(stamp.iso).timestamp() // 60)


def _only_change(changes: Sequence[Stamp]) -> Stamp | None:
    """A page that prints one date and calls it an update was published by then."""
    return next((stamp for stamp in changes if "updated" in stamp.flags), None)


def _by_fallback(candidates: Sequence[Found], zone: str, now: datetime) -> Stamp | None:
    for found in candidates:
        if stamp := dates.fallback(found.value, zone=zone, now=now):
            return replace(stamp, source=found.source, flags=(*stamp.flags, "dateparser"))
    return None


def _last(changes: Sequence[Stamp], published: Stamp | None, local: ZoneInfo) -> Stamp | None:
    """The first date of a change that does not lie before the publication, as a template's constant does."""
    for stamp in changes:
        timed = published and "day" not in (stamp.precision, published.precision)
        if not published or (_minute(stamp) >= _minute(published) if timed else stamp.day_in(local) >= published.day_in(local)):
            return stamp
    return None
