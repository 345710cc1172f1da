"""How fast bytes arrive, and how long the rest will take.

Must not know what they are bytes of, nor read a clock: the time is passed in.
"""

from __future__ import annotations

from collections import deque

from player.core.model import EpochMillis, Millis

WINDOW: Millis = 4000
"""Over how long a time the rate is taken: long enough to be steady, short enough to follow a change."""


class Meter:
    """Takes how many bytes are there at which time, and tells the rate over the last few seconds."""

    def __init__(self) -> None:
        self._samples: deque[tuple[EpochMillis, int]] = deque()

    def add(self, received: int, now: EpochMillis) -> None:
        """Take note that `received` bytes in all are there at `now`."""
        if self._samples and received < self._samples[-1][1]:
            self._samples.clear()
        self._samples.append((now, received))
        while len(self._samples) > 2 and now - self._samples[0][0] > WINDOW:
            self._samples.popleft()

    def rate(self) -> float:
        """Bytes a second; 0.0 before there is anything to tell it from."""
        if len(self._samples) < 2:
            return 0.0
        (first_at, first), (last_at, last) = self._samples[0], self._samples[-1]
        return (last - first) * 1000 / max(1, last_at - first_at)

    def left(self, total: int | None) -> Millis | None:
        """How long the rest will take, or None when the total is not known or nothing moves."""
        rate = self.rate()
        if total is None or rate <= 0 or not self._samples:
            return None
        return round(max(0, total - self._samples[-1][1]) / rate * 1000)
