"""The table of dates beside this file: what portals print, and what comes of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

TABLE = Path(__file__).with_name("dates_table.tsv")
ESCAPED = re.compile(r"\\(?:u[0-9a-f]{4}|U[0-9a-f]{8}|[nt\\])")


@dataclass(frozen=True, slots=True)
class Row:
    """A string as printed, when and for which portal it is read, what comes of it, and what else the stamp says."""

    raw: str
    now: datetime
    zone: str
    expected: str | None
    rest: str = ""


def read_table() -> list[Row]:
    """All rows, in their order."""
    rows: list[Row] = []
    now, zone = "", ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            now, zone = line.split()[1:]
        elif not line.startswith("# "):
            raw, iso, *rest = line.split("\t")
            rows.append(Row(_unescaped(raw), datetime.fromisoformat(now), zone, None if iso == "NONE" else iso, " ".join(rest)))
    return rows


def _unescaped(raw: str) -> str:
    return ESCAPED.sub(lambda found: found[0].encode().decode("unicode_escape"), raw)
