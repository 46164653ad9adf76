"""Datasette over articles.db, with what readers need and without what is slow on large tables."""

import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from archive.errors import ArchiveError

HERE = Path(__file__).parent

SETTINGS = {
    # On 200,000 articles suggested facets and long counts cost more than the page itself.
    "suggest_facets": "off",
    "facet_time_limit_ms": "500",
    "sql_time_limit_ms": "3000",
    "default_page_size": "50",
}


def arguments(database: Path, *, host: str, port: int) -> list[str]:
    """The command line of Datasette for an archive."""
    settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, value)]
    # Not `-i`: a crawl may be writing, and an immutable file that changes reads as malformed.
    return [
        *("serve", str(database), "--host", host, "--port", str(port)),
        *("--metadata", str(HERE / "metadata.json"), "--template-dir", str(HERE / "templates")),
        *("--plugins-dir", str(HERE / "plugins"), "--static", f"arsip:{HERE / 'static'}"),
        *settings,
    ]


def serve(database: Path, *, host: str, port: int) -> NoReturn:
    """Become Datasette; ArchiveError where the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ArchiveError(f"{host}:{port} cannot be listened on: {error.strerror}; take another with --port.") from error
        port = probe.getsockname()[1]
    sys.stdout.write(f"Reading room: http://{host}:{port}/articles/articles (Ctrl-C ends it)\n")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "datasette", *arguments(database, host=host, port=port)])  # noqa: S606 - a shell has no part in it
