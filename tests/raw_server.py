"""A portal below HTTP's good manners: paths and the very bytes that they answer, on loopback."""

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Bytes = bytes | Callable[[], Iterator[bytes]]
"""An answer, header and all; or a function that yields pieces of one until the other side has gone."""


@dataclass
class RawPortal:
    """A running server: its address and the paths that were asked, in order."""

    home: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def answering_raw(answers: Mapping[str, Bytes]) -> Iterator[RawPortal]:
    """Serve `answers` by path; anything else is 404."""
    over = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split(b" ")[1].decode()
            while self.rfile.readline().strip():
                pass
            portal.asked.append(path)
            found = answers.get(path, response(b"", status=404))
            # The crawl hangs up on what is too much.
            with suppress(OSError):
                for piece in found() if callable(found) else (found,):
                    self.wfile.write(piece)
                    if callable(found) and over.wait(0.01):
                        return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        portal = RawPortal(home=f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield portal
        finally:
            over.set()
            server.shutdown()
            thread.join()


def response(body: bytes, *headers: str, status: int = 200, kind: str = "text/html; charset=utf-8") -> bytes:
    """An answer in bytes."""
    lines = (f"HTTP/1.1 {status} X", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", "")
    return "\r\n".join(lines).encode() + body
