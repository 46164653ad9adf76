"""Serves the sample portals on loopback, each on a port of its own."""

import re
import socketserver
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from sample.blogger import KebumenEkspres
from sample.disway import HarianSerayu
from sample.laravel import KabarSerayu
from sample.portal import TEXT, Portal, Raw, Resource
from sample.promedia import RadarSerayu
from sample.stories import Story, StoryError, read_stories
from sample.tribun import TribunSerayu
from sample.wordpress import RakyatBengkulu

_ALL: tuple[type[Portal], ...] = (KebumenEkspres, RakyatBengkulu, HarianSerayu, RadarSerayu, TribunSerayu, KabarSerayu)
PORTALS: Mapping[str, type[Portal]] = {portal.name: portal for portal in _ALL}
OF_THE_DEMO = (KebumenEkspres.name, RakyatBengkulu.name)
"""The two whose spiders are among those of the project."""
STORIES = Path(__file__).parent / "stories"

WALL = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><p>Memeriksa peramban Anda</p></body></html>"
"""What stands at a way that is closed."""

_FORM_SIZE = 1_000_000  # bytes of a form that is read at most


class Request(NamedTuple):
    """One request that a portal answered; those that change a portal (`/-/…`) are not among them."""

    method: str
    path: str
    """Path and query as they were sent."""
    status: int
    user_agent: str


class RunningPortal:
    """A portal that is being served."""

    def __init__(self, portal: Portal, port: int) -> None:
        self.portal = portal
        self.name = portal.name
        self.origin = portal.origin
        self.home = f"http://127.0.0.1:{port}"
        self.requests: list[Request] = []
        """Grows by one request before its answer is sent; appending is atomic, so any thread may read or clear it."""
        self._closed: dict[str, Resource] = {}

    @property
    def stories(self) -> list[Story]:
        """The stories as they stand now, newest first."""
        return self.portal.stories

    def url(self, slug: str) -> str:
        """The official address of a story; the path below `home` is the same."""
        return self.portal.url(self.portal.story(slug))

    @property
    def url_of_refused(self) -> str:
        """The official address of the advertisement that robots.txt disallows."""
        return self.portal.url(self.portal.refused)

    def edit(self, slug: str, old: str, new: str, *, at: datetime | None = None) -> Story:
        """The story with `new` in place of `old`, modified now or `at`; see `Portal.edit`."""
        return self.portal.edit(slug, old, new, at=at)

    def remove(self, slug: str) -> Story:
        """The story that was taken off; see `Portal.remove`."""
        return self.portal.remove(slug)

    def add(self, story: Story) -> Story:
        """The story, published from now on; see `Portal.add`."""
        return self.portal.add(story)

    def pin(self, slug: str) -> None:
        """Put a story on top of every list page; see `Portal.pin`."""
        self.portal.pin(slug)

    def close(self, pattern: str, status: int = 404) -> None:
        """Close what the pattern matches whole, path and query: it answers with that status from now on, and 200 with a wall."""
        self._closed = {**self._closed, pattern: Resource(body=WALL.encode(), status=status)}

    def resource(self, path: str, query: Mapping[str, str], asked: str) -> Resource | Raw:
        """What answers `asked`, which is `path` and `query`."""
        closed = next((answer for pattern, answer in self._closed.items() if re.fullmatch(pattern, asked)), None)
        return closed or self.portal.resource(path, query)


@contextmanager
def serve(
    names: Iterable[str] = OF_THE_DEMO,
    *,
    stories: Mapping[str, Path] | None = None,
    undated: datetime | date | None = None,
    ports: Mapping[str, int] | None = None,
) -> Iterator[dict[str, RunningPortal]]:
    """The running portals by name, until the block is left.

    `stories` gives a folder of story files for a portal (default: its own below sample/stories), `undated` the date of stories
    that carry none, `ports` a port (default: a free one). Raises StoryError for an unknown portal or a malformed
    story, OSError for a port that is taken.
    """
    with ExitStack() as stack:
        running: dict[str, RunningPortal] = {}
        for name in names:
            if name not in PORTALS:
                raise StoryError(f"There is no sample portal {name!r}; there are {', '.join(PORTALS)}.")
            folder = (stories or {}).get(name, STORIES / (PORTALS[name].folder or name))
            portal = PORTALS[name](read_stories(folder, portal=name, undated=undated))
            running[name] = stack.enter_context(serve_portal(portal, (ports or {}).get(name, 0)))
        yield running


@contextmanager
def serve_portal(portal: Portal, port: int = 0) -> Iterator[RunningPortal]:
    """One running portal, until the block is left; OSError for a port that is taken."""
    try:
        server = _Server(("127.0.0.1", port), _Handler)
    except OSError as error:
        raise OSError(f"{portal.name} cannot be served on port {port}: {error.strerror}.") from error
    server.running = running = RunningPortal(portal, server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name=f"sample {portal.name}", daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    running: RunningPortal
    daemon_threads = False  # server_close waits for answers under way, so that no thread outlives the block
    request_queue_size = 128

    def server_bind(self) -> None:
        """Bind without asking the name service for the host's name, as HTTPServer would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what went wrong with an answer, but not that a client went away before its end."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "ArsipWartaSample"
    sys_version = ""
    timeout = 5  # seconds that a silent client holds a thread, and with it the end of the server

    def do_GET(self) -> None:
        """Answer with a page, or with 304 where the client has it."""
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        resource = self.server.running.resource(unquote(address.path), query, self.path)
        if isinstance(resource, Raw):
            self._note(resource.status)
            self.close_connection = True
            resource.write(self.connection)
        else:
            self._answer(resource, 304 if self._known(resource) else resource.status)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """Change the portal: `/-/edit` with slug, old and new, `/-/remove` with slug."""
        size = self.headers.get("Content-Length", "0")
        body = self.rfile.read(min(int(size), _FORM_SIZE)) if size.isdecimal() else b""
        form = dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
        wanted = {"/-/edit": ("slug", "old", "new"), "/-/remove": ("slug",)}.get(self.path)
        if wanted is None:
            return self._say(404, "A sample portal takes POST at /-/edit and /-/remove only.")
        if lacking := [name for name in wanted if name not in form]:
            return self._say(400, f"The form lacks {', '.join(lacking)}.")
        try:
            if self.path == "/-/edit":
                story = self.server.running.edit(form["slug"], form["old"], form["new"])
                return self._say(200, f"Edited {self.server.running.url(story.slug)}.")
            return self._say(200, f"Removed {self.server.running.remove(form['slug']).slug}.")
        except StoryError as error:
            return self._say(404, str(error))

    def _known(self, resource: Resource) -> bool:
        """Whether the client's copy is the resource as it stands; an entity tag decides alone where one is sent."""
        if resource.status != 200:
            return False
        if tags := self.headers.get("If-None-Match"):
            return resource.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")] or tags.strip() == "*"
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:
            return False
        since = since if since.tzinfo else since.replace(tzinfo=UTC)
        return resource.modified is not None and resource.modified.replace(microsecond=0) <= since

    def _answer(self, resource: Resource, status: int) -> None:
        self._note(status)
        self.send_response(status)
        if resource.status == 200:
            self.send_header("ETag", resource.etag)
            if resource.modified:
                self.send_header("Last-Modified", format_datetime(resource.modified.astimezone(UTC), usegmt=True))
        if status != 304:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Content-Length", str(len(resource.body)))
            for name, value in resource.headers.items():
                self.send_header(name, value)
        # Connections that stay open would keep threads alive after the server has stopped.
        self.send_header("Connection", "close")
        self.end_headers()
        if status != 304 and self.command != "HEAD":
            self.wfile.write(resource.body)

    def _note(self, status: int) -> None:
        if not self.path.startswith("/-/"):
            self.server.running.requests.append(Request(self.command, self.path, status, self.headers.get("User-Agent", "")))

    def _say(self, status: int, sentence: str) -> None:
        self._answer(Resource(body=f"{sentence}\n".encode(), content_type=TEXT, status=status), status)

    def log_message(self, *_: object) -> None:
        """Nothing: what was asked stands in `requests`."""
