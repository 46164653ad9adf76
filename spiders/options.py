"""What may be asked of a crawl with `-a NAME=VALUE`."""

from dataclasses import dataclass
from datetime import date

from spiders.site import origin_of

SCHEDULED = frozenset({"_job", "_version"})
"""What scrapyd adds to every crawl that it starts: names of its own, which ask nothing of the crawl."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """The arguments of a crawl, checked; ValueError with one sentence where one is wrong."""

    home: str | None = None
    """Another origin that serves the same site: a mirror, a staging host, a test server."""
    since: str | None = None
    """First day of publication, `YYYY-MM-DD`."""
    until: str | None = None
    """Last day of publication, `YYYY-MM-DD`."""
    limit: int | None = None
    """Most articles to ask for."""

    @property
    def bounded(self) -> bool:
        """Whether only some days are asked for."""
        return bool(self.since or self.until)

    @classmethod
    def read(cls, **given: str) -> "Options":
        """Options from the strings of a command line."""
        unknown = given.keys() - cls.__dataclass_fields__.keys() - SCHEDULED
        if unknown:
            raise ValueError(f"A crawl takes -a home=URL, since=YYYY-MM-DD, until=YYYY-MM-DD and limit=N, not {min(unknown)!r}.")
        since, until = (_day(name, given.get(name)) for name in ("since", "until"))
        if since and until and since > until:
            raise ValueError(f"since={since} is later than until={until}; swap them.")
        return cls(home=_home(given.get("home")), since=since, until=until, limit=_limit(given.get("limit")))


def _home(value: str | None) -> str | None:
    try:
        return origin_of(value) if value is not None else None
    except ValueError:
        raise ValueError(f"home={value} is not an address; give one such as -a home=http://127.0.0.1:8000.") from None


def _day(name: str, value: str | None) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if value is not None else None
    except ValueError:
        raise ValueError(f"{name}={value} is not a day; give one such as -a {name}=2021-03-25.") from None


def _limit(value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise ValueError(f"limit={value} is not a number of articles; give one such as -a limit=50.")
    return int(value)
