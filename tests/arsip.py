"""The `arsip` command as a test runs it: in a pipe, never with a traceback."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from archive.cli import main

PIPE = {"FORCE_COLOR": None, "TTY_COMPATIBLE": None, "NO_COLOR": None}


def arsip(folder: Path, *words: str) -> Result:
    """How the command ended on the archive in `folder`."""
    result = CliRunner(env=PIPE).invoke(main, ["--dir", str(folder), *words], prog_name="arsip")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def printed(folder: Path, *words: str) -> list[str]:
    """The lines that it printed, all having gone well."""
    result = arsip(folder, *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout
    return [line.rstrip() for line in result.stdout.splitlines()]


def told(folder: Path, *words: str) -> Any:
    """What it said as JSON, all having gone well."""
    result = arsip(folder, *words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)
