"""Which spans of a file are left out, and which are heard all the same because the listener went into them.

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
        return None if span is None else (max(span[0], place), self.past(span[1]))

    def between(self, first: float, last: float) -> list[Places]:
        """The spans that are left out on the way from one place to another."""
        return [(start, end) for start, end in self._left_out() if end > first and start <= last]

    def edges(self) -> list[float]:
        """Where spans begin and end."""
        return [place for span in self._spans for place in span]

    def _left_out(self) -> list[Places]:
        return [(start, end) for start, end in self._spans if not any(start <= place < end for place in self._entered)]
