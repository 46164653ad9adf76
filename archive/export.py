"""`arsip export --warc`: a folder of WARC files, each whole or not there, and export.json that says what is in them."""

import hashlib
import json
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from sqlite_utils import Database

from archive.captures import portals_of
from archive.errors import ArchiveError
from archive.warc import NOTHING, SOFTWARE, Capture, Warc, Withheld, agents_of, read_captures, withheld_of

NAME = "arsip-warta-warc"
LIST = "export.json"
UNFINISHED = ".unfinished"


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A file of an export."""

    name: str
    portal: str
    month: str
    first: int
    """Row id of the first capture in it."""
    last: int
    captures: int
    """How many, with the further pages of articles."""
    bytes: int
    sha256: str
    ids: str
    """SHA-256 of the row ids of its captures: other ones are meant since an article in it was withdrawn or given back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is to be exported; two exports into one folder ask the same."""

    since: str | None = None
    """First day of capture, UTC."""
    until: str | None = None
    """Last day of capture, UTC."""
    size: int = 10**9
    """Bytes after which a new file begins."""
    with_withdrawn: bool = False
    """Whether the captures of withdrawn articles are among them."""


def export(
    pages: Database,
    articles: Database,
    folder: Path,
    *,
    asked: Asked = Asked(),
    portals: tuple[str, ...] = (),
    operator: str = "",
    version: str = "",
    again: bool = False,
    step: Callable[[], object] = lambda: None,
) -> list[Written]:
    """Write the captures of the portals (of all, where none is named) to `folder`; all files that are now in it come back.

    `again` goes on in a folder that holds an export: what is whole and has no newer captures stays. `step` is called after
    each capture, also after one that was written before. ArchiveError where the folder holds anything else, or cannot be written.
    """
    try:
        done = _begin(folder, asked, again=again)
        agents = agents_of(articles)
        for portal in portals or portals_of(pages):
            withheld = _withheld(pages, articles, portal, asked)
            told = {
                "software": f"{SOFTWARE} {version}".strip(),
                "format": "WARC File Format 1.1",
                "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
                **({"operator": operator} if operator else {}),
                "robots": "obeyed; what it said stands in the metadata of each capture",
                "isPartOf": portal,
            }
            for month in months(pages, portal, asked):
                whole, done = _of_month(folder, done, _meant(pages, portal, month, asked, withheld), (portal, month), asked)
                for _ in range(sum(each.captures for each in whole)):
                    step()
                done += whole
                since, until = _span(month, asked)
                last = whole[-1].last if whole else 0
                rest = read_captures(pages, portal, since=since, until=until, after=last, withheld=withheld)
                for number, (first, captures) in enumerate(_files(rest), start=len(whole) + 1):
                    name = f"{portal}-{month}-{number:05}.warc.gz"
                    done.append(_write(folder, name, chain([first], captures), told, agents, asked.size, (portal, month), step))
                    _note(folder, done, asked)
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be written: {error.strerror}; the files that are whole stay, and --again goes on.") from error
    return sorted(done, key=lambda each: each.name)


def count_captures(pages: Database, articles: Database, asked: Asked, portals: tuple[str, ...] = ()) -> tuple[int, int]:
    """How many captures an export will write, and how many it leaves out because their articles are withdrawn."""
    meant = withdrawn = 0
    for portal in portals or portals_of(pages):
        withheld = _withheld(pages, articles, portal, asked)
        for month in months(pages, portal, asked):
            every = sum(count for _, count in _meant(pages, portal, month, asked, NOTHING))
            written = every if withheld == NOTHING else sum(count for _, count in _meant(pages, portal, month, asked, withheld))
            meant, withdrawn = meant + written, withdrawn + every - written
    return meant, withdrawn


def months(pages: Database, portal: str, asked: Asked) -> list[str]:
    """The months in which captures of a portal came, within the days asked for."""
    found = pages.execute("select distinct substr(fetched_at, 1, 7) from captures where portal = ? and part = 1 order by 1", [portal])
    return [month for (month,) in found if _span(month, asked)[0] < _span(month, asked)[1]]


def _span(month: str, asked: Asked) -> tuple[str, str]:
    """The moments from which and before which captures of a month are asked for."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    before = min(following, date.fromisoformat(asked.until) + timedelta(days=1)) if asked.until else following
    return max(first.isoformat(), asked.since or ""), before.isoformat()


def _withheld(pages: Database, articles: Database, portal: str, asked: Asked) -> Withheld:
    return NOTHING if asked.with_withdrawn else withheld_of(pages, articles, portal)


def _meant(pages: Database, portal: str, month: str, asked: Asked, withheld: Withheld) -> Iterator[tuple[int, int]]:
    """The row ids of the captures of a month, in order, each with its number of pages."""
    sql = """
        select id, url, requested_url, sha256, 1 + (select count(*) from captures as further where further.first_page = captures.id)
        from captures where portal = ? and part = 1 and fetched_at >= ? and fetched_at < ? order by id
    """
    for identity, url, requested, sha256, count in pages.execute(sql, [portal, *_span(month, asked)]):
        if not withheld.covers(url, requested, sha256):
            yield identity, count


def _files(captures: Iterator[Capture]) -> Iterator[tuple[Capture, Iterator[Capture]]]:
    """The captures once for each file, which takes of them what it has room for: the next one and all behind it."""
    for first in captures:
        yield first, captures


def _begin(folder: Path, asked: Asked, *, again: bool) -> list[Written]:
    """The files that an earlier export left in the folder, which is now there."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob(f"*{UNFINISHED}"):
        path.unlink()
    content = {path.name for path in folder.iterdir()}
    if not content:
        return []
    try:
        told = json.loads((folder / LIST).read_text(encoding="utf-8"))
        ours, before = told["name"] == NAME, [Written(**each) for each in told["files"]]
    except (OSError, ValueError, TypeError, KeyError):
        ours, before, told = False, [], {}
    if not ours:
        # A first export that was killed leaves files, and no list of them yet.
        if again and all(name.endswith(".warc.gz") for name in content):
            return []
        raise ArchiveError(f"{folder} holds something that is no export of this archive; name a folder that is new or empty.", status=2)
    if not again:
        raise ArchiveError(f"{folder} holds an export already; give --again to go on with it, or name another folder.", status=2)
    if told["asked"] != asdict(asked):
        otherwise = "other days, another size, or with or without withdrawn articles"
        raise ArchiveError(f"{folder} holds an export that was asked for otherwise ({otherwise}); name another folder.", status=2)
    return before


def _of_month(
    folder: Path, done: list[Written], meant: Iterator[tuple[int, int]], place: tuple[str, str], asked: Asked
) -> tuple[list[Written], list[Written]]:
    """The files of a month that stay as they are, and those of all others; what may not stay is taken away."""
    ours = sorted((each for each in done if (each.portal, each.month) == place), key=lambda each: each.name)
    others = [each for each in done if (each.portal, each.month) != place]
    left, whole = [identity for identity, _ in meant], []
    for each in ours:
        path, within = folder / each.name, bisect_right(left, each.last)
        if not path.exists() or path.stat().st_size != each.bytes or _digest(left[:within]) != each.ids:
            break
        whole.append(each)
        left = left[within:]
    stale = ours[len(whole) :]
    # The last file had room left: what came since belongs into it.
    if left and whole and not stale and whole[-1].bytes < asked.size:
        whole.pop()
    for each in stale:
        (folder / each.name).unlink(missing_ok=True)
    if stale:
        _note(folder, [*others, *whole], asked)
    return whole, others


def _digest(ids: Iterable[int]) -> str:
    return hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()


def _write(
    folder: Path,
    name: str,
    captures: Iterator[Capture],
    told: dict[str, str],
    agents: dict[str, str],
    size: int,
    place: tuple[str, str],
    step: Callable[[], object],
) -> Written:
    """A file with as many captures as it has room for, whole or not at all."""
    partial = folder / f".{name}{UNFINISHED}"
    count, ids = 0, []
    with partial.open("wb") as file:
        warc = Warc(file, name, told, agents)
        for capture in captures:
            warc.add(capture)
            count += 1 + len(capture.rest)
            ids.append(capture.id)
            for _ in range(1 + len(capture.rest)):
                step()
            if warc.members.bytes >= size:
                break
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / name)
    return Written(
        name=name,
        portal=place[0],
        month=place[1],
        first=ids[0],
        last=ids[-1],
        captures=count,
        bytes=warc.members.bytes,
        sha256=warc.members.sha256.hexdigest(),
        ids=_digest(ids),
    )


def _note(folder: Path, done: list[Written], asked: Asked) -> None:
    """Write the list of files, whole or not at all."""
    files = [asdict(each) for each in sorted(done, key=lambda each: each.name)]
    partial = folder / f".{LIST}{UNFINISHED}"
    text = json.dumps({"name": NAME, "asked": asdict(asked), "files": files}, indent=2) + "\n"
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / LIST)
