"""Worker processes, for work that computes for long and would hold the interpreter against the window and the sound.

Must not know what the work is. Each worker imports this module, so nothing heavy is imported here.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import count as counted
from multiprocessing.connection import Connection
from queue import Empty, LifoQueue, PriorityQueue
from typing import Any, ParamSpec, TypeVar

from player.core.errors import UnexpectedError

P = ParamSpec("P")
T = TypeVar("T")

SMALL_BYTES = 256 * 1024
"""Work on fewer bytes is not worth the start of a worker."""
END_IDLE_EVERY_MS = 60_000

_NICENESS = 10
_GARBAGE_AFTER = 100_000
"""So many new objects, instead of 2000, before a worker looks for garbage that refers to itself: a feed read is a
tenth cheaper so, and what it leaves is nearly all gone without looking."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, order=True, slots=True)
class _Errand:
    """Work that waits for a worker: first what is not `is_patient`, then what came first."""

    is_patient: bool
    number: int
    work: Callable[[_Worker], Any] = field(compare=False)
    future: Future[Any] = field(compare=False)


class Processes:
    """At most `count` workers, each begun when there is work for it and no other is free.

    Work is a function of a module, its arguments and its result are values that can be pickled. A worker that dies
    takes only its own piece of work along: an UnexpectedError for whoever waits for it, and the next piece gets a new
    worker. Workers run at a lower priority, leave Ctrl+C to the program, and end with it, however it ends.

    A new worker costs 0.10 to 0.15 s until it runs, 0.23 to 0.28 s more to import what reads feeds, and 0.26 s for what
    decodes sound. A feed of 250 KB, outlines and imports included, took 0.43 s on a thread and 0.98 s in a new worker
    (other programs were busy meanwhile). So `call` does small work that is alone on the calling thread until there are
    workers.
    """

    def __init__(self, count: int = 2) -> None:
        """With a `count` of 0, all is done at once on the calling thread: for tests, and commands without a window."""
        self._workers: LifoQueue[_Worker] = LifoQueue()
        self._all = [_Worker() for _ in range(count)]
        for worker in self._all:
            self._workers.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="earmark-process") if count else None
        self._errands: PriorityQueue[_Errand] = PriorityQueue()
        self._numbers = counted()
        self._small = threading.Lock()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do `work` in a worker, after what was submitted before."""
        return self._submit(partial(work, *args, **kwargs), is_patient=False)

    def call(self, size: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do `work` on `size` bytes in a worker, and wait.

        On this thread if it is small, no worker stands ready, and no other small work is done so. Raises what `work`
        raises, UnexpectedError when its worker dies, and CancelledError when the program ends meanwhile.
        """
        return self._call(size, partial(work, *args, **kwargs), is_patient=False)

    def call_patiently(self, size: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `call`, but while both workers are busy, all that is called or submitted otherwise goes before it."""
        return self._call(size, partial(work, *args, **kwargs), is_patient=True)

    def end_idle(self) -> None:
        """End the workers that did nothing since the last call; one that has read feeds holds 60 MB of memory."""
        free: list[_Worker] = []
        while True:
            try:
                free.append(self._workers.get_nowait())
            except Empty:
                break
        for worker in reversed(free):
            worker.end_if_idle()
            self._workers.put(worker)

    def close(self) -> None:
        """End all workers at once, whatever they do."""
        if self._threads is None:
            return
        for worker in self._all:
            worker.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        while not self._errands.empty():
            self._errands.get_nowait().future.cancel()

    def _call(self, size: int, work: Callable[[], T], *, is_patient: bool) -> T:
        is_small = size < SMALL_BYTES and not any(worker.is_ready for worker in self._all)
        if is_small and self._small.acquire(blocking=False):
            try:
                return work()
            finally:
                self._small.release()
        return self._submit(work, is_patient=is_patient).result()

    def _submit(self, work: Callable[[], T], *, is_patient: bool) -> Future[T]:
        future: Future[T] = Future()
        if self._threads is None:
            _settling(work)(future)
            return future
        self._errands.put(_Errand(is_patient, next(self._numbers), lambda worker: worker.run(work), future))
        try:
            # Each turn does one errand: the most urgent one at that moment.
            self._threads.submit(self._take_turn)
        except RuntimeError:
            future.cancel()  # closed
        return future

    def _take_turn(self) -> None:
        worker = self._workers.get()
        try:
            errand = self._errands.get_nowait()
            is_wanted = errand.future.set_running_or_notify_cancel()
            settle = _settling(lambda: errand.work(worker)) if is_wanted else None
        finally:
            self._workers.put(worker)
        # Only now: whoever hears of it may have more work, for which this worker stands ready, and no other must begin.
        if settle is not None:
            settle(errand.future)


def _settling(work: Callable[[], T]) -> Callable[[Future[T]], None]:
    """Do some work; what tells a future of its outcome."""
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - the future carries it to whoever asks, as in a pool
        failure = error
        return lambda future: future.set_exception(failure)
    return lambda future: future.set_result(result)


class _Worker:
    """One process at a time, made when there is work and none is there. Used by one thread at a time, but for `close`.

    A pool of one, so that a process that dies breaks no other work. It ends when its leash is let go: a pipe of which
    only this process holds the other end, so that the system lets go when this process is killed. The pool's own queue
    would not do: every worker holds both of its ends.
    """

    def __init__(self) -> None:
        self.is_ready = False
        self._was_used = False
        self._lock = threading.Lock()
        self._is_closed = False
        self._pool: ProcessPoolExecutor | None = None
        self._leash: Connection | None = None

    def run(self, work: Callable[[], T]) -> T:
        self._was_used = True
        try:
            with self._lock:
                future = self._living().submit(work)
            result = future.result()
        except BrokenProcessPool as error:
            if self._is_closed:
                raise CancelledError from error
            self._end()
            name = getattr(getattr(work, "func", work), "__name__", str(work))
            _log.error("a worker process died while it did %s", name)
            raise UnexpectedError("a worker process died") from error
        self.is_ready = True
        return result

    def end_if_idle(self) -> None:
        if not self._was_used:
            self._end()
        self._was_used = False

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
        self._end()

    def _living(self) -> ProcessPoolExecutor:
        if self._is_closed:
            raise CancelledError
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            end, self._leash = context.Pipe(duplex=False)
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(end,))
        return self._pool

    def _end(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
            leash, self._leash = self._leash, None
            self.is_ready = False
        if leash is not None:
            leash.close()
        if pool is not None:
            pool.shutdown(wait=self._is_closed, cancel_futures=True)


def _begin(leash: Connection) -> None:
    """Make this process a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    gc.set_threshold(_GARBAGE_AFTER)
    threading.Thread(target=_end_with, args=(leash,), daemon=True).start()


def _end_with(leash: Connection) -> None:
    """End this process when its parent lets go or dies."""
    try:
        leash.recv_bytes()
    finally:
        os._exit(0)
