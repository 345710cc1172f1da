"""How many bytes a second may come: the listener's limit by the time of day, and the sharing of it.

Must not know what the bytes are of, nor read a clock: times are passed in.
"""

from __future__ import annotations

from dataclasses import dataclass

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `rate` bytes a second (0: no limit) from `start` to `stop`, in minutes since midnight.

    Where both are equal it holds all day; a span may go over midnight.
    """

    rate: int = 0
    start: int = 0
    stop: int = 0

    def at(self, minute: int) -> int | None:
        """What holds at a minute of the day: bytes a second, or None for no limit."""
        if self.rate <= 0:
            return None
        if self.start == self.stop:
            return self.rate
        is_within = (minute - self.start) % DAY_MINUTES < (self.stop - self.start) % DAY_MINUTES
        return self.rate if is_within else None


class Turnstile:
    """Tells all who share a limit how long to wait, so that together they keep it. Not safe across threads.

    Each chunk gets a time of its own, behind those that came before it: as the chunks are of one size, who comes with
    few is not held up by who comes with many.
    """

    def __init__(self) -> None:
        self._free_at = 0.0

    def pass_at(self, count: int, rate: int, now: float) -> float:
        """When so many bytes that have just come are through, at `rate` bytes a second. `now` in seconds."""
        self._free_at = max(self._free_at, now) + count / rate
        return self._free_at


def minutes_meant(text: str) -> int:
    """The minute of the day that `08:30` means. Raises ValueError for what is no time of a day."""
    hours, _, minutes = text.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and text.isascii()):
        raise ValueError(text)
    minute = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or minute >= DAY_MINUTES:
        raise ValueError(text)
    return minute


def minutes_words(minute: int) -> str:
    """A minute of the day as `minutes_meant` reads it."""
    return f"{minute // 60:02}:{minute % 60:02}"
