"""The position as it is told to others: at once where a command leads, and never back by itself.

Must not know what plays, nor in which process. Safe across threads.
"""

from __future__ import annotations

import threading

from player.audio.engine import Clock, Place, Stretch
from player.core.model import Millis
from player.core.sound import Listened

_FALL = 400.0
"""A position that falls by more milliseconds is that of a loop beginning anew."""


class Whereabouts:
    """Counts commands, and takes the engine's word for the position only from the last that moved it on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._commands = 0
        self._moved = 0
        self._wanted: Millis = 0
        self._place = Place()
        self._told: tuple[tuple[int, int, bool, int], float] = ((0, 0, True, 0), 0.0)

    def command(self, to: Millis | None = None) -> int:
        """Count a command, which leads to a position or (None) does not move it. The command's number."""
        with self._lock:
            self._commands += 1
            if to is not None:
                self._moved, self._wanted = self._commands, to
            return self._commands

    def report(self, place: Place) -> None:
        """Take note of where the engine is."""
        with self._lock:
            self._place = place

    def position(self) -> Millis:
        """What is heard now."""
        with self._lock:
            if self._place.command < self._moved:
                return self._wanted
            position = self._place.at(self._clock())
            # An estimate that has become knowledge may be further back.
            # A loop that has begun anew is another stretch; before that is told, the runs have it.
            stretch = self._place.heard[-1].number if self._place.heard else 0
            origin = (self._moved, self._place.file, self._place.is_exact, stretch)
            if self._told[0] == origin and self._told[1] - position < _FALL:
                position = max(position, self._told[1])
            self._told = (origin, position)
            return round(position)

    def is_exact(self) -> bool:
        """Whether the position is known."""
        with self._lock:
            return self._place.is_exact

    def heard(self) -> tuple[Stretch, ...]:
        """What was heard last."""
        with self._lock:
            return self._place.heard

    def listened(self) -> Listened:
        """What the engine has counted."""
        with self._lock:
            return self._place.listened
