"""Two counts that run along each other at a changing pace, such as frames put out and frames taken in.

Must not know what is counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """From count `at` on, the other count goes on from `place`, by `pace` for each one. Until the next span."""

    at: float
    place: float
    pace: float

    def there(self, at: float) -> float:
        """The other count."""
        return self.place + (at - self.at) * self.pace


class PositionMap:
    """Piecewise linear, falling only where it leaps: spans in rising order of `at`. There the later span counts."""

    def __init__(self, at: float = 0.0, place: float = 0.0, pace: float = 1.0) -> None:
        self._spans = [Span(at, place, pace)]

    def add(self, at: float, place: float, pace: float) -> None:
        """Go on from `at` with other numbers. A `place` behind the one reached there is waited for."""
        while self._spans and self._spans[-1].at >= at:
            self._spans.pop()
        reached = self._spans[-1].there(at) if self._spans else place
        if place < reached:
            self._spans.append(Span(at, reached, 0.0))
            at, place = at + (reached - place) / pace, reached
        self._spans.append(Span(at, place, pace))

    def leap(self, at: float, place: float) -> None:
        """Go on from `at` at any place, also at one before, by one for one."""
        while self._spans and self._spans[-1].at >= at:
            self._spans.pop()
        self._spans.append(Span(at, place, 1.0))

    def leaps(self, first: float, last: float) -> list[float]:
        """How far the other count leaps, on or back, on the way from `first` to `last`."""
        return [two.place - one.there(two.at) for one, two in pairwise(self.between(first, last))]

    def place(self, at: float) -> float:
        """The other count at `at`, which was not forgotten."""
        return self._spans[self._index(at)].there(at)

    def forget(self, before: float) -> None:
        """Drop what only matters below `before`."""
        del self._spans[: self._index(before)]

    def between(self, first: float, last: float) -> list[Span]:
        """The spans from `first` to `last`, of which the first one begins at `first`."""
        index = self._index(first)
        start = self._spans[index]
        later = [span for span in self._spans[index + 1 :] if span.at <= last]
        return [Span(first, start.there(first), start.pace), *later]

    def _index(self, at: float) -> int:
        return max(0, bisect_right(self._spans, at, key=lambda span: span.at) - 1)


def chained(first: Sequence[Span], second: PositionMap, end: float) -> list[Span]:
    """The spans, up to `end`, of going on through another map: those of `first` give the count that it starts from."""
    spans: list[Span] = []
    for number, span in enumerate(first):
        until = first[number + 1].at if number + 1 < len(first) else end
        for inner in second.between(span.place, span.there(until)):
            at = span.at + (inner.at - span.place) / span.pace if span.pace else span.at
            spans.append(Span(at, inner.place, inner.pace * span.pace))
    return spans
