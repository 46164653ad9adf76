"""When an address is to be asked again."""

from datetime import timedelta

SHORTEST_RECHECK = timedelta(days=1)
LONGEST_RECHECK = timedelta(days=180)
LONG_WAIT = timedelta(days=30)
RETRIES = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7), LONG_WAIT)
"""How long to wait after the first, second … failure; after the last one as long again and again."""


def wait(state: str, failures: int, *, known_for: timedelta) -> timedelta:
    """How long to wait in a state of the ledger: the longer an address has been known, the longer; after failures ever longer."""
    match state:
        case "announced" | "fetched":
            return timedelta()
        case "archived" | "unchanged" | "not an article":
            # What is no article today may have been a wall before one.
            return min(max(known_for, SHORTEST_RECHECK), LONGEST_RECHECK)
        case "gone":
            return max(known_for, LONG_WAIT)
        case "failed":
            return RETRIES[min(failures, len(RETRIES)) - 1]
        case _:
            return LONG_WAIT
