"""Which parts of a whole are there, as ranges that rise and do not touch: bytes of a file, or milliseconds heard.

Must not know what they are counted in, nor who fetches, reads or hears them. The words here are those of bytes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ranges:
    """Half-open ranges of byte offsets, each (start, stop), in rising order, none empty, no two touching."""

    spans: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> Ranges:
        """The ranges that cover just what `spans` cover, which may overlap, be empty and come in any order."""
        joined: list[tuple[int, int]] = []
        for start, stop in sorted(span for span in spans if span[0] < span[1]):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
            else:
                joined.append((start, stop))
        return cls(tuple(joined))

    @property
    def total(self) -> int:
        """How many bytes are there."""
        return sum(stop - start for start, stop in self.spans)

    def with_span(self, start: int, stop: int) -> Ranges:
        """These and the bytes from `start` up to `stop`."""
        if start >= stop:
            return self
        first = bisect_left(self.spans, start, key=lambda span: span[1])
        last = bisect_right(self.spans, stop, key=lambda span: span[0])
        if first < last:
            start, stop = min(start, self.spans[first][0]), max(stop, self.spans[last - 1][1])
        return Ranges((*self.spans[:first], (start, stop), *self.spans[last:]))

    def without_span(self, start: int, stop: int) -> Ranges:
        """These without the bytes from `start` up to `stop`."""
        if start >= stop:
            return self
        parts = (part for first, last in self.spans for part in ((first, min(last, start)), (max(first, stop), last)))
        return Ranges(tuple(part for part in parts if part[0] < part[1]))

    def end_of(self, offset: int) -> int:
        """The end of the range that has the byte at `offset`; `offset` itself where that byte is missing."""
        index = bisect_right(self.spans, offset, key=lambda span: span[0]) - 1
        return max(offset, self.spans[index][1]) if index >= 0 else offset

    def has(self, start: int, stop: int) -> bool:
        """Whether all bytes from `start` up to `stop` are there."""
        return start >= stop or self.end_of(start) >= stop

    def gaps(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """The missing ranges between `start` and `stop`, in rising order."""
        at = start
        for there, end in self.spans[bisect_right(self.spans, start, key=lambda span: span[1]) :]:
            if there >= stop:
                break
            if there > at:
                yield at, there
            at = max(at, end)
        if at < stop:
            yield at, stop

    def missing_parts(self, total: int) -> tuple[tuple[float, float], ...]:
        """What is missing of `total` bytes, as parts of the whole from 0.0 to 1.0."""
        return tuple((start / total, stop / total) for start, stop in self.gaps(0, total))

    def within(self, stop: int) -> Ranges:
        """The part of them before `stop`."""
        return Ranges.of((start, min(end, stop)) for start, end in self.spans)
