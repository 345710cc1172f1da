"""Where reading leaps: over spans that are left out, unless the listener went into them, and back where a loop ends.

Must not know files or samples: places are numbers of any unit.
"""

from __future__ import annotations

from collections.abc import Iterable

Places = tuple[float, float]


class Skips:
    """Spans that are left out by who comes to their beginning from before."""

    def __init__(self, spans: Iterable[Places] = ()) -> None:
        """Each span goes from its first place up to but not including its second one."""
        self._spans = sorted(span for span in spans if span[0] < span[1])
        self._entered: tuple[float, ...] = ()
        self.loop: Places | None = None
        """Who is in it goes on from its second place at its first one."""

    def enter(self, *places: float) -> None:
        """The spans that these places are in are heard; those that were entered before are left out again."""
        self._entered = places

    def past(self, place: float) -> float:
        """Where it goes on for who has come to a place: there, or behind the spans that it is in."""
        for start, end in self._left_out():
            if start <= place < end:
                place = end
        return place

    def next(self, place: float) -> Places | None:
        """For who goes on from a place: where the next leap is, and where it leads."""
        span = next((span for span in self._left_out() if span[1] > place), None)
        leap = None if span is None else (max(span[0], place), self.past(span[1]))
        loop = self.loop
        if loop is None or not loop[0] <= place < loop[1] or (leap is not None and leap[1] < loop[1]):
            return leap
        return (loop[1] if leap is None else min(loop[1], leap[0])), loop[0]

    def between(self, first: float, last: float) -> list[Places]:
        """The spans that are left out on the way from one place to another."""
        return [(start, end) for start, end in self._left_out() if end > first and start <= last]

    def edges(self) -> list[float]:
        """Where spans and the loop begin and end."""
        return [place for span in (*self._spans, *([self.loop] if self.loop else [])) for place in span]

    def _left_out(self) -> list[Places]:
        return [(start, end) for start, end in self._spans if not any(start <= place < end for place in self._entered)]
