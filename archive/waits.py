"""When an address is to be asked again."""

from datetime import UTC, date, datetime, time, timedelta

from archive.reasons import ANNOUNCED, FAILED, FETCHED, GONE, ROBOTS

LOOKS = ((timedelta(days=3), timedelta(days=1)), (timedelta(days=30), timedelta(days=7)))
"""(younger than, wait): stories are edited while they are news. An older one is looked at to notice that it was taken down."""
LONGEST_WAIT = timedelta(days=180)
LONG_WAIT = timedelta(days=30)
RETRIES = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7), LONG_WAIT)
"""How long to wait after the first, second … failure; after the last one as long again and again."""


def wait(state: str, failures: int, *, age: timedelta) -> timedelta:
    """How long to wait in a state of the ledger: the older a story, the longer; after failures ever longer.

    `age` counts from the day of publication, or from the first announcement where no day is known.
    """
    if state in (ANNOUNCED, FETCHED):
        return timedelta()
    if state == FAILED:
        return RETRIES[min(max(failures, 1), len(RETRIES)) - 1]
    if state == GONE:
        return min(max(age, LONG_WAIT), LONGEST_WAIT)
    if state == ROBOTS:
        return LONG_WAIT
    # What is no article today may have been a wall before one, so it is looked at like one.
    return next((pause for young, pause in LOOKS if age < young), LONGEST_WAIT)


def next_try(
    state: str, failures: int, *, at: datetime, day: str | None, announced: datetime, not_before: datetime | None = None
) -> datetime:
    """The moment from which on an address may be asked again, never before `not_before`."""
    published = datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC) if day else announced
    following = at + wait(state, failures, age=at - published)
    return max(following, not_before) if not_before else following
