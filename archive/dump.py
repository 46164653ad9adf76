"""Dumps for researchers: JSON Lines with a data package that says what is in it, and that nothing is missing."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive import read
from archive.errors import ArchiveError
from archive.search import Filters

NAME = "arsip-warta"
PACKAGE = "datapackage.json"
ARTICLES = "articles.jsonl"


def dump(
    database: Database, folder: Path, *, filters: Filters = Filters(), version: str = "", step: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """Write the articles that the filters mean to `folder`, whole or not at all; the data package comes back.

    `step` is called after each article. A folder that holds an older dump is replaced; one that holds anything else is
    left alone, with ArchiveError.
    """
    # `.` and a link have no name that the finished folder could take.
    folder = Path(os.path.realpath(folder))
    _refuse_other_content(folder)
    with _appearing(folder) as partial:
        digest = hashlib.sha256()
        size = rows = 0
        with (partial / ARTICLES).open("wb") as file:
            for row in read.articles(database, filters):
                line = json.dumps(read.dumped(row), ensure_ascii=False).encode() + b"\n"
                file.write(line)
                digest.update(line)
                size, rows = size + len(line), rows + 1
                step()
        withdrawn = read.count(database, filters, withdrawn=True)
        package = _package(filters, version, withdrawn=withdrawn, rows=rows, size=size, sha256=digest.hexdigest())
        (partial / PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return package


def _package(filters: Filters, version: str, *, withdrawn: int, rows: int, size: int, sha256: str) -> dict[str, Any]:
    """A Frictionless data package: https://datapackage.org."""
    fields = [{"name": name, "type": kind, "description": meaning} for name, kind, meaning in read.DUMPED]
    asked = {name: value for name in Filters.__dataclass_fields__ if (value := getattr(filters, name))}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": "Articles of Indonesian local news portals",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version,
        "filters": asked,
        "withdrawn": withdrawn,
        "resources": [
            {
                "name": "articles",
                "path": ARTICLES,
                "format": "jsonl",
                "mediatype": "application/jsonl",
                "encoding": "utf-8",
                "bytes": size,
                "hash": f"sha256:{sha256}",
                "rows": rows,
                "schema": {"primaryKey": "id", "fields": fields},
            }
        ],
    }


def _refuse_other_content(folder: Path) -> None:
    try:
        if not folder.exists():
            return
        content = {path.name for path in folder.iterdir()} if folder.is_dir() else {folder.name}
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be looked into: {error.strerror}; name another folder.") from error
    if not content or (content == {ARTICLES, PACKAGE} and _is_dump(folder / PACKAGE)):
        return
    raise ArchiveError(f"{folder} holds something that is no dump of this archive; name a folder that is new or empty.", status=2)


def _is_dump(package: Path) -> bool:
    try:
        return bool(json.loads(package.read_text(encoding="utf-8")).get("name") == NAME)
    except (OSError, ValueError, AttributeError):
        return False


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` that takes its name when all went well, and vanishes when not."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be written: {error.strerror}; name another folder.") from error
    try:
        yield partial
        for path in partial.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        partial.chmod(0o755)
        _put(partial, folder)
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be written: {error.strerror}; what was there before is as it was.") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _put(partial: Path, folder: Path) -> None:
    """Give `partial` the name `folder`; what bears it goes only when that is done."""
    older = partial.with_name(f"{partial.name}-older")
    if folder.exists():
        folder.rename(older)
    try:
        partial.rename(folder)
    except OSError:
        if older.exists():
            older.rename(folder)
        raise
    shutil.rmtree(older, ignore_errors=True)
