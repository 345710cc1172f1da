"""How long a thread was held, told apart from how long it was kept waiting by others, and when that is too long.

Must not know which thread it is, or who reads the clocks.
"""

from __future__ import annotations

from dataclasses import dataclass

TOO_LONG_MS = 50
"""From here on a listener feels that the window did not answer at once."""

_NS_IN_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The clocks of a thread at one moment, in nanoseconds.

    `queued` is for how long in all the thread was ready and no processor was free; None where the system does not say.
    """

    wall: int
    processor: int
    queued: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """What passed between two readings, in milliseconds."""

    wall: float
    processor: float
    counted: float

    @property
    def is_too_long(self) -> bool:
        """Whether it is to be told."""
        return self.counted > TOO_LONG_MS


def held_between(begin: Reading, end: Reading, crowded: int = 0, seen: int | None = None) -> Held:
    """What passed between two readings of a thread.

    What counts is its processor time, and all that it waited for by itself: files, the library, a lock; that is ours to
    mend. What does not is the time in which it could have run and others had the processors, and so much of its waiting
    as anything on the machine waited for a processor (`crowded`, ns). Nor does what nobody saw: while a thread waits
    for a file, another one of the program looks at it (`seen`, ns; None for all of the time); while all wait for the
    interpreter, or for a machine that stands still, none can. So a busy machine makes nothing too long.
    Where the system does not tell for how long the thread was ready, only processor time counts.
    """
    wall = end.wall - begin.wall
    processor = min(end.processor - begin.processor, wall)
    waited = 0
    if begin.queued is not None and end.queued is not None:
        waited = max(0, wall - processor - (end.queued - begin.queued) - max(0, crowded))
    counted = processor + (waited if seen is None else min(waited, seen))
    return Held(wall / _NS_IN_MS, processor / _NS_IN_MS, counted / _NS_IN_MS)
