"""`python -m sample`: serves the sample portals until Ctrl-C."""

import argparse
import signal
import sys
from collections.abc import Collection
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from sample.hostile import KabarBuruk
from sample.load import ARTICLES, PAGE_SIZE, Muatan
from sample.portal import Portal
from sample.server import PORTALS, RunningPortal, serve, serve_portal
from sample.stories import StoryError


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0 when stopped, 2 for wrong use."""
    options = _parser().parse_args(arguments)
    try:
        with ExitStack() as stack:
            for name, portal in _served(options, stack).items():
                print(f"{name}  {portal.home}", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        return 0
    except (StoryError, OSError) as error:
        print(f"sample: {error}", file=sys.stderr)
        return 2
    return 0


def _served(options: argparse.Namespace, stack: ExitStack) -> dict[str, RunningPortal]:
    """The portals that were asked for: those with stories to read, or those that try a crawler."""
    trials: list[Portal] = [KabarBuruk()] if options.hostile else []
    trials += [Muatan(options.load, page_size=options.page_size)] if options.load else []
    ports = dict(options.port)
    if not trials:
        return stack.enter_context(serve(PORTALS, stories=dict(options.stories), undated=options.undated, ports=ports))
    return {portal.name: stack.enter_context(serve_portal(portal, ports.get(portal.name, 0))) for portal in trials}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Exit with status 2 after one sentence."""
        self.exit(2, f"sample: {message}.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m sample", description="Serve the sample portals on loopback until Ctrl-C.")
    parser.add_argument("--stories", action="append", type=_stories, default=[], metavar="PORTAL=DIR", help="serve the stories of a folder")
    parser.add_argument("--port", action="append", type=_port, default=[], metavar="PORTAL=N", help="use this port instead of a free one")
    parser.add_argument("--undated", type=_moment, metavar="DATE", help="the date (YYYY-MM-DD[THH:MM]) of stories that carry none")
    parser.add_argument("--hostile", action="store_true", help="serve the hostile portal instead")
    parser.add_argument("--load", type=_count, metavar="N", help=f"serve a portal of N invented stories instead, such as {ARTICLES}")
    parser.add_argument(
        "--page-size", type=_count, metavar="KIB", default=PAGE_SIZE, help="of a page of that portal (default: %(default)s)"
    )
    return parser


def _pair(value: str, names: Collection[str]) -> tuple[str, str]:
    name, _, rest = value.partition("=")
    if name not in names or not rest:
        raise argparse.ArgumentTypeError(f"{value!r} does not begin with a sample portal and =; the portals are {', '.join(names)}")
    return name, rest


def _stories(value: str) -> tuple[str, Path]:
    name, folder = _pair(value, PORTALS)
    return name, Path(folder)


def _port(value: str) -> tuple[str, int]:
    name, port = _pair(value, (*PORTALS, KabarBuruk.name, Muatan.name))
    if not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{port!r} is not a port number")
    return name, int(port)


def _count(value: str) -> int:
    if not value.isdecimal() or not int(value):
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 1 upward")
    return int(value)


def _moment(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a date such as 2020-09-04") from None


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a shell's kill stops the servers as Ctrl-C does
    sys.exit(main())
