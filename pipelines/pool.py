"""Worker processes that press pages: one that a page holds for ever, or that it kills, costs that page only."""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from pebble import ProcessPool

from archive.records import Article, Page
from pipelines.press import press
from pipelines.rules import Rules

Complaint = Callable[[str], object]
"""Is told in a sentence what could not be pressed, and why."""

AHEAD = 4
"""Pages handed out to each worker in advance: enough that none waits, few enough that a large archive is not read into memory."""
LONGEST = 30.0
"""Seconds for one page where none are given; `ARSIP_PRESS_SECONDS` of the settings says why so many."""
LOOK = 1.0
"""Seconds between two looks of a worker whether the process that it works for is still there."""


class PressPool:
    """So many worker processes; a context manager.

    They are forked when the pool is made: make it before connections and threads are there that they would be born with.
    """

    def __init__(self, workers: int, *, longest: float = LONGEST) -> None:
        self._longest = longest
        self._workers = workers
        fork = multiprocessing.get_context("fork")
        self._pool = ProcessPool(max_workers=workers, initializer=_follow, initargs=(os.getpid(),), context=fork)
        self._pool.schedule(os.getpid)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def press(self, page: Page, rules: Rules) -> Future[Article]:
        """The article of a page, when it is done.

        Its `result()` raises what `press` raised, TimeoutError where the page took too long, `pebble.ProcessExpired` where the worker died.
        """
        future: Future[Article] = self._pool.schedule(press, args=(page, rules), timeout=self._longest)
        return future

    def press_all(self, pages: Iterable[tuple[Page, Rules]], complain: Complaint) -> Iterator[tuple[Page, Article | None]]:
        """Each page with its article, in order; None where the rules failed on it, and a complaint about it."""
        waiting: deque[tuple[Page, Future[Article]]] = deque()
        for page, rules in pages:
            waiting.append((page, self.press(page, rules)))
            if len(waiting) >= self._workers * AHEAD:
                yield _done(*waiting.popleft(), complain)
        while waiting:
            yield _done(*waiting.popleft(), complain)

    def close(self) -> None:
        """End the workers; what they have not done is not done."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _done(page: Page, future: Future[Article], complain: Complaint) -> tuple[Page, Article | None]:
    try:
        return page, future.result()
    except Exception as error:  # noqa: BLE001 - any defect of a rule: one page's loss must not be that of the others
        complain(f"{page.url} could not be pressed: {type(error).__name__}: {error}")
        return page, None


def _follow(parent: int) -> None:
    """End this worker when the process that it works for is gone: killed, it could not say so.

    An interrupt on the terminal comes to all processes; what it means is for the one that is worked for to say.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()
