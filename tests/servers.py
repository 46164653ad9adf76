"""A portal that misbehaves: paths and what they answer, on loopback."""

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, str, str]
"""Status, content type, body."""
HTML = "text/html; charset=utf-8"
XML = "application/xml"
JSON = "application/json"


@dataclass
class Misbehaving:
    """A running server: its address and the paths that were asked, in order."""

    home: str
    asked: list[str] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Report what went wrong with an answer, but not that a client that was stopped went away before its end."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def answering(
    answers: Mapping[str, Answer | Callable[[str], Answer]], *, headers: Mapping[str, str] | None = None
) -> Iterator[Misbehaving]:
    """Serve `answers` by path (with query, else without, else `*`); a redirect's body is its Location. Anything else is 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            found = answers.get(self.path) or answers.get(self.path.partition("?")[0]) or answers.get("*") or (404, HTML, "")
            status, kind, body = found(self.path) if callable(found) else found
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if 300 < status < 400:
                self.send_header("Location", body)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    http = _Server(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = Misbehaving(home=f"http://127.0.0.1:{http.server_address[1]}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
