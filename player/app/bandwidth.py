"""Holds transfers up so that together they keep the listener's limit.

Must not know downloads, nor what the limit is for. Used on the transfers' threads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from player.core.bandwidth import Turnstile

_LOOK_EVERY = 0.05
"""Seconds after which who waits looks whether that is still needed."""


class Bandwidth:
    """`limit` tells how many bytes a second may come now, None for any number."""

    def __init__(
        self,
        limit: Callable[[], int | None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`clock` in seconds; it and `sleep` are others in tests."""
        self._limit = limit
        self._clock = clock
        self._sleep = sleep
        self._turnstile = Turnstile()
        self._lock = threading.Lock()

    def spend(self, count: int, is_free: Callable[[], bool]) -> None:
        """Wait until the limit allows for `count` bytes that have come; not, or no longer, when `is_free` says so."""
        rate = self._limit()
        if rate is None or is_free():
            return
        with self._lock:
            until = self._turnstile.pass_at(count, rate, self._clock())
        while (left := until - self._clock()) > 0 and self._limit() is not None and not is_free():
            self._sleep(min(left, _LOOK_EVERY))
