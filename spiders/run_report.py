"""What a run over many portals reports: as data, as sentences, as a line a portal. Pure functions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from archive import ledger
from spiders.together import BROKEN, BUSY, OUT_OF_TIME, STOPPED, Done

WELL = ("finished", BUSY, STOPPED, OUT_OF_TIME)
"""Outcomes after which nothing is amiss; what stopped a crawl otherwise, such as a full disk, is."""


def portal_report(done: Done, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """What came of one portal: outcome, seconds, counts by state, why, which ways answered, what was in trouble."""
    counts = row["counts"] if row else {}
    return {
        "portal": done.portal,
        "crawl": done.crawl,
        "outcome": done.trouble or (row["outcome"] if row and row["outcome"] else BROKEN),
        "seconds": round(done.seconds, 1),
        "announced": counts.get("announced", 0),
        "fetched": counts.get("fetched", 0),
        "states": {state: counts[f"state/{state}"] for state in ledger.STATES if f"state/{state}" in counts and state != ledger.FETCHED},
        "revised": counts.get("revised", 0),
        "why": {key.removeprefix("why/"): number for key, number in counts.items() if key.startswith("why/")},
        "ways": row["ways"] if row else [],
        "troubles": row["troubles"] if row else [],
    }


def run_report(
    run: str, *, started: datetime, finished: datetime, stopped: str | None, portals: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The whole run: `outcome` is `finished`, `failed` where some portal's crawl did, else why it was stopped."""
    failed = [each["portal"] for each in portals if each["outcome"] not in WELL]
    return {
        "run": run,
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "outcome": "failed" if failed else stopped or "finished",
        "failed": failed,
        "portals": list(portals),
    }


def why(portal: Mapping[str, Any]) -> str:
    """A portal's outcome in words, with what is behind it."""
    closed = [f"{way['way']}: {way['reason']}" for way in portal["ways"] if way["state"] == "closed"]
    failed = [f"{number} {key.partition('/')[2]}" for key, number in portal["why"].items() if key.startswith(f"{ledger.FAILED}/")]
    told = {"unreachable": closed, "incomplete": failed}.get(portal["outcome"], []) or portal["troubles"][:1]
    return f"{portal['portal']}: {portal['outcome']}" + (f" ({', '.join(told)})" if told else "")


def failures(report: Mapping[str, Any]) -> str:
    """The sentence that names the portals that failed, each with its reason."""
    portals = [each for each in report["portals"] if each["portal"] in report["failed"]]
    return f"{len(portals)} of {len(report['portals'])} portals failed: {'; '.join(map(why, portals))}."


def plain_line(portal: Mapping[str, Any], *, place: int, of: int) -> str:
    """A line for a log: `[3/12] kebumenekspres: finished, 30 archived, 2 revised, 1 gone (12.3 s)`."""
    counts = [f"{number} {state}" for state, number in portal["states"].items()]
    counts += [f"{portal['revised']} revised"] if portal["revised"] else []
    return f"[{place}/{of}] {', '.join([why(portal), *counts])} ({portal['seconds']} s)"
