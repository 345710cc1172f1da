"""The one executor for work that must not hold up the home thread, and the way back home for its results.

Must not know what the work is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, wait
from typing import Any, ParamSpec, TypeVar

from player.app.home import Home
from player.core.errors import KnownError, UnexpectedError

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class InlineExecutor(Executor):
    """Runs each call at once on the calling thread: the deterministic twin of a thread pool."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call `fn` now; the future that comes back is done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future carries it to whoever asks, as in a pool
            future.set_exception(error)
        return future


class Jobs:
    """Background work with results delivered on the home thread."""

    def __init__(self, executor: Executor, home: Home) -> None:
        self._executor = executor
        self._home = home
        self._unfinished: set[Future[Any]] = set()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start `work` in the background."""
        future = self._executor.submit(work, *args, **kwargs)
        self._unfinished.add(future)
        future.add_done_callback(self._unfinished.discard)
        future.add_done_callback(_log_mistakes)
        return future

    def when_done(
        self,
        future: Future[T],
        on_result: Callable[[T], None] | None = None,
        on_error: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Call `on_result` or, for a KnownError, `on_error` on the home thread once `future` is done.

        Any other exception is our mistake: it is logged, and `on_error` gets an UnexpectedError, so that nobody waits.
        """

        def deliver(done: Future[T]) -> None:
            if done.cancelled():
                return
            error = done.exception()
            if error is None and on_result is not None:
                result = done.result()
                self._home.post(lambda: on_result(result))
            elif error is not None and on_error is not None:
                known = error if isinstance(error, KnownError) else UnexpectedError(type(error).__name__)
                self._home.post(lambda: on_error(known))

        future.add_done_callback(deliver)

    def close(self, patience: float = 2.0) -> None:
        """Drop what has not begun, and wait for what runs: at most `patience` seconds, for a server may be silent."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        wait(set(self._unfinished), patience)


def _log_mistakes(future: Future[Any]) -> None:
    try:
        error = future.exception()
    except CancelledError:
        return
    if error is not None and not isinstance(error, KnownError | CancelledError):
        _log.error("a background job failed", exc_info=error)
