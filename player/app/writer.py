"""The one writer: every change of the library runs here, one after the other, each in a transaction of its own.

Must not know what is written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from sqlite3 import Connection
from threading import RLock
from typing import Any, TypeVar

from player.app.course import CalledOff
from player.core.errors import KnownError
from player.storage.database import close_writer, transaction

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Writer:
    """Owns the only connection that writes, on the only thread of its executor."""

    def __init__(self, connect: Callable[[], Connection], executor: Executor) -> None:
        """Open the connection on the writer's thread. Raises what `connect` raises."""
        self._executor = executor
        # Reentrant: an inline executor runs at once what may queue more.
        self._lock = RLock()
        self._is_closing = False
        self._connection = executor.submit(connect).result()
        self._watchers: list[Callable[[], None]] = []

    def submit(self, write: Callable[[Connection], T], then: Callable[[], None] | None = None) -> Future[T]:
        """Queue `write`; the future holds what it returns. A failure rolls it back and leaves the library as it was.

        `then` is called after success, on the writer's thread: it tells the change to the bus. Once `close` has begun,
        nothing is queued any more: the future is cancelled.
        """
        with self._lock:
            if self._is_closing:
                refused: Future[T] = Future()
                refused.cancel()
                return refused
            future = self._executor.submit(self._run, write, then)
        future.add_done_callback(_log_mistakes)
        return future

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` after each change, on the writer's thread."""
        self._watchers.append(watcher)

    def close(self) -> None:
        """Finish what is queued and close the library."""
        with self._lock:
            self._is_closing = True
            closed = self._executor.submit(close_writer, self._connection)
        closed.result()
        self._executor.shutdown(wait=True)

    def _run(self, write: Callable[[Connection], T], then: Callable[[], None] | None) -> T:
        with transaction(self._connection):
            result = write(self._connection)
        if then is not None:
            then()
        for watcher in self._watchers:
            watcher()
        return result


def _log_mistakes(future: Future[Any]) -> None:
    error = future.exception()
    if error is not None and not isinstance(error, KnownError | CalledOff):
        _log.error("a change of the library failed", exc_info=error)
