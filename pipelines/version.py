"""Which rules read a page: a version that changes whenever the same page could be read otherwise.

It is counted, not declared: whoever changes a pattern need not remember to say so.
"""

import hashlib
import json
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files

from pipelines.rules import Rules

READERS = ("cssselect", "dateparser", "lxml", "trafilatura")
"""The libraries that decide what is read."""
KNOWLEDGE = ("regions.csv", "towns.csv")
"""The tables of the archive by which datelines are told."""
DIGITS = 12


@lru_cache(maxsize=1024)
def rules_version(rules: Rules) -> str:
    """The version of the press with a portal's rules: 12 hexadecimal digits."""
    return _digest(press_version(), json.dumps(asdict(rules)))


@cache
def press_version() -> str:
    """The version of the press without any rules: of its code, its tables and the libraries that it reads with."""
    code = [path for path in files("pipelines").iterdir() if path.name.endswith(".py")]
    tables = [files("archive") / name for name in KNOWLEDGE]
    told = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted((*code, *tables), key=lambda path: path.name)]
    return _digest(*told, *(f"{name} {version(name)}" for name in READERS))


def _digest(*told: str) -> str:
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:DIGITS]
