"""Which stretches of which files have been heard lately.

Must not know how sound is put out; it is told as that is heard.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

from player.audio.engine import Stretch

_KEPT = 16
"""So many stretches are remembered: whoever asks some times a second misses none."""
_SEAM = 1.0
"""Milliseconds between two pieces that make one stretch: maps of samples round."""


class HeardLog:
    """Joins what follows on; a jump, what is skipped and a pause that is trimmed begin another stretch."""

    def __init__(self) -> None:
        self._stretches: deque[Stretch] = deque(maxlen=_KEPT)
        self._count = 0

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The last ones, the newest last."""
        return tuple(self._stretches)

    def add(self, path: Path, start: float, stop: float) -> None:
        """From `start` to `stop` of a file, in milliseconds, has been heard."""
        if stop <= start:
            return
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last.path == path and abs(start - last.stop) <= _SEAM:
            self._stretches[-1] = last._replace(stop=stop)
        else:
            self._count += 1
            self._stretches.append(Stretch(self._count, path, start, stop))
